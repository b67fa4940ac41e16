import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostWithin, parseExpectation } from './expectation.ts';

const DAY_MS = 86_400_000;

test.each([
  ['at most 2 incidents a week', { maxIncidents: 2, withinMs: 7 * DAY_MS }],
  ['at most 1 incident per day', { maxIncidents: 1, withinMs: DAY_MS }],
  ['at most 0 incidents a month', { maxIncidents: 0, withinMs: 30 * DAY_MS }],
  ['at most two incidents a week', undefined],
  ['at most 2 incidents a year', undefined],
  ['2 incidents a week', undefined],
] as const)('%s', (text, expectation) => {
  expect(parseExpectation(text)).toEqual(expectation);
});

test('the fullest stretch is the fullest of those that begin with an incident', () => {
  const times = fc.array(fc.nat(50), { maxLength: 20 });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 20 }), (openedMs, withinMs) => {
      const counts = openedMs.map((from) => openedMs.filter((at) => at >= from && at < from + withinMs).length);
      expect(mostWithin(openedMs, withinMs)).toBe(Math.max(0, ...counts));
    }),
  );
});
