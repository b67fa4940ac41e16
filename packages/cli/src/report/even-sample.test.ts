import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { evenSample, fairShares } from './even-sample.ts';

test('a sample goes evenly from the first to the last', () => {
  const items = Array.from({ length: 101 }, (_, index) => index);
  expect(evenSample(items, 5)).toEqual([0, 25, 50, 75, 100]);
  expect(evenSample(items, 1)).toEqual([0]);
  expect(evenSample(items, 0)).toEqual([]);
  expect(evenSample([1, 2], 5)).toEqual([1, 2]);
});

test('those who ask for little get it, and the others share the rest', () => {
  expect(fairShares([2, 1000, 10, 500], 100)).toEqual([2, 44, 10, 44]);
});

test('shares are never more than was asked for or than there is, and nothing is left while somebody wants it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), fc.nat(2000), (asked, total) => {
      const shares = fairShares(asked, total);
      const sum = (of: readonly number[]) => of.reduce((all, each) => all + each, 0);
      expect(shares.every((share, index) => share <= (asked[index] ?? 0))).toBe(true);
      expect(sum(shares)).toBe(Math.min(sum(asked), total));
    }),
  );
});
