import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
// Inside the project, so that the configurations find its packages.
const folder = mkdtempSync(join(PROJECT, 'test/infrastructure/configs/refused-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function graph(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(PROJECT, 'scripts/graph.ts'), ...args], { encoding: 'utf8', cwd: PROJECT });
}

function configured(settings: string): string {
  const file = join(folder, 'config.ts');
  writeFileSync(file, `import own from '../../../../trailbell.config.ts';\nexport default { ...own, ${settings} };\n`);
  return file;
}

test('a production stage never runs live', () => {
  const { status, stdout, stderr } = graph('--stage', 'production', '--dev');
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('sst dev: production is protected and never runs live');
});

test.each([
  ['heartbeat: "yes"', /trailbell\.config\.ts heartbeat wrong-type: is "yes"; expected true or false/],
  ["logGroupName: 'arn:aws:logs:x'", /logGroupName invalid-format: is "arn:aws:logs:x".*its name, not its ARN/],
  [
    "routes: [{ name: 'r', endpointSecret: 'Matcher', default: true }]",
    /routes\[0\]\.endpointSecret not-a-secret-name: "Matcher" is taken by a part of Trailbell/,
  ],
  ["ruleFolders: ['rules/none']", /trailbell\.config\.ts ruleFolders: there is no folder "rules\/none"/],
  [
    "routes: [{ name: 'r', endpointSecret: 'PagerDutyUrl', default: true, rules: ['root-account-usge'] }]",
    /routes\[0\]\.rules\[0\] unknown-rule: there is no rule "root-account-usge".*did you mean root-account-usage\?/,
  ],
])('with %s nothing is evaluated, and the error says what to do', (settings, text) => {
  const { status, stdout, stderr } = graph('--stage', 'production', '--config', configured(settings));
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(text);
});

test.each([
  [['--stage', 'a_b'], /expected words and digits joined by hyphens, 30 characters at most/],
  [['--stage', 's'.repeat(31)], /30 characters at most/],
  [['--stage'], /--stage needs a value/],
  [[], /--stage is missing\nusage: npm run graph/],
  [['--stage', 'a', '--config', 'none.ts'], /--config: there is no file .*none\.ts/],
  [['--stage', 'a', '--verbose'], /there is no option "--verbose"/],
])('%j is refused', (args, text) => {
  const { status, stdout, stderr } = graph(...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(text);
});

test('a reader that has seen enough ends the printing without an error', () => {
  const command = `"${process.execPath}" scripts/graph.ts --stage alice`;
  const { stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${command} | head -1; echo $?`], {
    encoding: 'utf8',
    cwd: PROJECT,
  });
  expect(stderr).not.toContain('EPIPE');
  expect(stdout).toBe('[\n0\n');
});

test('the graph alone is on standard output, in the five fields that tools read', () => {
  const { status, stdout } = graph('--stage', 'alice');
  expect(status).toBe(0);
  const resources = JSON.parse(stdout) as readonly Readonly<Record<string, unknown>>[];
  expect(resources.length).toBeGreaterThan(50);
  for (const resource of resources) {
    expect(Object.keys(resource)).toEqual(['urn', 'type', 'name', 'parent', 'inputs']);
    expect(resource.urn).toMatch(/^urn:pulumi:alice::trailbell::/);
  }
});
