import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { afterAll, expect, test } from 'vitest';
import { jsonLines, runTrailbell } from './support/run-trailbell.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-lint-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const BROKEN = 'test/broken-rules';
const TODAY = ['--today', '2026-11-22'];

/** What the broken rules say of themselves: `file:line:column severity code`. */
function expectedFindings(): readonly string[] {
  return readdirSync(join(PROJECT_FOLDER, BROKEN)).flatMap((name) => {
    const text = readFileSync(join(PROJECT_FOLDER, BROKEN, name), 'utf8');
    return Array.from(text.matchAll(/^# expect: (.*)$/gm), ([, finding = '']) => `${BROKEN}/${name}:${finding}`);
  });
}

test('the configured rules are in order: notes at most', async () => {
  const { stdout, stderr, exitCode } = await runTrailbell(['lint', ...TODAY]);
  expect(stdout.split('\n').filter((line) => / (?:error|warning) /.test(line))).toEqual([]);
  expect(stdout).toMatch(/\n?\d+ rules: (?:nothing found|\d+ notes?) \(\d+\.\d s\)\n$/);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});

test('a folder of broken rules is red, each on the line that it names, and in a log for code scanning too', async () => {
  const sarif = join(folder, 'lint.sarif');
  const { stdout, exitCode } = await runTrailbell(['lint', BROKEN, '--sarif', sarif, ...TODAY]);
  const found = stdout.split('\n').map((line) => line.split(/:(?= )/, 1)[0]);
  // All of them together: which of two rules speaks of the other depends on its neighbours.
  const expected = expectedFindings().filter((line) => !/ (?:same-pattern|overlapping-rules)$/.test(line));
  expect(expected.length).toBeGreaterThanOrEqual(80);
  expect(expected.filter((line) => !found.includes(line))).toEqual([]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    'test/broken-rules/two-names-joined-by-and.yaml:6:50 error never-matches: no record can match: $.eventName = "DeleteTrail" ' +
      'contradicts $.eventName = "StopLogging" (a field has one value: for either of two join them with || in parentheses)\n',
  );
  expect(stdout).toMatch(
    /\nEach code is explained in docs\/.*\n\d+ rules: \d+ errors, \d+ warnings, \d+ notes \(\d+\.\d s\)\n$/,
  );
  const [run] = (JSON.parse(readFileSync(sarif, 'utf8')) as SarifLog).runs;
  const inLog = run?.results.map(({ level, ruleId, locations: [location] }) => {
    const { artifactLocation, region } = location?.physicalLocation ?? {};
    return `${artifactLocation?.uri}:${region?.startLine}:${region?.startColumn} ${level} ${ruleId}`;
  });
  expect(inLog).toEqual(found.filter((line) => / (?:error|warning|note) /.test(line ?? '')));
  const rules = run?.tool.driver.rules ?? [];
  expect(run?.results.filter(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id !== ruleId)).toEqual([]);
  expect(rules.find(({ id }) => id === 'field-type')?.help.markdown).toContain('$.readOnly IS FALSE');
});

interface SarifLog {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly rules: readonly { readonly id: string; readonly help: { readonly markdown?: string } }[];
      };
    };
    readonly results: readonly {
      readonly level: string;
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number; readonly startColumn: number };
        };
      }[];
    }[];
  }[];
}

test('notes alone are clean, and warnings where errors alone were asked for', async () => {
  const lint = async (name: string, ...options: readonly string[]) =>
    (await runTrailbell(['lint', `${BROKEN}/${name}.yaml`, ...TODAY, ...options])).exitCode;
  expect(await lint('three-expressions')).toBe(0);
  expect(await lint('same-clause-twice', '--errors-only')).toBe(0);
});

test('--json prints a finding a line', async () => {
  const { stdout, exitCode } = await runTrailbell(['lint', `${BROKEN}/misspelt-event-name.yaml`, '--json', ...TODAY]);
  expect(exitCode).toBe(1);
  expect(jsonLines(stdout)[0]).toEqual({
    file: 'test/broken-rules/misspelt-event-name.yaml',
    line: 6,
    column: 79,
    endLine: 6,
    endColumn: 91,
    severity: 'error',
    code: 'unknown-event-name',
    message: 'cloudtrail.amazonaws.com has no event "StopLoging"',
    hint: 'did you mean StopLogging?',
    rule: 'misspelt-event-name',
    docs: 'docs/lint/events.md#unknown-event-name',
    canFix: true,
  });
});

