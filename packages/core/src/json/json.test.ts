import { expect, test } from 'vitest';
import { fieldOf, isJsonObject, parseJson } from './index.ts';

test.each([
  ['{}', true],
  ['{ "a": 1 }', true],
  ['[]', false],
  ['null', false],
  ['"text"', false],
  ['1', false],
  ['not JSON', false],
])('whether %s is a JSON object: %s', (text, isObject) => {
  expect(isJsonObject(parseJson(text))).toBe(isObject);
});

test('text is parsed as JSON, and is undefined where it is none', () => {
  expect([
    parseJson('{ "a": [null] }'),
    parseJson('null'),
    parseJson(''),
    parseJson('{'),
    parseJson('undefined'),
  ]).toEqual([{ a: [null] }, null, undefined, undefined, undefined]);
});

test('a field is what a value has itself, never what it inherits', () => {
  expect(fieldOf({ a: null }, 'a')).toBeNull();
  expect(fieldOf(['x'], 0)).toBe('x');
  expect(['constructor', 'toString', '__proto__'].map((name) => fieldOf({}, name))).toEqual(Array(3).fill(undefined));
  expect(fieldOf(parseJson('{ "__proto__": 1 }'), '__proto__')).toBe(1);
  expect([null, undefined, 'text', 1].map((value) => fieldOf(value, 'length'))).toEqual(Array(4).fill(undefined));
});
