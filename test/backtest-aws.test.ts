import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ArchiveUnreachable } from '@trailbell/cli/backtest/archive-unreachable';
import { backtest } from '@trailbell/cli/backtest/backtest';
import { mergeScans } from '@trailbell/cli/backtest/merge-scans';
import { planInBucket } from '@trailbell/cli/backtest/aws/plan-in-bucket';
import { OtherRules } from '@trailbell/cli/backtest/scan-log';
import { ScanParts } from '@trailbell/cli/backtest/aws/scan-parts';
import { scanShard, type ShardProgress } from '@trailbell/cli/backtest/aws/scan-shard';
import { readShardItem } from '@trailbell/cli/backtest/aws/shard-item';
import { backtestCommand, type BacktestOptions } from '@trailbell/cli/commands/backtest-command';
import { Terminal } from '@trailbell/cli/terminal/terminal';
import { compileRules, loadRules } from '@trailbell/core/rule';
import { startAwsApi } from '@trailbell/local';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { refuse, startLocalS3 } from './support/local-s3.ts';
import { STOP_LOGGING_RULE, stopLogging, stopLoggingRules } from './support/stop-logging.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-aws-test-'));
const rules = join(folder, 'rules.yaml');
writeFileSync(rules, STOP_LOGGING_RULE);
const s3 = await startLocalS3();
const sts = await startAwsApi({
  'sts:GetCallerIdentity': () => ({
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:user/ana',
    UserId: 'AIDA',
  }),
});
Object.assign(process.env, {
  ...{ AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' },
  ...{ AWS_ENDPOINT_URL_S3: s3.url, AWS_ENDPOINT_URL_STS: sts.endpoint, TRAILBELL_WORK_BUCKET: 'work' },
});
// It reads its environment when it is loaded.
const { handler } = await import('@trailbell/cli/backtest/aws/shard-function');
afterAll(async () => {
  await s3[Symbol.asyncDispose]();
  await sts[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const ACCOUNTS = ['111122223333', '444455556666'];
const FILES = 12;
const timeOf = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString().replace('.000', '');
const keyOf = (file: number) => `logs/${String(file).padStart(2, '0')}.json.gz`;

/** Alarms that go on from file to file, a record that all files hold, and a file that is torn. */
beforeEach(() => {
  for (const objects of [s3.objects, s3.work]) objects.clear();
  s3.failing = undefined;
  for (let file = 0; file < FILES; file++) {
    const records = [0, 3, 50, 130].flatMap((minute) => {
      return ACCOUNTS.map((account) => stopLogging(account, timeOf(file * 2 + minute)));
    });
    const archive = gzipSync(JSON.stringify({ Records: [...records, stopLogging('1', timeOf(0))] }));
    s3.objects.set(keyOf(file), archive);
  }
  s3.objects.set(
    'logs/torn.json.gz',
    gzipSync(JSON.stringify({ Records: [stopLogging('2', timeOf(1))] })).subarray(0, 40),
  );
  s3.requests.length = 0;
});

const whole = () => backtest({ compiled: stopLoggingRules, paths: ['s3://trail/logs/'], threads: 1 });
const merged = (compiled = stopLoggingRules) => mergeScans(['s3://work/first/'], compiled);

/** Makes a plan, and gives what its index has: a line for each shard. */
async function plan(shardBytes = 900): Promise<readonly unknown[]> {
  const { shards } = await planInBucket({
    ...{ paths: ['s3://trail/logs/'], shardBytes, compiled: stopLoggingRules },
    folder: { bucket: 'work', key: 'first/' },
  });
  const items = index();
  expect(items).toHaveLength(shards.length);
  return items;
}

function index(): readonly unknown[] {
  return linesOf('first/plan.jsonl').map((line) => JSON.parse(line) as unknown);
}

function linesOf(key: string): readonly string[] {
  return (s3.work.get(key) ?? Buffer.alloc(0)).toString('utf8').split('\n').filter(Boolean);
}

const scansOf = (shard: string) => [...s3.work.keys()].filter((key) => key.startsWith(`first/scans/${shard}/`));

let invocations = 0;

/** Invokes the function as Lambda does. Its time is what is told, else plenty. */
function invoke(item: unknown, getRemainingTimeInMillis: () => number = () => 900_000): Promise<ShardProgress> {
  invocations += 1;
  const context = { awsRequestId: `request-${invocations}`, getRemainingTimeInMillis };
  return handler(item, context as unknown as Parameters<typeof handler>[1]);
}

/** Time in which so many files are begun. */
function timeFor(files: number): () => number {
  let asked = -1;
  return () => (asked++ < files ? 900_000 : 100_000);
}

test('shards that the function scans, merged from the bucket, come to what one run comes to', async () => {
  const items = await plan();
  expect(items.length).toBeGreaterThan(2);
  for (const item of items) expect(await invoke(item)).toMatchObject({ isDone: true, filesLeft: 0 });
  const result = await merged();
  expect(result.problems).toHaveLength(1);
  expect(result.rules[0]?.incidents.length).toBeGreaterThan(3);
  expect(result).toEqual(await whole());
});

test('a run whose time is up leaves the rest of its shard to the next ones', async () => {
  const [item] = await plan(1e6);
  const progress = [];
  for (let run = 0; run < 3; run++) progress.push(await invoke(item, timeFor(5)));
  expect(progress).toEqual([
    { isDone: false, files: FILES + 1, filesLeft: 8 },
    { isDone: false, files: FILES + 1, filesLeft: 3 },
    { isDone: true, files: FILES + 1, filesLeft: 0 },
  ]);
  expect(scansOf('shard-00001')).toHaveLength(3);
  const reads = s3.requests.filter(({ operation, bucket }) => operation === 'GetObject' && bucket === 'trail');
  expect(reads).toHaveLength(FILES + 1);
  expect(await merged()).toEqual(await whole());
});

test('a file that is not done when time is up is left to the next run, and what is done is kept', async () => {
  const [item] = await plan(1e6);
  const stalled: ServerResponse[] = [];
  s3.failing = ({ of }, response) => of === keyOf(4) && stalled.push(response) > 0;
  let asked = 0;
  // The first question is how long to wait for what is under way.
  const untilSoon = () => (asked++ === 0 ? 45_150 : 900_000);
  expect(await invoke(item, untilSoon)).toEqual({ isDone: false, files: FILES + 1, filesLeft: 1 });
  s3.failing = undefined;
  for (const response of stalled) response.destroy();
  expect(await invoke(item)).toMatchObject({ isDone: true });
  expect(await merged()).toEqual(await whole());
});

test('a shard of which no run does a single file fails for good', async () => {
  const [item] = await plan(1e6);
  await expect(invoke(item, timeFor(0))).rejects.toMatchObject({
    name: 'ShardTooSlow',
    message:
      'no file of s3://work/first/shards/shard-00001.jsonl could be done in the time of one run: scan it with --shard on a machine',
  });
});

test('a shard that is done is not read again, and files that two runs did at once count once', async () => {
  const [item] = await plan(1e6);
  await Promise.all([invoke(item), invoke(item)]);
  expect(scansOf('shard-00001')).toHaveLength(2);
  s3.requests.length = 0;
  expect(await invoke(item)).toMatchObject({ isDone: true, files: FILES + 1 });
  expect(s3.requests.filter(({ bucket }) => bucket === 'trail')).toEqual([]);
  expect(await merged()).toEqual(await whole());
});

test('a run that fails keeps what it has done, and the next goes on from there', async () => {
  const [item] = await plan(1e6);
  let reads = 0;
  s3.failing = ({ bucket }, response) => {
    if (bucket !== 'trail' || ++reads <= 8) return false;
    refuse(response, 400, 'ExpiredToken');
    return true;
  };
  await expect(invoke(item)).rejects.toMatchObject({ name: 'ArchiveUnreachable' });
  s3.failing = undefined;
  s3.requests.length = 0;
  expect(await invoke(item)).toMatchObject({ isDone: true });
  const again = s3.requests.filter(({ bucket }) => bucket === 'trail').length;
  expect(again).toBeGreaterThan(0);
  expect(again).toBeLessThan(FILES);
  expect(await merged()).toEqual(await whole());
});

test('an archive that may not be read is a problem of the result, and the others are read', async () => {
  const denied = keyOf(3);
  s3.failing = ({ bucket, of }, response) => {
    if (bucket !== 'trail' || of !== denied) return false;
    refuse(response, 403, 'AccessDenied');
    return true;
  };
  for (const item of await plan()) await invoke(item);
  const result = await merged();
  const problem = `the credentials may not call s3:GetObject on s3://trail/${denied}`;
  expect(result.problems).toContainEqual({ file: `s3://trail/${denied}`, problem });
  expect(result).toMatchObject({ files: FILES + 1, records: 9 * (FILES - 1) });
  expect(result).toEqual(await whole());
});

test('a plan of which shards are missing, or not done, gives no result but their names', async () => {
  const [first, second, ...others] = await plan();
  await invoke(first);
  await invoke(second, timeFor(1));
  for (const item of others.slice(1)) await invoke(item);
  await expect(merged()).rejects.toMatchObject({
    name: 'PlanUnusable',
    message: expect.stringMatching(
      new RegExp(
        [
          '^s3://work/first/shards/shard-00002\\.jsonl: \\d of \\d files not scanned yet',
          's3://work/first/shards/shard-00003\\.jsonl: not scanned',
          'A result without them would be wrong: scan them to their end, then merge\\.$',
        ].join('\n'),
      ),
    ) as string,
  });
});

const WRONG_FORMAT = JSON.stringify({ ...stopLoggingRules, format: 1 });

test.for<[string, (item: object) => unknown, string, RegExp]>([
  ['nothing', () => undefined, 'BadShard', /^shard is missing: this is no line of a plan/],
  ['a text', () => 'shard-00001', 'BadShard', /^shard is missing/],
  ['an item without rules', (item) => ({ ...item, rules: '' }), 'BadShard', /^rules is missing/],
  [
    'a shard that is not there',
    (item) => ({ ...item, shard: 'first/shards/none.jsonl' }),
    'BadShard',
    /^s3:\/\/work\/first\/shards\/none\.jsonl: there is no such object$/,
  ],
  [
    'a shard whose lines name no file',
    (item) => ({ ...item, shard: 'first/wrong' }),
    'BadShard',
    /^s3:\/\/work\/first\/wrong: a line of it names no file/,
  ],
  [
    'rules that are not there',
    (item) => ({ ...item, rules: 'none' }),
    'BadShard',
    /work\/none: there is no such object$/,
  ],
  ['rules that are none', (item) => ({ ...item, rules: 'first/wrong' }), 'BadShard', /^s3:\/\/work\/first\/wrong: /],
  [
    'rules of another format',
    (item) => ({ ...item, rules: 'first/format' }),
    'BadShard',
    /^s3:\/\/work\/first\/format: compiled rules/,
  ],
  [
    'other rules than those of the plan',
    (item) => ({ ...item, rulesKey: '0123456789abcdef' }),
    'OtherRules',
    /^s3:\/\/work\/first\/rules\.json holds the work of other rules/,
  ],
])('the function refuses %s, for good, and writes nothing', async ([, change, name, message]) => {
  const [item] = await plan(1e6);
  s3.work.set('first/wrong', Buffer.from('[]\n'));
  s3.work.set('first/format', Buffer.from(WRONG_FORMAT));
  await expect(invoke(change(item as object))).rejects.toMatchObject({
    name,
    message: expect.stringMatching(message) as string,
  });
  expect(scansOf('shard-00001')).toEqual([]);
});

test('a bucket that is not there is named, by the plan, by the function and by the merge', async () => {
  const nowhere = /^there is no such bucket \(call s3:\w+ on s3:\/\/nowhere\/first\//;
  const settings = { paths: ['s3://trail/logs/'], shardBytes: 900, compiled: stopLoggingRules };
  const planned = planInBucket({ ...settings, folder: { bucket: 'nowhere', key: 'first/' } });
  await expect(planned).rejects.toThrow(nowhere);
  const [item] = await plan();
  const run = { bucket: 'nowhere', run: 'r', remainingMs: () => 900_000 };
  await expect(scanShard(readShardItem(item), run)).rejects.toThrow(nowhere);
  const merging = mergeScans(['s3://nowhere/first/'], stopLoggingRules);
  await expect(merging).rejects.toThrow(nowhere);
  await expect(merging).rejects.toThrow(ArchiveUnreachable);
});

test('a plan is merged with its own rules and no others', async () => {
  for (const item of await plan(1e6)) await invoke(item);
  const changed = STOP_LOGGING_RULE.replace('StopLogging', 'DeleteTrail');
  const others = compileRules(loadRules([{ path: 'r.yaml', text: changed }]).rules, { version: 1 });
  await expect(merged(others)).rejects.toThrow(OtherRules);
  expect(await merged()).toEqual(await whole());
});

test('what a shard came to and cannot be read is named, and gives no result', async () => {
  for (const item of await plan(1e6)) await invoke(item);
  const [scan = ''] = scansOf('shard-00001');
  s3.work.set(scan, (s3.work.get(scan) ?? Buffer.alloc(0)).subarray(0, 60));
  await expect(merged()).rejects.toMatchObject({
    name: 'PlanUnusable',
    message: expect.stringMatching(`^s3://work/${scan}: the gzip data is damaged`) as string,
  });
});

test('what lies among the scans of a shard and is of no file of it counts for nothing', async () => {
  for (const item of await plan(1e6)) await invoke(item);
  const parts = new ScanParts({ bucket: 'work', key: 'first/scans/shard-00001/other' });
  const scan = { records: 7, bytes: 7, unreadable: 0, withoutTime: 0, rules: {}, minutes: [] };
  parts.add({ ...scan, file: 's3://trail/of-another-plan.json.gz' });
  await parts.close();
  expect(await merged()).toEqual(await whole());
});

test('a plan without its index is none: it was not written to its end', async () => {
  await plan();
  s3.work.delete('first/plan.jsonl');
  await expect(merged()).rejects.toThrow('s3://work/first/plan.jsonl: there is no such object');
});

test('much that is found goes to the bucket in several objects, each whole on its own', async () => {
  const parts = new ScanParts({ bucket: 'work', key: 'parts/run' }, 2_000);
  const name = (file: number) => `${file}-${'x'.repeat(600_000)}`;
  const scan = { records: 0, bytes: 0, unreadable: 0, withoutTime: 0, rules: {}, minutes: [] };
  for (let file = 0; file < 10; file++) parts.add({ ...scan, file: name(file) });
  await parts.close();
  parts.add({ ...scan, file: 'too late' });
  const written = [...s3.work].filter(([key]) => key.startsWith('parts/'));
  expect(written.map(([key]) => key).slice(0, 2)).toEqual(['parts/run-1.jsonl.gz', 'parts/run-2.jsonl.gz']);
  const lines = written.flatMap(([, bytes]) => gunzipSync(bytes).toString('utf8').split('\n').filter(Boolean));
  expect(lines.map((line) => (JSON.parse(line) as { file: string }).file)).toEqual(
    Array.from({ length: 10 }, (_, at) => name(at)),
  );
  expect(parts.files).toBe(10);
});

async function run(paths: readonly string[], options: Partial<BacktestOptions>) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const terminal = new Terminal(out as unknown as NodeJS.WriteStream, err as unknown as NodeJS.WriteStream);
  const exitCode = await backtestCommand(paths, { rules: [rules], shardSize: 0.0009, ...options }, terminal);
  const [stdout, stderr] = [out, err].map((stream) => String(stream.read() ?? ''));
  return { exitCode, stdout: stdout ?? '', stderr: stderr ?? '' };
}

test('the command plans into a bucket, says how to go on, and merges from there', async () => {
  const planned = await run(['s3://trail/logs/'], { plan: 's3://work/first' });
  const items = index();
  expect(planned).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringMatching(
      new RegExp(
        [
          `^${items.length} shards of 13 files, 0\\.0 MB: s3://work/first/`,
          'scan them:  (aws stepfunctions .*)',
          'then merge, with the same rules:  npx trailbell backtest --merge s3://work/first/\n$',
        ].join('\n'),
      ),
    ) as string,
  });
  expect(/aws .*/.exec(planned.stdout)?.[0]).toBe(
    "aws stepfunctions start-execution --state-machine-arn arn:aws:states:eu-west-1:111122223333:stateMachine:work --input '" +
      '{"plan":"first/plan.jsonl","results":"first/results"}' +
      "'",
  );
  const early = await run([], { merge: ['s3://work/first/'], json: true });
  expect(early).toMatchObject({ exitCode: 2, stdout: '' });
  expect(early.stderr).toMatch(/^s3:\/\/work\/first\/shards\/shard-00001\.jsonl: not scanned\n/);
  for (const item of items) await invoke(item);
  const { exitCode, stdout } = await run([], { merge: ['s3://work/first/'], json: true });
  const { expectations: _, ...result } = JSON.parse(stdout) as Record<string, unknown>;
  expect([exitCode, result]).toEqual([0, await whole()]);
});

test.each(['HeadBucket', 'GetCallerIdentity'])(
  'where %s is refused, the user finds the state machine',
  async (call) => {
    if (call === 'GetCallerIdentity') vi.stubEnv('AWS_ENDPOINT_URL_STS', s3.url);
    s3.failing = ({ operation }, response) => {
      if (operation !== call) return false;
      refuse(response, 403, 'AccessDenied');
      return true;
    };
    const { exitCode, stdout } = await run(['s3://trail/logs/'], { plan: 's3://work/first/' });
    vi.unstubAllEnvs();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('start-execution --state-machine-arn STATE_MACHINE --input');
  },
);

test('without the right to write into the work bucket there is no plan', async () => {
  s3.failing = ({ operation }, response) => {
    if (operation !== 'PutObject') return false;
    refuse(response, 403, 'AccessDenied');
    return true;
  };
  const { exitCode, stdout, stderr } = await run(['s3://trail/logs/'], { plan: 's3://work/first/' });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toBe('the credentials may not call s3:PutObject on s3://work/first/shards/shard-00001.jsonl\n');
});

test.for<[string, string, RegExp]>([
  [
    's3://trail/logs/',
    's3://work',
    /^s3:\/\/work: name a folder in the bucket for the plan, .* such as s3:\/\/work\/first\//,
  ],
  ['s3://trail/logs/', "s3://work/it's/", /name a folder in the bucket for the plan, of letters, digits and \. _ -/],
  ['here/', 's3://work/first/', /^here\/: a plan in a bucket is for archives in buckets/],
  ['s3://trail/logs/', 's3://work/taken/', /^there is s3:\/\/work\/taken\/plan\.jsonl already: name another folder/],
  ['s3://trail/none/', 's3://work/first/', /^$/],
])('of %s there is no plan in %s, and nothing is written', async ([path, folderUri, stderr]) => {
  s3.work.set('taken/plan.jsonl', Buffer.from(''));
  const result = await run([path], { plan: folderUri });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toMatch(stderr);
  expect([...s3.work.keys()]).toEqual(['taken/plan.jsonl']);
});
