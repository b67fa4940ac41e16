import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ListReader } from './list-reader.ts';

/** What is found in a text that comes in parts of these lengths, over and over. */
function read(text: string, lengths: readonly number[] = [text.length + 1]) {
  const reader = new ListReader(['Records', 'Events'], Infinity);
  const entries: string[] = [];
  let at = 0;
  for (let turn = 0; at < text.length; turn++) {
    const part = text.slice(at, at + (lengths[turn % lengths.length] ?? text.length));
    entries.push(...reader.add(part));
    at += reader.end ?? part.length;
    if (reader.end !== undefined) return { list: reader.list, entries, rest: text.slice(at) };
  }
  return { list: reader.list, entries, rest: undefined };
}

const indents = fc.constantFrom('', ' ', '\t');
const lengths = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 });

test('the entries of a list are found however the text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), indents, lengths, (list, indent, cuts) => {
      const { entries, rest } = read(`${JSON.stringify(list, undefined, indent)}\n[7]`, cuts);
      expect(entries.map((entry): unknown => JSON.parse(entry))).toEqual(JSON.parse(JSON.stringify(list)));
      expect(rest).toBe('\n[7]');
    }),
  );
});

test('and those of a list of records, whatever is beside it', () => {
  const beside = fc.dictionary(
    fc.string().filter((name) => !['Records', 'Events', '__proto__'].includes(name)),
    fc.jsonValue(),
    { maxKeys: 3 },
  );
  fc.assert(
    fc.property(beside, fc.array(fc.jsonValue()), beside, indents, lengths, (before, list, after, indent, cuts) => {
      const text = JSON.stringify({ ...before, Records: list, ...after }, undefined, indent);
      const { list: name, entries, rest } = read(text, cuts);
      expect(name).toBe('Records');
      expect(entries.map((entry): unknown => JSON.parse(entry))).toEqual(JSON.parse(JSON.stringify(list)));
      expect(rest).toBe('');
    }),
  );
});

test.each<readonly [text: string, list: string | undefined, entries: readonly string[]]>([
  ['{"Records":[1.0 ,{"a" : ",]"}]}', 'Records', ['1.0 ', '{"a" : ",]"}']],
  ['{"Records":[1],"Events":[2]}', 'Records', ['1']],
  ['{"a":{"Records":[1]},"Events":[2]}', 'Events', ['2']],
  ['{"Records":"no list","Events":[2]}', 'Events', ['2']],
  ['{"Records":{"a":[1]}}', undefined, []],
  ['{"others":[1]}', undefined, []],
  ['{"Records":[ ]}', 'Records', []],
  ['{"Records":[1,]}', 'Records', ['1', '']],
  ['{"Records":[1 2]}', 'Records', ['1 2']],
  ['{"Records":[1,{"cut":', 'Records', ['1']],
  ['"Records":[1]', undefined, []],
  ['text [1]', undefined, []],
])('%s holds %s: %j', (text, list, entries) => {
  expect(read(text)).toMatchObject({ list, entries });
  expect(read(text, [1])).toMatchObject({ list, entries });
});

test('an entry that is too long is refused where it is so', () => {
  const reader = new ListReader(['Records'], 1024 * 1024);
  expect([...reader.add('{"Records":[1,{"a":"')]).toEqual(['1']);
  expect([...reader.add('a'.repeat(1024 * 1024 - 10))]).toEqual([]);
  expect(() => [...reader.add('a'.repeat(10))]).toThrow('an entry of Records has more than 1 MB');
});
