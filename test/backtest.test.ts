import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { backtest } from '@trailbell/cli/backtest/backtest';
import type { BacktestResult } from '@trailbell/cli/backtest/backtest-result';
import { rulesKey } from '@trailbell/cli/backtest/rules-key';
import { ScanLog } from '@trailbell/cli/backtest/scan-log';
import { scanFiles } from '@trailbell/cli/backtest/scan-pool';
import { simulate } from '@trailbell/cli/backtest/simulate';
import { backtestCommand, type BacktestOptions } from '@trailbell/cli/commands/backtest-command';
import { Terminal } from '@trailbell/cli/terminal/terminal';
import { compileRules, loadRules } from '@trailbell/core/rule';
import { expectedIncidents } from '@trailbell/local/sample-day/expected-incidents';
import { afterAll, expect, test } from 'vitest';
import { runTrailbell } from './support/run-trailbell.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-backtest-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const START_MS = Date.UTC(2026, 2, 11, 9);
const MINUTE_MS = 60_000;

const RULES = `
name: stopped
title: Stopped
severity: error
filterPattern: '{ $.eventName = "StopLogging" }'
---
name: by-account
title: By account
severity: info
filterPattern: '{ $.errorCode = "AccessDenied" }'
groupBy: [$.recipientAccountId]
expect: at most 1 incident a day
alarm: { period: 300, threshold: 3 }
`;
const loaded = loadRules([{ path: 'rules.yaml', text: RULES }]).rules;
const compiled = compileRules(loaded, { version: 1 });

interface Call {
  readonly atMinute: number;
  readonly eventName: string;
  readonly account?: string;
  readonly errorCode?: string;
}

let made = 0;

function record({ atMinute, eventName, account = '111122223333', errorCode }: Call): object {
  made += 1;
  return {
    eventID: `event-${made}`,
    eventTime: new Date(START_MS + atMinute * MINUTE_MS).toISOString().replace('.000', ''),
    eventName,
    eventSource: 'cloudtrail.amazonaws.com',
    userIdentity: { type: 'IAMUser', userName: 'ana', accountId: account },
    recipientAccountId: account,
    ...(errorCode !== undefined && { errorCode }),
  };
}

const denied = (atMinute: number, account: string) =>
  record({ atMinute, eventName: 'GetObject', account, errorCode: 'AccessDenied' });

const RECORDS: readonly object[] = [
  ...[0, 1, 2].map((minute) => denied(minute, '111122223333')),
  ...[0, 4, 9].map((minute) => denied(minute, '444455556666')),
  record({ atMinute: 30, eventName: 'StopLogging' }),
  record({ atMinute: 33, eventName: 'StopLogging' }),
  record({ atMinute: 60, eventName: 'ListBuckets' }),
  ...[600, 600, 601].map((minute) => denied(minute, '111122223333')),
];

const at = (minute: number) => START_MS + minute * MINUTE_MS;

const incidentsOf = ({ rules }: BacktestResult) =>
  rules.flatMap(({ name, incidents }) =>
    incidents.map(({ group, openedMs, resolvedMs, count }) => [name, group.join(), openedMs, resolvedMs, count]),
  );

/** An alarm is over when a window of five minutes holds less than its threshold. */
const INCIDENTS = [
  ['stopped', '', at(30), at(38), 2],
  ['by-account', '111122223333', at(2), at(5), 3],
  ['by-account', '111122223333', at(601), at(605), 3],
];

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const lines = (records: readonly object[]) => records.map((each) => `${JSON.stringify(each)}\n`).join('');

test.each([
  ['an archive', written('a.json', JSON.stringify({ Records: RECORDS })), 0],
  ['a packed archive', written('a.json.gz', gzipSync(JSON.stringify({ Records: RECORDS }))), 0],
  ['JSON lines', written('b.jsonl', lines(RECORDS)), 0],
  ['packed JSON lines', written('b.jsonl.gz', gzipSync(lines(RECORDS))), 0],
  ['lines of Windows with a blank one', written('c.jsonl', `\n${lines(RECORDS).replaceAll('\n', '\r\n')}\r\n`), 0],
  ['lines with one that is torn', written('d.jsonl', `${lines(RECORDS)}{"eventName":"Stop\n`), 1],
  [
    'an export of a log group',
    written('e.gz', gzipSync(RECORDS.map((each) => `2026-03-11T09:00:00.000Z ${JSON.stringify(each)}\n`).join(''))),
    0,
  ],
  [
    'log events',
    written('f.jsonl', lines(RECORDS.map((each) => ({ timestamp: 1, message: JSON.stringify(each) })))),
    0,
  ],
  ['a list over several lines', written('g.json', JSON.stringify(RECORDS, undefined, 2)), 0],
] as const)('%s is read to the same incidents', async (_, path, unreadable) => {
  const result = await backtest({ compiled, paths: [path], threads: 1 });
  expect(incidentsOf(result)).toEqual(INCIDENTS);
  expect(result).toMatchObject({ records: RECORDS.length, unreadable, problems: [], firstMs: at(0), lastMs: at(601) });
});