test('--fix mends what has one safe cure and leaves the rest as it was written', async () => {
  const copies = join(folder, 'rules');
  const names = ['misspelt-event-name', 'boolean-as-text', 'alternative-within-another', 'not-equals-on-error-code'];
  for (const name of names) {
    const copy = join(copies, `${name}.yaml`);
    cpSync(join(PROJECT_FOLDER, BROKEN, `${name}.yaml`), copy);
    writeFileSync(copy, readFileSync(copy, 'utf8').replaceAll(/^# expect.*\n/gm, ''));
  }
  const { stdout, stderr } = await runTrailbell(['lint', copies, '--fix', ...TODAY]);
  expect(stderr).toBe('3 findings mended\n');
  expect(stdout).toContain('missing-not-equals');
  const patternOf = (name: string) => readFileSync(join(copies, `${name}.yaml`), 'utf8').split('\n')[3];
  expect(patternOf('misspelt-event-name')).toBe(
    `filterPattern: '{ $.eventSource = "cloudtrail.amazonaws.com" && $.eventName = "StopLogging" }'`,
  );
  expect(patternOf('boolean-as-text')).toBe(`filterPattern: '{ $.eventName = "StopLogging" && $.readOnly IS FALSE }'`);
  expect(patternOf('alternative-within-another')).toBe(
    `filterPattern: '{ $.eventSource = "cloudtrail.amazonaws.com" && ($.eventName = "Delete*") }'`,
  );
  expect(patternOf('not-equals-on-error-code')).toBe(
    `filterPattern: '{ $.eventName = "StopLogging" && $.errorCode != "AccessDenied" }'`,
  );
});

test('what cannot be read is another matter than what is wrong', async () => {
  const missing = await runTrailbell(['lint', join(folder, 'nowhere')]);
  expect(missing).toMatchObject({ exitCode: 2, stdout: '' });
  expect(missing.stderr).toContain('there is no such file or folder');
  const misused = await runTrailbell(['lint', '--today', 'tomorrow']);
  expect(misused.exitCode).toBe(2);
  expect(misused.stderr).toContain('expected a date such as 2027-06-30.');
});

test('what a rule says cannot steer the terminal', async () => {
  const file = join(folder, 'steering.yaml');
  writeFileSync(
    file,
    `name: steering\ntitle: Steering\nseverity: info\nfilterPattern: "{ $.eventName = \\"Stop\\e[31mLogging\\" }"\n`,
  );
  const { stdout } = await runTrailbell(['lint', file]);
  expect(stdout).toContain('unknown-event-name');
  expect(stdout).not.toContain('\u001b[31m');
});

test('a folder that is named like a rule file is none, and of files that cannot be read each is told', async () => {
  const rules = join(folder, 'mixed');
  mkdirSync(join(rules, 'folder.yaml/more.yml'), { recursive: true });
  const rule = (name: string) =>
    `name: ${name}\ntitle: Trail off\nseverity: info\nfilterPattern: '{ $.eventName = "StopLoging" }'\n`;
  writeFileSync(join(rules, 'folder.yaml/more.yml/deep.yaml'), rule('deep'));
  writeFileSync(join(folder, 'elsewhere'), rule('linked'));
  symlinkSync(join(folder, 'elsewhere'), join(rules, 'linked.yaml'));
  symlinkSync(join(folder, 'gone'), join(rules, 'dangling.yaml'));
  symlinkSync('circle.yaml', join(rules, 'circle.yaml'));
  const { stdout, exitCode } = await runTrailbell(['lint', rules, ...TODAY], { folder: rules });
  expect(stdout).toContain(
    'dangling.yaml:1:1 error unreadable-file: it cannot be read: there is no such file or folder',
  );
  expect(stdout).toMatch(/circle\.yaml:1:1 error unreadable-file: it cannot be read: ELOOP/);
  expect(stdout).toMatch(/^folder\.yaml\/more\.yml\/deep\.yaml:4:\S+ error/m);
  expect(stdout).toMatch(/^linked\.yaml:4:\S+ warning/m);
  expect(stdout).not.toContain('EISDIR');
  expect(exitCode).toBe(1);
  const tested = await runTrailbell(['test', rules]);
  expect(tested.stdout + tested.stderr).toContain('unreadable-file');
  expect(tested.exitCode).toBe(2);
});

test('an example that names a folder names no file', async () => {
  const rules = join(folder, 'example-folder');
  mkdirSync(join(rules, 'events'), { recursive: true });
  const examples = 'examples: { matches: [{ name: one, event: { file: events } }] }';
  const rule = "name: folder-event\ntitle: T\nseverity: info\nfilterPattern: '{ $.eventName = StopLogging }'";
  writeFileSync(join(rules, 'a.yaml'), `${rule}\n${examples}\n`);
  const { stdout, stderr, exitCode } = await runTrailbell(['lint', rules, ...TODAY]);
  expect(stdout).toContain(' error example-file: ');
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 1 });
});
