import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { testCommand } from '@trailbell/cli/commands/test-command';
import { Terminal } from '@trailbell/cli/terminal/terminal';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { afterAll, expect, test } from 'vitest';
import { runTrailbell } from './support/run-trailbell.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const RULE = `name: stop-logging
title: A trail was stopped
severity: error
filterPattern: '{ $.eventName = "StopLogging" && $.errorCode NOT EXISTS }'
exceptions:
  - { filterPattern: '{ $.requestParameters.name = @trails }', reason: test trails, owner: ops, expires: 2199-01-01 }
examples:
  matches:
    - { name: stopped, event: &stop { eventName: StopLogging, eventID: '1' } }
  ignores:
    - { name: denied, event: { <<: *stop, errorCode: AccessDenied } }
    - { name: started, event: { eventName: StartLogging } }
    - { name: a test trail, event: { <<: *stop, requestParameters: { name: try-out } } }
timelines:
  - name: one stop
    events: [{ at: 0s, event: *stop }]
    expect: [{ at: 0s, state: ALARM }, { at: 5m, state: OK }]
    notifications: [{ at: 0s, state: ALARM }, { at: 5m, state: OK }]
---
values: { trails: [try-*] }
`;

/** A folder of its own, with these files. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

interface Options {
  readonly coverage?: boolean;
  readonly junit?: string;
}

/** Runs the command in this process, which saves starting one; the names of files come out as from the folder. */
async function run(cwd: string, path: string, options: Options = {}) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const terminal = new Terminal(out as unknown as NodeJS.WriteStream, err as unknown as NodeJS.WriteStream);
  const exitCode = await testCommand([join(cwd, path)], options, terminal);
  out.end();
  err.end();
  const fromFolder = (output: string) =>
    output.replaceAll(`${relative(process.cwd(), cwd)}/`, '').replaceAll(`${cwd}/`, '');
  return { exitCode, stdout: fromFolder(await text(out)), stderr: fromFolder(await text(err)) };
}

test('without a path the configured folders are tested, and the packs pass', async () => {
  const { exitCode, stdout, stderr } = await runTrailbell(['test']);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^\d+ rules, [\d,]+ tests: all passed \(\d+\.\d s\)\n$/);
  expect(exitCode).toBe(0);
});

test('a good rule passes, and its coverage and its report say so', async () => {
  const cwd = folderOf('good', { 'r.yaml': RULE });
  const { exitCode, stdout } = await run(cwd, '.', { coverage: true, junit: join(cwd, 'junit.xml') });
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^1 rule, 5 tests: all passed/),
    'covered: 1 of 1 rules, 2 of 2 clauses, 1 of 1 exceptions',
    '',
  ]);
  expect(exitCode).toBe(0);
  expect(readFileSync(join(cwd, 'junit.xml'), 'utf8')).toMatch(
    /<testcase name="timeline: one stop" classname="stop-logging" file="[^"]*\/good\/r\.yaml" line="15" time="\d+\.\d{3}"\/>/,
  );
});

test('failures show the event, the clause, the exception and the states over time', async () => {
  const broken = RULE.replace('$.errorCode NOT EXISTS', '$.errorCode != "x"').replace(
    '5m, state: OK }]\n    not',
    '5m, state: ALARM }]\n    not',
  );
  const { exitCode, stdout } = await run(folderOf('failing', { 'r.yaml': broken }), '.');
  expect(exitCode).toBe(1);
  expect(stdout.replace(/\(\d\.\d s\)/, '(0 s)')).toMatchInlineSnapshot(`
    "✘ r.yaml:9:7 stop-logging matches: stopped: the pattern does not match it
        event {"eventName":"StopLogging","eventID":"1"}
        ✘ $.errorCode != "x": there is no $.errorCode; every comparison with it fails, != too
    ✘ r.yaml:11:7 stop-logging ignores: denied: it counts
        event {"eventName":"StopLogging","eventID":"1","errorCode":"AccessDenied"}
        ✔ $.eventName = "StopLogging" saw "StopLogging": the texts are equal
        ✔ $.errorCode != "x" saw "AccessDenied": the texts differ
    ✘ r.yaml:15:5 stop-logging timeline: one stop: 4 things are not as expected
        0 of 1 record counted
          at                state expected    state found
        ✘ 0s                ALARM             OK
        ✘ 5m                ALARM             OK
          at                told expected     told found
        ✘ 0s                ALARM
        ✘ 5m                OK
    1 rule, 5 tests: 3 failed (0 s)
    "
  `);
});

test('rule files with mistakes are red with file, line and column, and do not keep the others from being tested', async () => {
  const cwd = folderOf('mistakes', {
    'a.yaml': RULE,
    'b.yaml': 'name: b\ntitle: t\nseverity: fatal\nfilterPattern: "{ $.a == 1 }"\n',
    'c.yaml': 'extends: cis/rot-account-usage\n',
  });
  const { exitCode, stdout } = await run(cwd, '.', { junit: join(cwd, 'junit.xml') });
  expect(exitCode).toBe(2);
  expect(stdout).toContain('✘ b.yaml:3:11 unknown-value: severity is "fatal"');
  expect(stdout).toContain('✘ b.yaml:4:24 pattern-syntax:');
  expect(stdout).toContain('did you mean cis/root-account-usage?');
  expect(stdout).toMatch(/1 rule, 5 tests: 3 problems in the files/);
  expect(readFileSync(join(cwd, 'junit.xml'), 'utf8')).toContain('tests="3" failures="0" errors="3"');
});

test('a rule of a configured pack is extended from anywhere, and its own tests run along', async () => {
  const cwd = folderOf('extending', { 'r.yaml': 'extends: cis/root-account-usage\nseverity: warning\n' });
  const { exitCode, stdout } = await run(cwd, 'r.yaml');
  expect(stdout).toMatch(/^1 rule, 9 tests: all passed/);
  expect(exitCode).toBe(0);
});

test('the first rule of docs/testing-rules.md grows as the page says', async () => {
  const page = readFileSync(join(PROJECT_FOLDER, 'docs/testing-rules.md'), 'utf8');
  const [first = '', examples = '', timelines = ''] = [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map(
    ([, block]) => block,
  );
  const whole = first.slice(0, first.indexOf('examples:')) + examples + timelines;
  const says = async (name: string, text: string) => {
    const cwd = folderOf(name, { 'kms-key-disabled.yaml': text });
    const { stdout } = await run(cwd, '.', { coverage: true });
    return stdout
      .replace(/ \(\d\.\d s\)/, ' (0.1 s)')
      .replaceAll('kms-key-disabled.yaml:', 'rules/own/$&')
      .trimEnd();
  };
  expect(page).toContain(await says('begun', first));
  expect(await says('whole', whole)).toMatch(/5 tests: all passed.*\ncovered: 1 of 1 rules, 3 of 3 clauses/);
  const late = whole.replace(/7m, state: OK/, '8m, state: ALARM');
  const [failure = ''] = (await says('late', late)).split('\n1 rule');
  expect(page).toContain(failure);
});

test('clauses and exceptions that no test needs are named', async () => {
  const cwd = folderOf('uncovered', { 'r.yaml': RULE.replaceAll(/ {4}- \{ name: (?:denied|a test trail).*\n/g, '') });
  const { exitCode, stdout } = await run(cwd, '.', { coverage: true });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('r.yaml:4:50 no test of stop-logging needs the clause $.errorCode NOT EXISTS');
  expect(stdout).toContain(
    'r.yaml:6:5 no test of stop-logging needs the exception { $.requestParameters.name = "try-*" }',
  );
  expect(stdout).toContain('covered: 1 of 1 rules, 1 of 2 clauses, 0 of 1 exceptions');
});

test('text of events and rules cannot steer the terminal', async () => {
  const evil = RULE.replace('name: denied', 'name: "\\e[2Jdenied"').replace('AccessDenied', '"\\e]0;x\\a"');
  const { stdout } = await run(folderOf('evil', { 'r.yaml': evil.replace('NOT EXISTS', '= *') }), '.');
  expect(stdout).toContain('denied');
  // eslint-disable-next-line no-control-regex -- that is what must not be there
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test.each([
  ['a path that is not there', 'none', 'none: there is no such file or folder\nthere is no rule file to test\n'],
  ['a folder without rule files', '.', 'there is no rule file to test\n'],
])('%s is wrong use', async (name, path, message) => {
  const { exitCode, stderr } = await run(folderOf(name, {}), path);
  expect(stderr).toBe(message);
  expect(exitCode).toBe(2);
});

test('over a folder of broken rules each file is red where it says that it is broken', async () => {
  const broken = join(PROJECT_FOLDER, 'test/broken-rules');
  // The others are for lint to find: these rules can be read, and their tests hold.
  const found =
    /^(?:example-fails|pattern-syntax|wrong-type|unknown-.*|out-of-range|invalid-format|shared-value-operator|unusable-value|missing-key)$/;
  const lintsAlone = ['unknown-field', 'unknown-event-name', 'unknown-event-source'];
  const places = readdirSync(broken).flatMap((file) => {
    const lines = readFileSync(join(broken, file), 'utf8').matchAll(/^# expect: (\S+) error (\S+)$/gm);
    return [...lines].flatMap(([, place = '', code = '']) =>
      found.test(code) && !lintsAlone.includes(code) ? [`✘ ${file}:${place} `] : [],
    );
  });
  const { exitCode, stdout } = await run(broken, '.');
  const red = stdout.split('\n').filter((line) => line.startsWith('✘'));
  expect(exitCode).toBe(2);
  expect(places.length).toBeGreaterThanOrEqual(40);
  expect(places.filter((place) => !red.some((line) => line.startsWith(place)))).toEqual([]);
});

test('with --watch what changes is tested again, until it is interrupted', async () => {
  const cwd = folderOf('watched', {
    'a.yaml': RULE,
    'b.yaml': RULE.replaceAll('stop-logging', 'other').split('---')[0] ?? '',
  });
  const isSaid = (text: string) => () => {
    const report = readReport(cwd);
    return report.includes(text);
  };
  // As editors do: what is written is another file, which takes the name of the first.
  const replaceFile = (text: string) => {
    writeFileSync(join(cwd, 'a.yaml~'), text);
    renameSync(join(cwd, 'a.yaml~'), join(cwd, 'a.yaml'));
  };
  let step = 0;
  const watching = runTrailbell(['test', '.', '--watch', '--junit', 'report/junit.xml'], {
    folder: cwd,
    interruptWhen: () => {
      if (step === 0 && isSaid('tests="10" failures="0"')()) {
        replaceFile(RULE.replace('"StopLogging"', '"StopLoging"'));
        step = 1;
      }
      if (step === 1 && isSaid('tests="10" failures="2"')()) {
        replaceFile(RULE);
        step = 2;
      }
      return step === 2 && isSaid('tests="10" failures="0"')();
    },
  });
  mkdirSync(join(cwd, 'report'));
  const { exitCode, stdout, stderr } = await watching;
  expect(stderr).toContain('watching .');
  expect(stderr.match(/^changed: .*$/gm)).toEqual(['changed: stop-logging', 'changed: stop-logging']);
  expect(stderr.match(/^no rule changed$/gm)?.length ?? 0).toBeLessThanOrEqual(3);
  expect(stdout).toMatch(/2 rules, 10 tests: all passed/);
  expect(stdout).toMatch(/2 rules, 10 tests: 2 failed[\s\S]*2 rules, 10 tests: all passed/);
  expect(exitCode).toBe(130);
});

function readReport(cwd: string): string {
  try {
    return readFileSync(join(cwd, 'report/junit.xml'), 'utf8');
  } catch {
    return '';
  }
}
