import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { backtest, scanInto } from '@trailbell/cli/backtest/backtest';
import { mergeScans } from '@trailbell/cli/backtest/merge-scans';
import { OtherRules } from '@trailbell/cli/backtest/scan-log';
import { planShards, shardFiles } from '@trailbell/cli/backtest/shards';
import { compileRules, loadRules } from '@trailbell/core/rule';
import { afterAll, expect, test } from 'vitest';
import { runTrailbell } from './support/run-trailbell.ts';
import { STOP_LOGGING_RULE, stopLogging, stopLoggingRules } from './support/stop-logging.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-shards-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const rules = join(folder, 'rules.yaml');
writeFileSync(rules, STOP_LOGGING_RULE);

const ACCOUNTS = ['111122223333', '444455556666'];
const timeOf = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString().replace('.000', '');

/** Alarms that go on from file to file, and a record that two files hold. */
const archive = join(folder, 'archive');
mkdirSync(archive);
for (let file = 0; file < 12; file++) {
  const records = [0, 3, 50, 130].flatMap((minute) => {
    return ACCOUNTS.map((account) => stopLogging(account, timeOf(file * 2 + minute)));
  });
  const name = `${String((file * 5) % 12).padStart(2, '0')}.json.gz`;
  writeFileSync(join(archive, name), gzipSync(JSON.stringify({ Records: [...records, stopLogging('1', timeOf(0))] })));
}
const torn = gzipSync(JSON.stringify({ Records: [stopLogging('2', timeOf(1))] })).subarray(0, 40);
writeFileSync(join(archive, 'torn.json.gz'), torn);

test('shards hold every file once, each about as much as asked for', async () => {
  const plan = await planShards({ paths: [archive], folder: join(folder, 'plan'), shardBytes: 900 });
  expect(plan.shards.length).toBeGreaterThan(2);
  const files = plan.shards.map(shardFiles);
  expect(files.every((inShard) => inShard.length > 0)).toBe(true);
  expect(files.flat().sort()).toEqual(
    readdirSync(archive)
      .sort()
      .map((name) => join(archive, name)),
  );
  expect(plan).toMatchObject({ files: 13, problems: [] });
});

test('a shard takes no more files than it may, however small they are', async () => {
  const plan = await planShards({ paths: [archive], folder: join(folder, 'small'), shardBytes: 1e9, shardFiles: 5 });
  expect(plan.shards.map((shard) => shardFiles(shard).length)).toEqual([5, 5, 3]);
});

test('a folder that holds a plan is not planned into: an older, larger plan would leave shards behind', async () => {
  const settings = { paths: [archive], folder: join(folder, 'twice'), shardBytes: 1e9 };
  await planShards(settings);
  await expect(planShards(settings)).rejects.toThrow('twice/shard-00001.jsonl already: name another folder');
});

test('a plan of which a shard is missing, or not scanned to its end, gives no result but its name', async () => {
  const plan = join(folder, 'unfinished');
  const { shards } = await planShards({ paths: [archive], folder: plan, shardBytes: 1e9, shardFiles: 5 });
  const scans = shards.map((shard) => shard.replace('.jsonl', '.scan'));
  const [first = '', second = '', third = ''] = scans;
  const files = shards.map(shardFiles);
  await scanInto(first, files[0] ?? [], { compiled: stopLoggingRules, threads: 1 });
  await scanInto(second, files[1]?.slice(0, 3) ?? [], { compiled: stopLoggingRules, threads: 1 });
  await expect(mergeScans([first, second], stopLoggingRules)).rejects.toThrow(
    [
      `${plan}/shard-00002.jsonl: 2 of 5 files not scanned yet`,
      `${plan}/shard-00003.jsonl: not scanned`,
      'A result without them would be wrong: scan them to their end, then merge.',
    ].join('\n'),
  );
  await scanInto(second, files[1] ?? [], { compiled: stopLoggingRules, threads: 1 });
  await scanInto(third, files[2] ?? [], { compiled: stopLoggingRules, threads: 1 });
  expect(await mergeScans(scans, stopLoggingRules)).toMatchObject({ files: 13 });
});

test('shards that are scanned on their own and merged, in whatever order, come to what one run comes to', async () => {
  const whole = await backtest({ compiled: stopLoggingRules, paths: [archive], threads: 1 });
  expect(whole.rules[0]?.incidents.length).toBeGreaterThan(3);
  expect(whole.problems).toHaveLength(1);
  const { shards } = await planShards({ paths: [archive], folder: join(folder, 'merge'), shardBytes: 600 });
  const scans = shards.map((_, index) => join(folder, `scan-${index}`));
  for (const [index, shard] of shards.entries()) {
    await scanInto(scans[index] ?? '', shardFiles(shard), { compiled: stopLoggingRules, threads: 1 });
  }
  expect(await mergeScans(scans, stopLoggingRules)).toEqual(whole);
  expect(await mergeScans(scans.toReversed(), stopLoggingRules)).toEqual(whole);
  expect(await mergeScans([...scans, ...scans.slice(0, 1)], stopLoggingRules)).toEqual(whole);
});