test('the incidents of a day are those that a replay through the whole pipeline opens', async () => {
  const project = new URL('..', import.meta.url).pathname;
  const { stdout, exitCode } = await runTrailbell([
    ...['backtest', '--json', '--rules', 'rules/cis', join(project, 'packages/local/sample-day/records.jsonl')],
  ]);
  expect(exitCode).toBe(0);
  const opened = (JSON.parse(stdout) as BacktestResult).rules.flatMap(({ incidents }) =>
    incidents.map(({ rule }) => rule),
  );
  const expected = expectedIncidents.map(({ rule }) => rule);
  expect(opened.filter((rule) => expected.includes(rule)).sort()).toEqual(expected.toSorted());
});

function archive(name: string, files: number): string {
  const path = join(folder, name);
  mkdirSync(path);
  const inFile = (file: number) => RECORDS.filter((_, index) => index % files === file);
  for (let file = 0; file < files; file++) {
    writeFileSync(join(path, `${file}.json.gz`), gzipSync(JSON.stringify({ Records: inFile(file) })));
  }
  return path;
}

test('many files come to what one comes to, with one thread and with two', async () => {
  const path = archive('many', 4);
  for (const threads of [1, 2]) {
    expect(incidentsOf(await backtest({ compiled, paths: [path], threads }))).toEqual(INCIDENTS);
  }
});

test('a backtest that was stopped goes on where it ended, and comes to the same result', async () => {
  const path = archive('stopped', 4);
  const whole = await backtest({ compiled, paths: [path], threads: 1 });
  const state = join(folder, 'state');
  const log = ScanLog.open(state, rulesKey(compiled));
  const scanned: string[] = [];
  await scanFiles([join(path, '2.json.gz'), join(path, '0.json.gz')], compiled, 1, (scan) => {
    scanned.push(scan.file);
    log.add(scan);
  });
  // The process died while it wrote the matches of another file: they are torn, and the file is not among those done.
  writeFileSync(join(state, `${Math.floor(at(0) / 3_600_000)}.jsonl`), '{"file":"1.json.gz","minu', { flag: 'a' });
  let resumed = 0;
  const result = await backtest({
    ...{ compiled, paths: [path], threads: 1, folder: state },
    onProgress: ({ resumedFiles }) => {
      resumed = resumedFiles;
    },
  });
  expect(scanned).toHaveLength(2);
  expect(resumed).toBe(2);
  expect(result).toEqual(whole);
});

test('a file that is damaged takes no other with it', async () => {
  const path = archive('damaged', 2);
  writeFileSync(join(path, 'x.json.gz'), gzipSync(JSON.stringify({ Records: RECORDS })).subarray(0, 200));
  const result = await backtest({ compiled, paths: [path], threads: 1 });
  expect(incidentsOf(result)).toEqual(INCIDENTS);
  expect(result.problems).toMatchObject([{ file: join(path, 'x.json.gz') }]);
});

test('of packed lines that end in the middle, those before the damage count, and the file is named', async () => {
  const records = Array.from({ length: 400 }, (_, index) => denied(index, '111122223333'));
  const packed = gzipSync(lines(records));
  const path = written('cut.jsonl.gz', packed.subarray(0, packed.length >> 1));
  const result = await backtest({ compiled, paths: [path], threads: 1 });
  expect(result.records).toBeGreaterThan(100);
  expect(result.records).toBeLessThan(300);
  expect(result.problems).toEqual([{ file: path, problem: 'unexpected end of file' }]);
});

