import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compactJson, elementTexts, propertyText } from './json-text.ts';

const indents = fc.constantFrom('', ' ', '\t');

test('the elements of a list are found as they are written', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), indents, (list, indent) => {
      const texts = [...elementTexts(JSON.stringify(list, undefined, indent))];
      expect(texts.map((text): unknown => JSON.parse(text))).toEqual(list.map(normalized));
    }),
  );
  expect([...elementTexts(' [ 1.0 , {"a" : 1e400} ,"]" ] ')]).toEqual(['1.0', '{"a" : 1e400}', '"]"']);
});

test('a property is found under its name and no other, however the name is written', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), indents, (object, name, indent) => {
      const json = JSON.stringify(object, undefined, indent);
      for (const key of [...Object.keys(object), name]) {
        const text = propertyText(json, key);
        const parsed: unknown = text === undefined ? undefined : JSON.parse(text);
        expect(parsed).toEqual(Object.hasOwn(object, key) ? normalized(object[key]) : undefined);
      }
    }),
  );
  expect(propertyText('{"a":{"b":1},"b":2.50}', 'b')).toBe('2.50');
  expect(propertyText('{"\\u0061":1,"a":{"x":"}"}}', 'a')).toBe('{"x":"}"}');
});

test('compact JSON is what JSON.stringify writes, but for spellings', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(compactJson(JSON.stringify(value, undefined, '\t'))).toBe(JSON.stringify(value));
    }),
  );
  expect(compactJson(' { "a b" :\r\n [ 1.0 , "\\" " ] } ')).toBe('{"a b":[1.0,"\\" "]}');
});

/** What JSON makes of a value: `-0` is 0. */
function normalized(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
