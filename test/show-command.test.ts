import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { schemaCommand } from '@trailbell/cli/commands/schema-command';
import { showCommand } from '@trailbell/cli/commands/show-command';
import { Terminal } from '@trailbell/cli/terminal/terminal';
import { ruleJsonSchema } from '@trailbell/core/rule';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-show-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

writeFileSync(
  join(folder, 'own.yaml'),
  `extends: cis/console-sign-in-without-mfa
severity: warning
mode: stage
during: office-hours
alarm: { threshold: 3 }
exceptions:
  - filterPattern: '{ $.sourceIPAddress = @offices }'
    reason: people in the office
    owner: security@example.com
    expires: 2020-01-31
---
values: { offices: [203.0.113.0/24, 198.51.100.7] }
timeIntervals:
  office-hours: { days: [monday, friday], from: '09:00', to: '17:00', timeZone: Europe/Berlin }
`,
);

/** Runs a command in this process, which saves starting one; the names of files come out as from the folder. */
async function output<Result>(command: (terminal: Terminal) => Result) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const result = await command(
    new Terminal(out as unknown as NodeJS.WriteStream, err as unknown as NodeJS.WriteStream),
  );
  out.end();
  err.end();
  const stdout = (await text(out)).replaceAll(`${relative(process.cwd(), folder)}/`, '');
  return { result, stdout, lines: stdout.split('\n'), stderr: await text(err) };
}

const show = (name: string, rules: readonly string[] = [folder]) =>
  output((terminal) => showCommand(name, rules.length > 0 ? { rules } : {}, terminal));

test('a rule that extends another is shown as it is in force, each part with where it was written', async () => {
  const { result, lines } = await show('console-sign-in-without-mfa');
  expect(result).toBe(0);
  const pack = 'rules/cis/console-sign-in-without-mfa.yaml';
  expect(lines[0]).toBe('console-sign-in-without-mfa');
  expect(lines[1]).toBe(`own.yaml extends ${pack}`);
  expect(lines).toContainEqual(expect.stringMatching(/^title +An IAM user signed in .* rules\/cis\/.*\.yaml:3$/));
  expect(lines).toContain('severity     warning  own.yaml:2');
  expect(lines).toContain('mode         stage: it is recorded and pages nobody  own.yaml:3');
  expect(lines).toContain('during       office-hours: monday, friday 09:00 to 17:00, Europe/Berlin  own.yaml:4');
  expect(lines).toContain('@offices     203.0.113.0/24, 198.51.100.7');
  expect(lines).toContain('alarm        opens on 3 matches within 5 minutes  own.yaml:5');
  expect(lines).toContain('             closes when fewer than 3 come within 5 minutes');
  expect(lines).toContain(
    'exceptions   1. people in the office (security@example.com): ended with 2020-01-31, and takes nothing out any more  own.yaml:7',
  );
  expect(lines).toContain(
    '                { ($.sourceIPAddress = "203.0.113.*" || $.sourceIPAddress = "198.51.100.7") }',
  );
  expect(lines).toContain('tests        0 that match, 0 to ignore, 0 timelines');
  expect(lines).toContain('routes       on-call');
});

test('a rule of the configured folders is shown by its name, with or without its folder', async () => {
  const { result, stdout } = await show('cis/root-account-usage', []);
  expect(result).toBe(0);
  expect(stdout).toMatch(/^root-account-usage\nrules\/cis\/root-account-usage\.yaml\ntitle {8}The root user/);
  expect(stdout).toMatch(/^alarm {8}opens on 1 match within 5 minutes\n {13}closes after 5 minutes without a match$/m);
  expect(stdout).toMatch(/^groups {7}one alarm for each \$\.recipientAccountId; up to 100 a day$/m);
});

test('a name that no rule has is answered with the nearest', async () => {
  const { result, stderr } = await show('console-sign-in-without-mfaa');
  expect(stderr).toBe('there is no rule console-sign-in-without-mfaa (did you mean console-sign-in-without-mfa?)\n');
  expect(result).toBe(2);
});

test('the schema that is printed is the one that rule files are checked with', async () => {
  const { stdout } = await output(schemaCommand);
  expect(JSON.parse(stdout)).toEqual(ruleJsonSchema());
});
