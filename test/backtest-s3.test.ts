import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ArchiveUnreachable } from '@trailbell/cli/backtest/archive-unreachable';
import { HEAD_BYTES } from '@trailbell/cli/backtest/archive-source';
import { backtest } from '@trailbell/cli/backtest/backtest';
import type { BacktestResult } from '@trailbell/cli/backtest/backtest-result';
import type { ArchiveFilter } from '@trailbell/cli/backtest/cloudtrail-key';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { refuse, startLocalS3 } from './support/local-s3.ts';
import { runTrailbell } from './support/run-trailbell.ts';
import { STOP_LOGGING_RULE, stopLogging, stopLoggingRules } from './support/stop-logging.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-s3-test-'));
const s3 = await startLocalS3();
const USER = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' };
Object.assign(process.env, USER, { AWS_ENDPOINT_URL_S3: s3.url });
afterAll(async () => {
  await s3[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const [ANA, BEN] = ['111122223333', '444455556666'];

const keyOf = (account: string, region: string, day: string) =>
  `logs/AWSLogs/o-abc123/${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}/${account}_CloudTrail_${region}_${day}.json.gz`;

const archiveOf = (...records: readonly object[]) => gzipSync(JSON.stringify({ Records: records }));

function put(account: string, region: string, day: string): void {
  s3.objects.set(keyOf(account, region, day), archiveOf(stopLogging(account, `${day}T10:00:00Z`)));
}

beforeEach(() => {
  s3.objects.clear();
  s3.failing = undefined;
  for (const account of [ANA, BEN]) {
    for (const region of ['eu-west-1', 'us-east-1']) {
      for (const day of ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03'])
        put(account, region, day);
    }
  }
  s3.objects.set(`logs/AWSLogs/o-abc123/${ANA}/CloudTrail-Digest/us-east-1/2026/03/01/digest.json.gz`, gzipSync('{}'));
  s3.objects.set('logs/readme.pdf', Buffer.from('no archive'));
  s3.objects.set('logs-of-another/2026.json.gz', archiveOf(stopLogging('000000000000', '2026-03-01T10:00:00Z')));
  s3.requests.length = 0;
});

const run = (uri: string, filter: ArchiveFilter = {}) =>
  backtest({ compiled: stopLoggingRules, paths: [uri], filter, threads: 1 });

const foundIn = ({ rules }: BacktestResult) =>
  rules.flatMap(({ incidents }) =>
    incidents.map(({ group, openedMs }) => `${group.join()} ${new Date(openedMs).toISOString().slice(0, 10)}`),
  );

test('a bucket is listed page by page, and its digests and other files are left out', async () => {
  const result = await run('s3://trail/logs');
  expect(result).toMatchObject({ files: 20, records: 20, problems: [] });
  expect(s3.requests.filter(({ operation }) => operation === 'ListObjectsV2').length).toBeGreaterThan(7);
  expect(s3.requests.some(({ of }) => of === 'logs-of-another/2026.json.gz')).toBe(false);
});

test('an object that is named is read, and not one whose name it begins', async () => {
  const key = keyOf(ANA, 'us-east-1', '2026-03-01');
  s3.objects.set(`${key}.json.gz`, archiveOf(stopLogging(BEN, '2026-03-01T10:00:00Z')));
  expect(foundIn(await run(`s3://trail/${key}`))).toEqual([`${ANA} 2026-03-01`]);
});

test('accounts, regions and days that are not asked for are neither listed nor read', async () => {
  const filter = { accounts: [BEN], regions: ['us-east-1'], from: '2026-02-28', until: '2026-03-02' };
  const result = await run('s3://trail/logs/', filter);
  expect(foundIn(result)).toEqual([`${BEN} 2026-02-28`, `${BEN} 2026-03-01`, `${BEN} 2026-03-02`]);
  const listed = s3.requests.filter(({ operation }) => operation === 'ListObjectsV2').map(({ of }) => of);
  expect(listed.filter((prefix) => prefix.includes(ANA) || prefix.includes('eu-west-1'))).toEqual([]);
  expect(s3.requests.find(({ startAfter }) => startAfter !== undefined)?.startAfter).toMatch(
    /us-east-1\/2026\/02\/28$/,
  );
  // Days after the last are not listed to their end.
  expect(listed.filter((prefix) => prefix.endsWith('us-east-1/'))).toHaveLength(2);
});

test.each([
  ['a folder within a region', `s3://trail/logs/AWSLogs/o-abc123/${ANA}/CloudTrail/us-east-1/2026/03/`, 2],
  ['a folder of an account', `s3://trail/logs/AWSLogs/o-abc123/${ANA}/`, 4],
  ['the whole bucket', 's3://trail', 8],
] as const)('days are asked for from %s on', async (_, uri, files) => {
  const result = await run(uri, { from: '2026-03-01', until: '2026-03-02' });
  expect(result.files).toBe(files);
});

test('a large object is read in ranges', async () => {
  const padding = { ...stopLogging(ANA, '2026-03-01T10:00:00Z'), eventName: 'Padding', requestID: 'x'.repeat(220_000) };
  const records = [...Array.from({ length: 40 }, () => padding), stopLogging(ANA, '2026-03-01T11:00:00Z')];
  const key = keyOf(ANA, 'us-east-1', '2026-03-01');
  // Packed without being made smaller.
  const large = gzipSync(JSON.stringify({ Records: records }), { level: 0 });
  expect(large.length).toBeGreaterThan(HEAD_BYTES);
  s3.objects.set(key, large);
  const result = await run(`s3://trail/${key}`);
  expect(result).toMatchObject({ records: 41, problems: [] });
  expect(foundIn(result)).toHaveLength(1);
  expect(s3.requests.flatMap(({ range }) => range ?? [])).toEqual([
    `bytes=0-${HEAD_BYTES - 1}`,
    `bytes=${HEAD_BYTES}-${2 * HEAD_BYTES - 1}`,
  ]);
});

test('an object that is replaced while it is read is not read as a mixture', async () => {
  const key = 'replaced.json.gz';
  const [one, other] = ['a', 'b'].map((letter) =>
    gzipSync(JSON.stringify({ Records: [{ requestID: letter.repeat(HEAD_BYTES + 1000) }] }), { level: 0 }),
  );
  s3.objects.set(key, one ?? Buffer.alloc(0));
  s3.failing = ({ range }) => {
    if (range?.startsWith(`bytes=${HEAD_BYTES}`) === true) s3.objects.set(key, other ?? Buffer.alloc(0));
    return false;
  };
  const result = await run(`s3://trail/${key}`);
  expect(result).toMatchObject({ records: 0, problems: [{ problem: 'it was replaced while it was read' }] });
});

test('JSON lines, an empty object and one that is no archive are read, or named, as files are', async () => {
  s3.objects.clear();
  s3.objects.set('a/lines.jsonl.gz', gzipSync(`${JSON.stringify(stopLogging(ANA, '2026-03-01T10:00:00Z'))}\n`));
  s3.objects.set('a/list.json', Buffer.from(JSON.stringify([stopLogging(BEN, '2026-03-01T10:00:00Z')], undefined, 1)));
  s3.objects.set('a/none.json.gz', Buffer.alloc(0));
  s3.objects.set('a/torn.json.gz', archiveOf(stopLogging(ANA, '2026-03-01T10:00:00Z')).subarray(0, 60));
  const result = await run('s3://trail/a/');
  expect(foundIn(result)).toEqual([`${ANA} 2026-03-01`, `${BEN} 2026-03-01`]);
  expect(result.problems.map(({ file }) => file)).toEqual(['s3://trail/a/none.json.gz', 's3://trail/a/torn.json.gz']);
});

test('S3 that is busy is asked again, and so is a connection that breaks off within an answer', async () => {
  const failures = new Map<string, number>();
  s3.failing = (request, response) => {
    const key = `${request.operation} ${request.of}`;
    const failed = failures.get(key) ?? 0;
    if (failed > 0 || failures.size > 4) return false;
    failures.set(key, failed + 1);
    if (failures.size % 2 === 0 || request.operation === 'ListObjectsV2') refuse(response, 503, 'SlowDown');
    else {
      response.writeHead(206, { 'content-length': 1000, 'content-range': 'bytes 0-999/1000' });
      response.write('broken', () => response.destroy());
    }
    return true;
  };
  const result = await run('s3://trail/logs');
  expect(failures.size).toBeGreaterThan(3);
  expect(result).toMatchObject({ files: 20, records: 20, problems: [] });
});

test('an object that the credentials may not read is named, and the others are read', async () => {
  const key = keyOf(ANA, 'us-east-1', '2026-03-01');
  s3.failing = ({ operation, of }, response) => {
    if (operation !== 'GetObject' || of !== key) return false;
    refuse(response, 403, 'AccessDenied');
    return true;
  };
  const result = await run('s3://trail/logs');
  expect(result).toMatchObject({ files: 20, records: 19 });
  expect(result.problems).toEqual([
    { file: `s3://trail/${key}`, problem: `the credentials may not call s3:GetObject on s3://trail/${key}` },
  ]);
});

test('credentials that expire stop the work, which goes on with new ones', async () => {
  const state = join(folder, 'expired');
  const settings = { compiled: stopLoggingRules, paths: ['s3://trail/logs'], threads: 1, folder: state };
  let reads = 0;
  s3.failing = ({ operation }, response) => {
    if (operation !== 'GetObject' || ++reads <= 8) return false;
    refuse(response, 400, 'ExpiredToken');
    return true;
  };
  await expect(backtest(settings)).rejects.toThrow(ArchiveUnreachable);
  s3.failing = undefined;
  let resumed = 0;
  const result = await backtest({
    ...settings,
    onProgress: ({ resumedFiles }) => {
      resumed = resumedFiles;
    },
  });
  expect(resumed).toBeGreaterThan(0);
  expect(result).toEqual(await run('s3://trail/logs'));
});

const NOBODY = {
  ...{ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true', HOME: folder },
  AWS_REGION: 'us-east-1',
};

test('without credentials the command says so, and what to do', async () => {
  const rules = join(folder, 'rules.yaml');
  writeFileSync(rules, STOP_LOGGING_RULE);
  const { exitCode, stderr, stdout } = await runTrailbell(['backtest', '--rules', rules, 's3://trail/logs'], {
    env: NOBODY,
  });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^AWS cannot be asked: .*\nSet credentials and a region/);
});

test('a bucket that is not there is named', async () => {
  await expect(run('s3://trial/logs')).rejects.toThrow(/^there is no such bucket .*s3:\/\/trial\/logs/);
});

test('a bucket that may not be listed is named with the permission that is missing', async () => {
  s3.failing = (_, response) => {
    refuse(response, 403, 'AccessDenied');
    return true;
  };
  await expect(run('s3://trail/logs/')).rejects.toThrow(
    'the credentials may not call s3:ListBucket on s3://trail/logs/',
  );
});