test('a line of no end takes neither time nor memory, and no other line with it', async () => {
  const bomb = `{"eventName":"${'x'.repeat(70_000_000)}"}\n`;
  const path = written(
    'bomb.jsonl.gz',
    gzipSync(lines(RECORDS.slice(0, 6)) + bomb + lines(RECORDS.slice(6)), { level: 1 }),
  );
  const result = await backtest({ compiled, paths: [path], threads: 1 });
  expect(incidentsOf(result)).toEqual(INCIDENTS);
  expect(result).toMatchObject({ records: RECORDS.length, unreadable: 1, problems: [] });
});

test('of lines that are no records the first of a file is named, in whatever piece of the file, and the others are counted', async () => {
  const good = `${JSON.stringify({ ...denied(0, '111122223333'), filler: 'x'.repeat(5_000) })}\n`;
  // A piece has about 4 MB: the first of them are read as a whole.
  const late = written('late.jsonl', `${good.repeat(2000)}\r\n\n{"torn\n${good}12\n`);
  const result = await backtest({ compiled, paths: [late], threads: 1 });
  expect(result).toMatchObject({ records: 2001, unreadable: 2, unreadableLines: [{ file: late, line: 2003 }] });
  const exported = `2026-03-11T09:00:00.000Z ${JSON.stringify(denied(0, '1'))}\n`;
  const log = written('late.log', `${exported.repeat(3)}\n{"torn\n`);
  const many = [log, ...Array.from({ length: 9 }, (_, index) => written(`many-${index}.jsonl`, `${good}{\n`))];
  const { unreadable, unreadableLines } = await backtest({ compiled, paths: many, threads: 1 });
  expect(unreadable).toBe(10);
  expect(unreadableLines).toHaveLength(5);
  expect(unreadableLines[0]).toEqual({ file: log, line: 5, why: expect.stringMatching(/^not JSON: /) as string });
});

test.each([
  [1, /^\S+torn-1\.jsonl:13: not JSON: .*\n1 line or entry was no record\.\n$/],
  [
    3,
    /^\S+torn-3\.jsonl:13: not JSON: .*\n3 lines or entries were no records; the first of a file is named, of a few files\.\n$/,
  ],
])('the command says where a file of %d torn lines is torn', async (count, told) => {
  const torn = written(`torn-${count}.jsonl`, `${lines(RECORDS)}${'{"eventName":"Stop\n'.repeat(count)}`);
  const { exitCode, stdout, stderr } = await runTrailbell(['backtest', torn, '--rules', written('asked.yaml', RULES)]);
  expect(stderr).toMatch(told);
  expect(stdout).toContain('12 records in 1 file');
  expect(exitCode).toBe(1);
});

test('records that match and have no time are counted and in no alarm', async () => {
  const path = written('h.jsonl', lines([{ eventName: 'StopLogging' }]));
  const result = await backtest({ compiled, paths: [path], threads: 1 });
  expect(result).toMatchObject({ records: 1, withoutTime: 1 });
  expect(incidentsOf(result)).toEqual([]);
});

test('a record of a year that nobody will see has no usable time, and is not waited for', async () => {
  const records = [{ eventName: 'StopLogging', eventTime: '+009000-01-01T00:00:00Z' }, RECORDS[0] ?? {}];
  const result = await backtest({ compiled, paths: [written('far.jsonl', lines(records))], threads: 1 });
  expect(result).toMatchObject({ records: 2, withoutTime: 1 });
});

test('a copy of a record in another file counts once', async () => {
  const log = ScanLog.open(join(folder, 'copies'), rulesKey(compiled));
  const copies = ['a', 'b', 'c'].map((name) => written(`copy-${name}.jsonl`, lines([RECORDS[0] ?? {}])));
  await scanFiles(copies, compiled, 1, (scan) => {
    log.add(scan);
  });
  expect(incidentsOf(await simulate(compiled, log))).toEqual([]);
});

/** The command in this process, with what it said on standard error. */
async function asked(options: Partial<BacktestOptions>): Promise<readonly [exitCode: number, said: string]> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const terminal = new Terminal(out as unknown as NodeJS.WriteStream, err as unknown as NodeJS.WriteStream);
  const rules = [written('asked.yaml', RULES)];
  const exitCode = await backtestCommand([join(folder, 'b.jsonl')], { shardSize: 1, rules, ...options }, terminal);
  err.end();
  return [exitCode, await text(err)];
}

