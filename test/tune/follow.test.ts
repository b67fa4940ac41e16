import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { FolderFollower } from '@trailbell/cli/tune/follow-folder';
import { LogGroupFollower } from '@trailbell/cli/tune/follow-log-group';
import { AwsRefusal, startAwsApi } from '@trailbell/local';
import { afterAll, beforeEach, expect, test } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'trailbell-follow-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(root, 'f-'));
});
const at = (name: string) => join(folder, name);
const line = (n: number) => JSON.stringify({ n });
const numbers = async (follower: { next(): Promise<readonly string[]> }) =>
  (await follower.next()).map((record) => (JSON.parse(record) as { readonly n: number }).n);

test('what is in the folder at first is the past; what is added to it and new files are new, once', async () => {
  writeFileSync(at('old.jsonl'), `${line(1)}\n`);
  const follower = new FolderFollower(folder);
  expect(await numbers(follower)).toEqual([]);
  appendFileSync(at('old.jsonl'), `${line(2)}\n${line(3)}\n`);
  mkdirSync(at('deep/er'), { recursive: true });
  writeFileSync(at('deep/er/new.json.gz'), gzipSync(`{"Records":[${line(4)},${line(5)}]}`));
  expect(await numbers(follower)).toEqual([4, 5, 2, 3]);
  expect(await numbers(follower)).toEqual([]);
});

test.each([0, 3])(
  'a line that is half written is taken when the rest is there (%i bytes of it at first)',
  async (half) => {
    writeFileSync(at('a.jsonl'), '');
    const follower = new FolderFollower(folder);
    await follower.next();
    appendFileSync(at('a.jsonl'), `${line(1)}\n${line(2).slice(0, half)}`);
    expect(await numbers(follower)).toEqual([1]);
    appendFileSync(at('a.jsonl'), `${line(2).slice(half)}\n`);
    expect(await numbers(follower)).toEqual([2]);
  },
);

test('a new file that is half written is taken when the rest is there, and no record twice', async () => {
  const follower = new FolderFollower(folder);
  await follower.next();
  const archive = gzipSync(`{"Records":[${line(1)},${line(2)}]}`);
  writeFileSync(at('a.json.gz'), archive.subarray(0, 15));
  writeFileSync(at('b.jsonl'), `${line(3)}\n${line(4).slice(0, 3)}`);
  expect(await numbers(follower)).toEqual([3]);
  writeFileSync(at('a.json.gz'), archive);
  appendFileSync(at('b.jsonl'), line(4).slice(3));
  expect(await numbers(follower)).toEqual([1, 2, 4]);
  appendFileSync(at('b.jsonl'), `\n${line(5)}\n`);
  expect(await numbers(follower)).toEqual([5]);
});

test('a last line without an end is taken, and what follows it too', async () => {
  writeFileSync(at('a.jsonl'), '');
  const follower = new FolderFollower(folder);
  await follower.next();
  appendFileSync(at('a.jsonl'), line(1));
  expect(await numbers(follower)).toEqual([1]);
  appendFileSync(at('a.jsonl'), `\n${line(2)}`);
  expect(await numbers(follower)).toEqual([2]);
});

test('a file that was cut or went away does not end it', async () => {
  writeFileSync(at('a.jsonl'), `${line(1)}\n${line(2)}\n`);
  writeFileSync(at('b.jsonl'), `${line(1)}\n`);
  const follower = new FolderFollower(folder);
  await follower.next();
  writeFileSync(at('a.jsonl'), `${line(7)}\n`);
  rmSync(at('b.jsonl'));
  expect(await numbers(follower)).toEqual([7]);
});

const DATA = gzipSync(
  JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner: '111122223333',
    logGroup: 'trail',
    logStream: 's',
    subscriptionFilters: ['f'],
    logEvents: [1, 2].map((n) => ({ id: `${n}`, timestamp: 1_770_000_000_000, message: line(n) })),
  }),
).toString('base64');
const EVENT = JSON.stringify({ awslogs: { data: DATA } });

test.each([
  ['a line', `invocation 0a1b2c\n${EVENT}\nresponse null\n`],
  ['a document', JSON.stringify(JSON.parse(EVENT), undefined, 2)],
  ['a text within JSON', `${JSON.stringify({ level: 'info', event: EVENT })}\n`],
])('of the logs of sst dev the payloads are taken: as %s', async (_, log) => {
  const follower = new FolderFollower(folder);
  await follower.next();
  mkdirSync(at('lambda/Matcher'), { recursive: true });
  writeFileSync(at('lambda/Matcher/1.log'), log);
  expect(await numbers(follower)).toEqual([1, 2]);
  appendFileSync(at('lambda/Matcher/1.log'), `\n${EVENT}\n`);
  expect(await numbers(follower)).toEqual([1, 2]);
});

test('a folder that is not there is named, and what is in it when it comes is new', async () => {
  const follower = new FolderFollower(at('later'));
  await expect(follower.next()).rejects.toThrow('later');
  mkdirSync(at('later'));
  writeFileSync(at('later/a.jsonl'), `${line(1)}\n`);
  expect(await numbers(follower)).toEqual([1]);
});

const START_MS = Date.UTC(2026, 2, 11, 9);

test('of a log group each event is given once, on all pages, also one that shows late or after a page that failed', async () => {
  const events: { eventId: string; timestamp: number; message: string }[] = [];
  const put = (n: number, timestamp: number) => events.push({ eventId: `e${n}`, timestamp, message: line(n) });
  let isSecondPageDenied = false;
  await using api = await startAwsApi({
    'logs:FilterLogEvents': ({ logGroupName, startTime, nextToken }) => {
      if (isSecondPageDenied && nextToken !== undefined) throw new AwsRefusal('AccessDeniedException', 'not now');
      if (logGroupName !== 'trail') throw new AwsRefusal('ResourceNotFoundException', 'no such group');
      const found = events.filter(({ timestamp }) => timestamp >= Number(startTime));
      const from = Number(nextToken ?? 0);
      return { events: found.slice(from, from + 2), ...(from + 2 < found.length && { nextToken: `${from + 2}` }) };
    },
  });
  const client = new CloudWatchLogsClient({
    endpoint: api.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
  });
  const follower = new LogGroupFollower('trail', START_MS, client);
  expect(await numbers(follower)).toEqual([]);
  for (const n of [1, 2, 3, 4, 5]) put(n, START_MS + n * 1000);
  isSecondPageDenied = true;
  await expect(follower.next()).rejects.toThrow('not now');
  isSecondPageDenied = false;
  expect(await numbers(follower)).toEqual([1, 2, 3, 4, 5]);
  expect(await numbers(follower)).toEqual([]);
  put(6, START_MS + 500);
  put(7, START_MS + 9000);
  expect(await numbers(follower)).toEqual([6, 7]);
  expect(new Set(api.calls.map(({ action }) => action))).toEqual(new Set(['logs:FilterLogEvents']));
  await expect(new LogGroupFollower('other', START_MS, client).next()).rejects.toThrow('no such group');
});
