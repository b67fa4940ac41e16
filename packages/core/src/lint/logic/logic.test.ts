import fc from 'fast-check';
import { expect, test } from 'vitest';
import { message } from '../../pattern/test/arbitrary-messages.ts';
import { patternText } from '../../pattern/test/arbitrary-patterns.ts';
import { conditionImplies } from './implication.ts';
import { maySatisfy } from './satisfiable.ts';
import {
  checkCuts,
  checkImplication,
  checkImpossibility,
  conditionAndEvents,
  conditionsAndEvents,
  matches,
  readJson as read,
} from './test/properties.ts';

test.each([
  '$.a = x && $.a = y',
  '$.a = x && $.b = 1 && $.a = y',
  '$.a = x && $.a != x',
  '$.a = abc && $.a != "ab*"',
  '$.a = "ab*" && $.a != "a*"',
  '$.a = "ab*" && $.a = "ac*"',
  '$.a = "*ab" && $.a = "*bc"',
  '$.a = "*ab" && $.a = abc',
  '$.a = "*" && $.a NOT EXISTS',
  '$.a = x && $.a NOT EXISTS',
  '$.a != x && $.a NOT EXISTS',
  '$.a NOT EXISTS && $.a.b = x',
  '$.a NOT EXISTS && $.a[*].b = x',
  '$.a = x && $.a.b = x',
  '$.a IS TRUE && $.a IS FALSE',
  '$.a IS NULL && $.a.b = 1',
  '$.a IS TRUE && $.a = true',
  '$.a > 5 && $.a < 5',
  '$.a >= 5 && $.a < 5',
  '$.a > 5 && $.a = 4',
  '$.a = x && $.a > 5',
  '$.a = 404 && $.a = %^5%',
  '$.a = %x% && $.a != %x%',
  '$.a = %^ab% && $.a = %^cd%',
  '$.a = x && ($.a = y || $.a = z)',
  '($.a = x || $.a = y) && ($.a = z || $.a NOT EXISTS)',
  '$.a != "*"',
  '$.a[0] = 1 && $.a.b = 1',
  '$.a[*] NOT EXISTS && $.a[*] = 1',
  '$.a[*] = x && $.a[*] != x',
  '$.a[*] != x && $.a NOT EXISTS',
])('{ %s } is impossible', (condition) => {
  expect(maySatisfy([read(`{ ${condition} }`).condition])).toBe(false);
});

test.each([
  ['$.a = x || $.a = y', '{"a":"y"}'],
  ['$.a = "*x" && $.a = "x*"', '{"a":"x"}'],
  ['$.a = 1 && $.a = "1.0"', '{"a":1.0}'],
  ['$.a = 1 && $.a = "*.0"', '{"a":1.0}'],
  ['$.a = 1 && $.a != "1"', '{"a":1.0}'],
  ['$.a != 1 && $.a != "x*"', '{"a":2}'],
  ['$.a[*] = x && $.a[*] = y', '{"a":["x","y"]}'],
  ['$.a[*] = x && $.a[*] != y', '{"a":["x"]}'],
  ['$.a[*] != x && $.a[*] NOT EXISTS', '{"a":[]}'],
  ['$.a[*] != "*"', '{"a":[]}'],
  ['$.a IS NULL && $.a[0] IS NULL', '{"a":[null]}'],
  ['$.a = x && $.a.b NOT EXISTS', '{"a":"x"}'],
  ['$.a >= 5 && $.a <= 5', '{"a":5}'],
  ['$.a = %x% && $.a = %y%', '{"a":"xy"}'],
  ['$.a = -0 && $.a = "-0.0"', '{"a":-0.0}'],
  ['$.a = "Infinity" && $.a != "x"', '{"a":1e309}'],
])('{ %s } is possible', (condition, event) => {
  const pattern = read(`{ ${condition} }`);
  expect(matches(pattern, event)).toBe(true);
  expect(maySatisfy([pattern.condition])).toBe(true);
});

