import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareDecimals, parseDecimal } from './decimal.ts';
import { spellNumbers } from './event/spell-numbers.ts';
import { message } from './test/arbitrary-messages.ts';
import { nearlyPattern, patternText } from './test/arbitrary-patterns.ts';
import { closeNumbers } from './test/close-numbers.ts';
import { checkAgreement, checkAnyText, checkBlanks, checkRoundTrip } from './test/properties.ts';

test('the two evaluators and the explanation agree on generated patterns and messages', () => {
  fc.assert(fc.property(patternText, message, checkAgreement), { numRuns: 3000 });
});

test('the two evaluators agree on numbers that are nearly the same', () => {
  fc.assert(
    fc.property(closeNumbers, ([pattern, event]) => {
      checkAgreement(pattern, event);
    }),
    { numRuns: 3000 },
  );
});

test('a formatted pattern parses to the same tree', () => {
  fc.assert(fc.property(patternText, checkRoundTrip), { numRuns: 2000 });
});

test('any text is a pattern or refused with a place in it', () => {
  fc.assert(fc.property(nearlyPattern, checkAnyText), { numRuns: 5000 });
});

test('a text is read the same whether blanks or tabs stand in it', () => {
  fc.assert(fc.property(fc.oneof(nearlyPattern, patternText), checkBlanks), { numRuns: 3000 });
});

test.each([
  '{ $.a = x }',
  '{ $.a != x }',
  '{ $.a=x }',
  '{ $.a = "x y" }',
  '{ $.a = "*x" }',
  '{ $.a = x* }',
  '{ $.a = x.y-z }',
  '{ $.a = null }',
  '{ $.a = nullx }',
  '{ ($.a = NULL) }',
  '{ $.a = "NULL" }',
  '{ $.a = "" }',
  '{ $.a = "x }',
  '{ $.a = "x\\" }',
  '{ $.a = "x\\"" }',
  '{ $.a = xé }',
  '{ $.a = "é" }',
  '{ $.a == x }',
  '{ $.a = x y }',
  '{ $.a = x"y" }',
  '{ $.a = "x""y" }',
  '{ $.a = "x"y }',
  '{ $.a = 1 }',
  '{ $.a = 1e }',
  '{ $.a ! = x }',
  '{ $.a = x&&$.b = y }',
  '{ $.a = $.b }',
  '{ ($.a = x ) }',
])('%s is read the same with tabs in place of blanks', checkBlanks);

test('decimals compare like fractions of big integers', () => {
  const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -25, max: 25 }));
  fc.assert(
    fc.property(decimal, decimal, ([a, m], [b, n]) => {
      const [left, right] = [parseDecimal(`${a}e${m}`), parseDecimal(`${b}e${n}`)];
      const [x, y] = [a * 10n ** BigInt(m + 25), b * 10n ** BigInt(n + 25)];
      expect(left && right && Math.sign(compareDecimals(left, right))).toBe(x < y ? -1 : x > y ? 1 : 0);
    }),
  );
});

test('equal negative decimals compare as zero, and not as minus zero', () => {
  const [left, right] = [parseDecimal('-10e19'), parseDecimal('-100e18')];
  expect(left && right && compareDecimals(left, right)).toBe(0);
});

test('numbers are spelled as JSON.parse finds them', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const reviver: (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown = (
        ...[, value, context]
      ) => (typeof value === 'number' ? context.source : value);
      const revived: unknown = JSON.parse(json, reviver as (this: unknown, key: string, value: unknown) => unknown);
      expect(JSON.parse(spellNumbers(json))).toEqual(revived);
    }),
  );
});
