import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { inOrder } from './in-order.ts';
import type { InputProblem } from './input-item.ts';
import { readInput } from './read-input.ts';
import type { InputRecord } from './read-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-input-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function read(...files: readonly (readonly [name: string, content: string | Buffer])[]) {
  const paths = files.map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
  return collect(paths);
}

async function collect(paths: readonly string[]) {
  const records: InputRecord[] = [];
  const problems: InputProblem[] = [];
  for await (const item of readInput(paths)) {
    if (item.kind === 'record') records.push(item.record);
    if (item.kind === 'problem') problems.push({ ...item.problem, file: item.problem.file.replace(`${folder}/`, '') });
  }
  return { records, problems };
}

const record = { eventTime: '2026-03-11T09:00:00Z', eventName: 'StopLogging' };
const text = JSON.stringify(record);
const timeMs = Date.UTC(2026, 2, 11, 9);

test.each<readonly [string, string | Buffer]>([
  ['a record on a line', `${text}\n`],
  ['a record over many lines', JSON.stringify(record, undefined, 2)],
  ['an archive', JSON.stringify({ Records: [record] })],
  ['an archive over many lines', JSON.stringify({ Records: [record] }, undefined, 2)],
  ['a packed archive', gzipSync(JSON.stringify({ Records: [record] }))],
  ['a packed archive in two members', Buffer.concat([gzipSync('{"Records":['), gzipSync(`${text}]}`)])],
  ['a list', JSON.stringify([record])],
  ['a record under the key event', JSON.stringify({ source: 'a', origin: 'b', event: record })],
  ['a log event', JSON.stringify({ timestamp: timeMs, message: text })],
  ['the output of filter-log-events', JSON.stringify({ events: [{ timestamp: timeMs, message: text }] }, undefined, 4)],
  ['the output of lookup-events', JSON.stringify({ Events: [{ EventTime: 1, CloudTrailEvent: text }] })],
  ['a line with a byte order mark and a carriage return', `\uFEFF${text}\r\n`],
  ['a line after blank lines', `\n\n${text}\n\n`],
])('%s is read', async (_name, content) => {
  expect(await read(['input', content])).toEqual({ records: [{ message: text, timeMs }], problems: [] });
});

test('a line keeps the spelling of its numbers', async () => {
  const line = '{"eventTime":"2026-03-11T09:00:00Z","n":1.0,"big":12345678901234567890}';
  expect((await read(['spelling', line])).records[0]?.message).toBe(line);
});

test('a line that is not JSON is named with its number, and those around it are read', async () => {
  const { records, problems } = await read(['lines', `${text}\n{broken\n\n[1]\n"text"\n${text}\n`]);
  expect(records).toHaveLength(2);
  expect(problems.map(({ file, line }) => [file, line])).toEqual([
    ['lines', 2],
    ['lines', 4],
    ['lines', 5],
  ]);
});

test('where the first line is the broken one, it is named and the others are read', async () => {
  const { records, problems } = await read(['first', `\n{broken\n${text}\n${text}\n`]);
  expect(records).toHaveLength(2);
  expect(problems).toMatchObject([{ file: 'first', line: 2 }]);
});

test('a bad entry of an archive is named by its place', async () => {
  const { records, problems } = await read(['archive', JSON.stringify({ Records: [record, 5, record] })]);
  expect(records).toHaveLength(2);
  expect(problems).toEqual([
    { file: 'archive', line: 1, why: 'entry 2 of Records: expected a JSON object, found number' },
  ]);
});

test('files that cannot be read are named, and the others are read', async () => {
  const damaged = gzipSync(JSON.stringify({ Records: [record] })).subarray(0, 40);
  const good = join(folder, 'good');
  writeFileSync(good, text);
  writeFileSync(join(folder, 'damaged.gz'), damaged);
  writeFileSync(join(folder, 'text'), 'hello\nworld\n');
  const { records, problems } = await collect([
    join(folder, 'missing'),
    join(folder, 'damaged.gz'),
    join(folder, 'text'),
    good,
  ]);
  expect(records).toHaveLength(1);
  expect(problems).toEqual([
    { file: 'missing', why: 'there is no such file or folder' },
    { file: 'damaged.gz', why: 'the gzip data is damaged: unexpected end of file' },
    { file: 'text', why: expect.stringContaining('not JSON') as string },
  ]);
});

test('a folder gives its files in the order of their names, and those of its folders', async () => {
  const nested = join(folder, 'nested');
  mkdirSync(join(nested, 'b'), { recursive: true });
  writeFileSync(join(nested, 'c.json'), '{"eventName":"third"}');
  writeFileSync(join(nested, 'b', 'x.json'), '{"eventName":"second"}');
  writeFileSync(join(nested, 'a.json'), '{"eventName":"first"}');
  const { records } = await collect([nested]);
  expect(records.map(({ message }) => message)).toEqual([
    '{"eventName":"first"}',
    '{"eventName":"second"}',
    '{"eventName":"third"}',
  ]);
});

test('records are put in order of time, and one without a usable time takes its predecessor’s', () => {
  const at = (time?: number) => (time === undefined ? { message: 'none' } : { message: String(time), timeMs: time });
  const { records, withoutTime } = inOrder([at(), at(30), at(), at(10), at()]);
  expect(withoutTime).toBe(3);
  expect(records.map((each) => `${each.message}@${each.timeMs}`)).toEqual([
    '10@10',
    'none@10',
    'none@30',
    '30@30',
    'none@30',
  ]);
});

test.each(['never', '', null, true, -5, 1e18, {}])('the time %j is not usable', async (eventTime) => {
  const { records } = await read(['time', JSON.stringify({ eventName: 'x', eventTime })]);
  expect(records).toHaveLength(1);
  expect(records[0]).not.toHaveProperty('timeMs');
});