test('a folder with the work of other rules is refused, and left as it is', async () => {
  const scan = join(folder, 'other-rules');
  const files = [join(archive, '00.json.gz')];
  await scanInto(scan, files, { compiled: stopLoggingRules, threads: 1 });
  const changed = STOP_LOGGING_RULE.replace('StopLogging', 'DeleteTrail');
  const compiled = compileRules(loadRules([{ path: 'r.yaml', text: changed }]).rules, { version: 2 });
  await expect(scanInto(scan, files, { compiled, threads: 1 })).rejects.toThrow(OtherRules);
  await expect(mergeScans([scan], compiled)).rejects.toThrow(OtherRules);
  expect((await mergeScans([scan], stopLoggingRules)).files).toBe(1);
});

test('a shard that is none, and a scan that is not there, are named, and nothing is made', async () => {
  const [none, wrong] = [join(folder, 'none.jsonl'), join(folder, 'wrong.jsonl')];
  writeFileSync(wrong, '{}\n');
  expect(() => shardFiles(none)).toThrow(`${none}: there is no such file or folder`);
  expect(() => shardFiles(wrong)).toThrow(`${wrong}: a line of it names no file: it is not made by --plan`);
  const scan = join(folder, 'none.scan');
  await expect(mergeScans([scan], stopLoggingRules)).rejects.toThrow(`${scan}: there is no such folder`);
  expect(readdirSync(folder)).not.toContain('none.scan');
});

test('the command scans a shard and merges', async () => {
  const { shards } = await planShards({ paths: [archive], folder: join(folder, 'commanded'), shardBytes: 1e6 });
  const shard = join(folder, 'commanded', 'shard-00001.jsonl');
  expect(shards).toEqual([shard]);
  const scan = join(folder, 'commanded', 'shard-00001.scan');
  const scanned = await runTrailbell(['backtest', '--rules', rules, '--shard', shard, '--threads', '1']);
  expect([scanned.exitCode, scanned.stdout]).toEqual([0, `108 records in 13 files: ${scan}\n`]);
  const merged = await runTrailbell([...['backtest', '--rules', rules, '--json', '--merge', scan]]);
  expect(merged.exitCode).toBe(0);
  const { expectations: _, ...result } = JSON.parse(merged.stdout) as Record<string, unknown>;
  expect(result).toEqual(await backtest({ compiled: stopLoggingRules, paths: [archive], threads: 1 }));
});

test('days, regions and accounts of a copied bucket are told by the names of its folders', async () => {
  const copy = join(folder, 'copy');
  for (const [region, day] of [
    ['us-east-1', '2026/03/01'],
    ['us-east-1', '2026/03/02'],
    ['eu-west-1', '2026/03/02'],
  ] as const) {
    const inside = join(copy, 'AWSLogs', '111122223333', 'CloudTrail', region, day);
    mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, 'a.json'), JSON.stringify({ Records: [stopLogging('111122223333', timeOf(0))] }));
  }
  const filesFor = async (filter: object) => {
    return (await backtest({ compiled: stopLoggingRules, paths: [copy], filter, threads: 1 })).files;
  };
  expect(await filesFor({})).toBe(3);
  expect(await filesFor({ from: '2026-03-02' })).toBe(2);
  expect(await filesFor({ until: '2026-03-01' })).toBe(1);
  expect(await filesFor({ regions: ['eu-west-1'] })).toBe(1);
  expect(await filesFor({ accounts: ['444455556666'] })).toBe(0);
});

test('Ctrl-C in the middle of the work, and the same command again, come to what an uninterrupted one comes to', async () => {
  const large = join(folder, 'large');
  mkdirSync(large);
  const quiet = { ...stopLogging('1', timeOf(0)), eventName: 'ListBuckets', requestParameters: { a: 'x'.repeat(900) } };
  const quietLines = gzipSync(`${JSON.stringify(quiet)}\n`.repeat(3000));
  const count = 40;
  for (let file = 0; file < count; file++) {
    const own = gzipSync(`${JSON.stringify(stopLogging(ACCOUNTS[file % 2] ?? '', timeOf(file * 7)))}\n`);
    writeFileSync(join(large, `${file}.jsonl.gz`), Buffer.concat([own, quietLines]));
  }
  const state = join(folder, 'interrupted');
  const done = () => {
    try {
      return readFileSync(join(state, 'files.jsonl'), 'utf8').split('\n').filter(Boolean).length;
    } catch {
      return 0;
    }
  };
  const command = ['backtest', '--json', '--rules', rules, '--threads', '1', large];
  const stopped = await runTrailbell([...command, '--state', state], { interruptWhen: () => done() > 3 });
  // Where a second signal comes before it has ended, it ends by that.
  expect([130, null]).toContain(stopped.exitCode);
  expect(done()).toBeGreaterThan(3);
  expect(done()).toBeLessThan(count);
  const resumed = await runTrailbell([...command, '--state', state]);
  expect(resumed.exitCode).toBe(0);
  const { expectations: _, ...result } = JSON.parse(resumed.stdout) as Record<string, unknown>;
  expect(result).toEqual(await backtest({ compiled: stopLoggingRules, paths: [large], threads: 1 }));
  expect(readdirSync(folder)).not.toContain('interrupted');
});