test.each([
  [
    'a revision that Git does not know',
    { against: 'no-such-revision' },
    'Git cannot read the rules of such a revision',
  ],
  [
    'a file without rules to compare with',
    { against: written('none.yaml', 'values: { offices: [203.0.113.7] }') },
    'there is no rule there to compare',
  ],
  [
    'a report in a folder that is not there',
    { report: join(folder, 'no/out.html') },
    'there is no such file or folder',
  ],
  ['a report that would replace a folder', { report: folder }, 'expected a file to write into, and this is a folder'],
  ['a state folder that is a file', { state: written('no-folder', '') }, 'file already exists'],
  [
    'days in the wrong order',
    { from: '2026-03-02', until: '2026-03-01' },
    '--from 2026-03-02 is after --until 2026-03-01',
  ],
] as const)('%s is told in a line, and is no broken expectation', async (_, options, told) => {
  const [exitCode, said] = await asked(options);
  expect(said).toContain(told);
  expect(said.trimEnd().split('\n')).toEqual([said.trimEnd()]);
  expect(exitCode).toBe(2);
});

test.each([
  ['--from', '2026-02-30', 'expected a date'],
  ['--threads', '0', 'expected a whole number'],
  ['--shard=a.jsonl', '--report=out.html', 'cannot be used with'],
])('%s %s is wrong use, and no broken expectation', async (option, value, told) => {
  const { exitCode, stderr } = await runTrailbell(['backtest', 'b.jsonl', option, value]);
  expect(stderr).toContain(told);
  expect(exitCode).toBe(2);
});

test('standard input is refused, and what to do is said', async () => {
  const { exitCode, stderr } = await runTrailbell(['backtest', '-'], { input: lines(RECORDS) });
  expect(stderr).toContain('backtest reads files and folders, not standard input: write it to a file, and name that');
  expect(exitCode).toBe(2);
});

test('a file that is named is read in full, and that is said where days or accounts are asked for', async () => {
  const [, said] = await asked({ account: ['999999999999'] });
  expect(said).toContain('1 file read in full: --account, --region, --from and --until go by folders');
});

test('where a rule of several cannot be read the others are played, and the command fails', async () => {
  const rules = [
    written('whole.yaml', RULES.replace('expect: at most 1 incident a day\n', '')),
    written('torn.yaml', 'name: ['),
  ];
  const [exitCode, said] = await asked({ rules });
  expect(exitCode).toBe(2);
  expect(said).toContain('torn.yaml:1:');
});

test('the command says what would have paged, what another version would not, and fails where more was found than expected', async () => {
  const rules = join(folder, 'rules');
  mkdirSync(rules);
  writeFileSync(join(rules, 'rules.yaml'), RULES.replace('1 incident a day', '1 incidents a day'));
  const others = join(folder, 'others');
  mkdirSync(others);
  writeFileSync(join(others, 'rules.yaml'), RULES.replace('threshold: 3', 'threshold: 4'));
  const junit = join(folder, 'junit.xml');
  const input = join(folder, 'b.jsonl');
  const { exitCode, stdout } = await runTrailbell([
    ...['backtest', '--rules', rules, '--against', others, '--junit', junit, '--threads', '1', input],
  ]);
  expect(exitCode).toBe(1);
  expect(stdout).toBe(
    [
      'rule        severity  matches  incidents  a week  longest  mostly',
      'by-account  info            9          2               4m  ana (IAM user) (100 %)',
      'stopped     error           2          1               8m  ana (IAM user) (100 %)',
      '',
      '12 records in 1 file of 2026-03-11; 3 incidents would have paged.',
      '',
      `Would newly page, against ${others}: 2`,
      '  2026-03-11T09:02:00Z  by-account (111122223333)  for 3m, 3 matches',
      '  2026-03-11T19:01:00Z  by-account (111122223333)  for 4m, 3 matches',
      `Would no longer page, against ${others}: 0`,
      'by-account: expected at most 1 incident a day, found 2',
      '',
    ].join('\n'),
  );
  const { stdout: report } = await runTrailbell([
    'match',
    '"<failure message=\\"expected at most 1 incident a day, found 2\\"/>"',
    junit,
  ]);
  expect(report).toContain('name="by-account"');
  expect(readFileSync(junit, 'utf8')).toContain('name="stopped"><system-out>1 incident, 2 matches</system-out>');
});