test.each([
  ['$.a = x', '$.a = "*"'],
  ['$.a = x', '$.a != y'],
  ['$.a != x', '$.a = "*"'],
  ['$.a > 5', '$.a = "*"'],
  ['$.a = "xy*"', '$.a = "x*"'],
  ['$.a = "*xy*"', '$.a = "*x*"'],
  ['$.a = "xy*"', '$.a != "y*"'],
  ['$.a != "x*"', '$.a != "xy"'],
  ['$.a > 5', '$.a > 4'],
  ['$.a > 5', '$.a != 5'],
  ['$.a > 5', '$.a != "x"'],
  ['$.a NOT EXISTS', '$.a.b NOT EXISTS'],
  ['$.a = x', '$.a.b NOT EXISTS'],
  ['$.a[*] = x', '$.a[*] = "x*"'],
  ['$.a[*] != "x*"', '$.a[*] != x'],
  ['$.a = x && $.b = y', '$.b = y'],
  ['$.a = x', '$.a = x || $.b = y'],
  ['$.a = x || $.a = y', '$.a != z'],
  ['($.a = x || $.a = y) && $.b = z', '$.a = x || $.a = y'],
  ['$.a = %^abc$%', '$.a = abc'],
])('{ %s } implies { %s }', (from, to) => {
  expect(conditionImplies(read(`{ ${from} }`).condition, read(`{ ${to} }`).condition)).toBe(true);
});

test.each([
  ['$.a = 5', '$.a > 4', '{"a":"5"}'],
  ['$.a = 1', '$.a = "1"', '{"a":1.0}'],
  ['$.a = "*"', '$.a != x', '{"a":"x"}'],
  ['$.a != "5*"', '$.a != 5', '{"a":1e309}'],
  ['$.a = "I*"', '$.a != 5', '{"a":1e309}'],
  ['$.a.b NOT EXISTS', '$.a NOT EXISTS', '{"a":1}'],
  ['$.a[*] = x', '$.a[*] != y', '{"a":["x","y"]}'],
  ['$.a NOT EXISTS', '$.a != x', '{}'],
  ['$.a = "*xy*"', '$.a = "*y"', '{"a":"xyz"}'],
  ['$.a = "*xy*"', '$.a = "x*"', '{"a":"zxy"}'],
  ['$.a = "xy*"', '$.a = "*y"', '{"a":"xyz"}'],
  ['$.a = "x*"', '$.a != "*y"', '{"a":"xy"}'],
])('{ %s } does not imply { %s }', (from, to, event) => {
  const [left, right] = [read(`{ ${from} }`), read(`{ ${to} }`)];
  expect([matches(left, event), matches(right, event)]).toEqual([true, false]);
  expect(conditionImplies(left.condition, right.condition)).toBe(false);
});

/** Checks a property and counts how often it had something to check: a test that never does would always be green. */
function claimsOf<Values>(values: fc.Arbitrary<Values>, numRuns: number, check: (values: Values) => boolean): number {
  let claims = 0;
  const property = fc.property(values, (one) => {
    if (check(one)) claims += 1;
  });
  fc.assert(property, { numRuns });
  return claims;
}

test('a condition that is said to be impossible is met by no event, though each is built to meet its comparisons', () => {
  expect(claimsOf(conditionAndEvents, 800, checkImpossibility)).toBeGreaterThan(60);
});

test('every event that meets a condition meets those that are said to be implied', () => {
  expect(claimsOf(conditionsAndEvents, 1500, checkImplication)).toBeGreaterThan(10);
});

test('without a clause that is said to be redundant a pattern matches the same', () => {
  expect(claimsOf(conditionAndEvents, 400, checkCuts)).toBeGreaterThan(10);
});

test('events are built so that they meet most conditions that can be met', () => {
  const met = claimsOf(conditionAndEvents, 300, ([text, events]) => events.some((event) => matches(read(text), event)));
  expect(met).toBeGreaterThan(90);
});

test('both hold for patterns and messages of any shape', () => {
  const jsonPattern = patternText.filter((text) => text.trimStart().startsWith('{'));
  fc.assert(
    fc.property(jsonPattern, jsonPattern, message, (a, b, event) => {
      const [from, to] = [read(a), read(b)];
      if (!matches(from, event)) return;
      expect(maySatisfy([from.condition])).toBe(true);
      if (!matches(to, event)) expect(conditionImplies(from.condition, to.condition)).toBe(false);
    }),
    { numRuns: 1000 },
  );
});
