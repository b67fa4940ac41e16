import { expect, test } from 'vitest';
import { DocumentReader } from './document-reader.ts';
import type { InputItem } from './input-item.ts';

/** Enough for some hundred records, to stand for 64 MB. */
const LIMIT = 16 * 1024;

const record = (name: string) => JSON.stringify({ eventName: name, note: 'x'.repeat(40) });
const names = Array.from({ length: 1000 }, (_, index) => `e${index}`);
const records = names.map(record);

/** What each item says: a record its name, a problem its place and reason. */
function inWords(item: InputItem): string {
  if (item.kind === 'record') return /"eventName":"(\w*)"/.exec(item.record.message)?.[1] ?? item.record.message;
  return item.kind === 'problem' ? `${item.problem.line ?? 'file'}: ${item.problem.why}` : item.file;
}

/** The text in parts that are cut anywhere. */
function read(text: string): readonly string[] {
  const reader = new DocumentReader('input', LIMIT);
  const items: InputItem[] = [];
  for (let at = 0; at < text.length; at += 997) items.push(...reader.read(text.slice(at, at + 997)));
  items.push(...reader.end({ isBroken: false }));
  return items.map(inWords);
}

const logEvents = records.map((message) => ({ timestamp: 1, message }));

test.each<readonly [what: string, text: string]>([
  ['an archive', `{"Records":[${records.join(',')}]}`],
  ['an archive over many lines', `{\n "Records": [\n${records.join(',\n')}\n]\n}\n`],
  [
    'an archive of which each record is over many lines',
    JSON.stringify({ Records: records.map(parsed) }, undefined, 2),
  ],
  ['a list', `\n\n[${records.join(',')}]`],
  ['the output of filter-log-events', JSON.stringify({ searchedLogStreams: [], events: logEvents }, undefined, 4)],
  ['a subscription’s payload', JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents })],
  ['the output of lookup-events', JSON.stringify({ Events: records.map((json) => ({ CloudTrailEvent: json })) })],
  ['a list of archives', `[${records.map((json) => `{"Records":[${json}]}`).join(',')}]`],
  ['lines', records.join('\n')],
])('%s of more than the limit is read whole', (_what, text) => {
  expect(text.length).toBeGreaterThan(4 * LIMIT);
  expect(read(text)).toEqual(names);
});

test('archives that follow each other, and lines after them, are read each', () => {
  const archive = `{"Records":[${records.join(',')}]}`;
  expect(read(`${record('first')}\n${archive}\n${archive}\n${record('last')}`)).toEqual([
    'first',
    ...names,
    ...names,
    'last',
  ]);
});

test('an entry that cannot be read is named by its place, and the others are read', () => {
  const list = [...records.slice(0, 500), '5', '{"broken"}', ...records.slice(500)];
  expect(read(`${record('first')}\n{"Records":[${list.join(',')}]}\n{broken\n${record('last')}`)).toEqual([
    'first',
    ...names.slice(0, 500),
    '2: entry 501 of Records: expected a JSON object, found number',
    expect.stringContaining('2: entry 502 of Records: not JSON'),
    ...names.slice(500),
    expect.stringMatching(/^3: not JSON/),
    'last',
  ]);
});

test('of an archive that breaks off the records before are read, and the break is told', () => {
  const text = `{"Records":[${records.join(',')}`;
  expect(read(text)).toEqual([...names.slice(0, -1), 'file: not JSON: the file ends inside Records']);
  expect(read(`${text}]`)).toEqual([...names, 'file: not JSON: the file ends inside Records']);
});

test('a line over the limit that is no list is left out, and those around it are read', () => {
  const text = [record('before'), `{"long":"${'x'.repeat(5 * LIMIT)}"}`, record('after')].join('\n');
  expect(read(text)).toEqual(['before', expect.stringMatching(/^2: the line has more than .* MB/), 'after']);
});

test('where the first line is broken, those that follow are read even if there are many', () => {
  expect(read(`{broken\n${records.join('\n')}\n`)).toEqual([expect.stringMatching(/^1: not JSON/), ...names]);
});

test.each<readonly [what: string, start: string, part: string]>([
  ['zeros', '', '\0'.repeat(1000)],
  ['blanks', '', ' '.repeat(1000)],
  ['a number', '', '1'.repeat(1000)],
  ['text over many lines', '', 'some text\n'.repeat(100)],
  ['an object of other things', '{', '"name":[1,2,3],'.repeat(60)],
  ['an object of other things over many lines', '{', '"name":[1,2,3],\n'.repeat(60)],
  ['a record without an end', '{"Records":[{"a":"', 'x'.repeat(1000)],
  ['lists in each other', '', '['.repeat(1000)],
])('%s without an end: no more is taken than the limit', (_what, start, part) => {
  const reader = new DocumentReader('input', LIMIT);
  let taken = 0;
  const readOn = () => {
    expect([...reader.read(start)]).toEqual([]);
    while (taken < 10 * LIMIT) {
      taken += part.length;
      expect([...reader.read(part)]).toEqual([]);
    }
  };
  expect(readOn).toThrow(/MB/);
  expect(taken).toBeLessThanOrEqual(LIMIT + 2 * part.length);
});

test('an archive without an end gives each record as soon as it is there, once the limit is passed', () => {
  const reader = new DocumentReader('input', LIMIT);
  const part = `${record('again')},`;
  let given = [...reader.read('{"Records":[')].length;
  for (let taken = 1; taken <= 2000; taken++) {
    given += [...reader.read(part)].length;
    expect(given).toBe(taken * part.length + 12 > LIMIT ? taken : 0);
  }
});

function parsed(json: string): unknown {
  return JSON.parse(json);
}
