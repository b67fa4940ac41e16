import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText, mapStrings, plainText, utf8Bytes } from './plain-text.ts';

test.each([
  ['two\nlines\ttab', 'two␊lines␉tab'],
  ['\u0000\u001b[31m\u007f', '␀␛[31m␡'],
  ['abc\u202egnp.exe', 'abc�gnp.exe'],
  ['\u2066isolated\u2069 \u061c\u200f\u200e', '�isolated� ���'],
  ['zero\u200bwidth\ufeff', 'zero�width�'],
  ['line\u2028and\u2029paragraph\u0085', 'line�and�paragraph�'],
  ['half \ud83d pair \udd14', 'half � pair �'],
  ['hidden tag \u{e0041}', 'hidden tag �'],
  ['Zoë, 花子 and 🔔 stay', 'Zoë, 花子 and 🔔 stay'],
])('%j is shown as %j', (value, shown) => {
  expect(plainText(value, 100)).toBe(shown);
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['abcdef', 1, '…'],
  ['abcdef', 0, ''],
  ['ab🔔def', 4, 'ab…'],
  ['ab🔔def', 5, 'ab🔔…'],
])('%j cut to %i is %j', (value, maxLength, cut) => {
  expect(plainText(value, maxLength)).toBe(cut);
  expect(cutText(value, maxLength)).toBe(cut);
});

test('cut text keeps lines, which belong to a description', () => {
  expect(cutText('first\nsecond', 100)).toBe('first\nsecond');
  expect(cutText('half \ud83d', 100)).toBe('half �');
});

test('plain text is never longer than asked, always well formed, and stays as it is when made plain again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (value, maxLength) => {
      const plain = plainText(value, maxLength);
      expect(plain.length).toBeLessThanOrEqual(maxLength);
      expect(plain.isWellFormed()).toBe(true);
      expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(plainText(plain, maxLength)).toBe(plain);
    }),
  );
});

test('plain text reads no more of a long value than it keeps', () => {
  expect(plainText('\u202e'.repeat(5_000_000), 3)).toBe('��…');
});

test('every string in nested data is changed, and nothing else', () => {
  const data = { a: 'x', b: ['y', 1, null, true, { c: 'z' }] };
  expect(mapStrings(data, (text) => text + text)).toEqual({ a: 'xx', b: ['yy', 1, null, true, { c: 'zz' }] });
});

test('bytes are those of UTF-8', () => {
  expect(utf8Bytes('a花🔔')).toBe(8);
});
