import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { afterAll, expect, test } from 'vitest';
import { jsonLines, runTrailbell } from './support/run-trailbell.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-replay-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const SAMPLE_DAY = join(PROJECT_FOLDER, 'packages/local/sample-day/records.jsonl');
const rootUse = (eventID: string, eventTime: unknown) => ({
  eventID,
  eventTime,
  eventName: 'ConsoleLogin',
  eventSource: 'signin.amazonaws.com',
  eventType: 'AwsConsoleSignIn',
  awsRegion: 'us-east-1',
  recipientAccountId: '111122223333',
  sourceIPAddress: '203.0.113.9',
  userIdentity: { type: 'Root', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' },
});

test('the demo opens at least five incidents, closes every one and ends with 0', async () => {
  const { exitCode, stdout } = await runTrailbell(['demo']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/notifications +31, 0 lost/);
  expect(stdout).toMatch(/incidents +14 opened, 0 merged, 14 resolved, 0 still open/);
  expect(stdout).toMatch(/opened #3 .*The root user of an account was used.*\n +root of 444455556666 ConsoleLogin/);
});

test('with --json standard output holds notifications and nothing else', async () => {
  const { exitCode, stdout } = await runTrailbell(['replay', '--json', SAMPLE_DAY]);
  const lines = jsonLines(stdout);
  expect(exitCode).toBe(0);
  expect(lines).toHaveLength(38);
  for (const line of lines) {
    expect(Object.keys(line)).toEqual(['at', 'alarmName', 'state', 'reason', 'message']);
    expect(line.message).toMatchObject({ AlarmName: line.alarmName, NewStateValue: line.state });
  }
});

test('records in any order, doubled, packed, in files and on standard input, give the same notifications', async () => {
  const lines = readFileSync(SAMPLE_DAY, 'utf8').trim().split('\n');
  const archive = { Records: lines.toReversed().map((line) => JSON.parse(line) as unknown) };
  const packed = join(folder, 'archive.json.gz');
  writeFileSync(packed, gzipSync(JSON.stringify(archive)));
  const [once, twice] = await Promise.all([
    runTrailbell(['replay', '--json', SAMPLE_DAY]),
    runTrailbell(['replay', '--json', packed, '-'], { input: lines.join('\n') }),
  ]);
  // What two alarms tell at one moment goes out in either order.
  const essence = ({ stdout }: { stdout: string }) =>
    jsonLines(stdout)
      .map(({ at, alarmName, state, reason }) => [at, alarmName, state, reason].map(String).join(' '))
      .toSorted();
  expect(essence(twice)).toEqual(essence(once));
});

test('records years apart take no longer than the same number on a day, and those without a time are counted', async () => {
  const records = [
    rootUse('c', '2019-01-01T00:00:00Z'),
    rootUse('b', '2026-03-11T09:30:00Z'),
    rootUse('d', 'no time'),
    rootUse('a', '1998-05-05T05:05:05Z'),
  ];
  const input = records.map((record) => JSON.stringify(record)).join('\n');
  const { exitCode, stdout, stderr } = await runTrailbell(['replay', '--json'], { input });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('1 record has no usable eventTime');
  expect(jsonLines(stdout).map(({ at, state }) => `${String(at).slice(0, 4)} ${String(state)}`)).toEqual([
    '1998 ALARM',
    '1998 OK',
    '2019 ALARM',
    '2019 OK',
    '2026 ALARM',
    '2026 OK',
  ]);
});

test('input that cannot be read is named with its line, and the rest is replayed', async () => {
  const file = join(folder, 'mixed.jsonl');
  writeFileSync(file, `${JSON.stringify(rootUse('a', '2026-03-11T09:30:00Z'))}\n{"broken\n`);
  const { exitCode, stdout, stderr } = await runTrailbell(['replay', '--json', join(folder, 'missing'), file]);
  expect(exitCode).toBe(0);
  expect(jsonLines(stdout)).toHaveLength(2);
  expect(stderr).toContain(`${join(folder, 'missing')}: there is no such file or folder`);
  expect(stderr).toContain(`${file}:2: not JSON`);
});

test('where nothing can be read the exit code is 2', async () => {
  const { exitCode, stdout, stderr } = await runTrailbell(['replay', join(folder, 'missing')]);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('nothing could be read');
});

test('rules of one’s own replace those of the configuration, and a bad one is named and left out', async () => {
  const rules = join(folder, 'rules');
  const file = join(rules, 'own.yaml');
  mkdirSync(rules, { recursive: true });
  writeFileSync(
    file,
    [
      '- name: any-console-sign-in',
      '  title: Somebody signed in',
      '  severity: info',
      `  filterPattern: '{ $.eventName = "ConsoleLogin" }'`,
      '- name: broken',
      '  title: Broken',
      '  severity: info',
      `  filterPattern: '{ $.eventName == "ConsoleLogin" }'`,
    ].join('\n'),
  );
  const input = JSON.stringify(rootUse('a', '2026-03-11T09:30:00Z'));
  const { exitCode, stdout, stderr } = await runTrailbell(['replay', '--json', '--rules', rules], { input });
  expect(exitCode).toBe(0);
  expect(jsonLines(stdout).map(({ alarmName }) => String(alarmName).split(' ')[0])).toEqual([
    'any-console-sign-in',
    'any-console-sign-in',
  ]);
  expect(stderr).toMatch(/own\.yaml:8:\d+/);
});

test('a record nested too deep is named, and those around it are replayed', async () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  const [first, last] = ['a', 'b'].map((id) => JSON.stringify(rootUse(id, '2026-03-11T09:30:00Z')));
  const archive = join(folder, 'deep.json');
  writeFileSync(archive, `{"Records":[${first},${deep},${last}]}`);
  const { exitCode, stdout, stderr } = await runTrailbell(['replay', '--json', archive]);
  expect(exitCode).toBe(0);
  expect(jsonLines(stdout)).toHaveLength(2);
  expect(stderr).toContain('entry 2 of Records: it is nested too deep to be read');
});

test('what a file is called or holds cannot steer the terminal', async () => {
  const file = join(folder, 'name\u001b[31m.txt');
  writeFileSync(file, '\u001b]0;title\u0007 not JSON');
  const { exitCode, stderr } = await runTrailbell(['replay', file]);
  expect(exitCode).toBe(2);
  // eslint-disable-next-line no-control-regex -- their absence is what is tested
  expect(stderr).not.toMatch(/[\u001b\u0007]/);
});

test('rules may be named before the files', async () => {
  const { exitCode, stdout } = await runTrailbell(['replay', '--rules', 'rules/cis', '--json', SAMPLE_DAY]);
  expect(exitCode).toBe(0);
  expect(jsonLines(stdout)).toHaveLength(28);
});

test('Ctrl-C ends it at once and leaves nothing behind', async () => {
  const tmp = join(folder, 'tmp');
  mkdirSync(tmp);
  const { exitCode } = await runTrailbell(['replay', '--speed', '1', SAMPLE_DAY], {
    env: { TMPDIR: tmp },
    interruptWhen: () => readdirSync(tmp).length > 0,
  });
  expect(exitCode).toBe(130);
  expect(readdirSync(tmp)).toEqual([]);
});

test('an option that does not exist is refused with the nearest that does', async () => {
  const { exitCode, stderr } = await runTrailbell(['replay', '--jsn']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Did you mean --json?');
});

const corpus = fileURLToPath(new URL('../../shared/corpus/events.jsonl.gz', import.meta.url));
if (existsSync(corpus)) {
  test('a large collection of real records is read whole and rings for root use and sign-ins without MFA', async () => {
    const { exitCode, stdout, stderr } = await runTrailbell(['replay', '--rules', 'rules/cis', '--json', corpus]);
    const rung = new Set(jsonLines(stdout).map(({ alarmName }) => String(alarmName).split(' ')[0]));
    expect(exitCode).toBe(0);
    expect(rung).toContain('root-account-usage');
    expect(rung).toContain('console-sign-in-without-mfa');
    expect(stderr).not.toContain('not JSON');
  }, 120_000);
} else {
  console.log(`skipped: there is no collection of records at ${corpus}`);
  test.skip('a large collection of real records');
}
