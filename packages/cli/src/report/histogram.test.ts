import { COMPARISON_OPERATORS, isBreaching, type ComparisonOperator } from '@trailbell/core/alarm';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { histogramOf } from './histogram.ts';

function binsOf(
  threshold: number,
  comparisonOperator: ComparisonOperator,
  distribution: readonly (readonly [number, number])[],
) {
  return drawnFrom(threshold, comparisonOperator, distribution).bins;
}

function drawnFrom(
  threshold: number,
  comparisonOperator: ComparisonOperator,
  distribution: readonly (readonly [number, number])[],
) {
  return histogramOf({ statistic: 'Sum', period: 300, minuteCap: 32, threshold, comparisonOperator, distribution });
}

const labelsOf = (...of: Parameters<typeof binsOf>) => binsOf(...of).map(({ label }) => label);

test('small whole numbers have a bin each, up to the threshold even where nothing comes near it', () => {
  expect(binsOf(4, 'GreaterThanOrEqualToThreshold', [[2, 7]])).toEqual([
    { label: '1', periods: 0, isBreaching: false },
    { label: '2', periods: 7, isBreaching: false },
    { label: '3', periods: 0, isBreaching: false },
    { label: '4', periods: 0, isBreaching: true },
  ]);
});

test('a value that equals the threshold is on the side where the comparison puts it', () => {
  const breachingOf = (operator: ComparisonOperator) =>
    binsOf(2, operator, [
      [1, 1],
      [2, 1],
      [3, 1],
    ]).flatMap(({ label, isBreaching: is }) => (is ? [label] : []));
  expect(COMPARISON_OPERATORS.map(breachingOf)).toEqual([['2', '3'], ['3'], ['1'], ['1', '2']]);
});

test('large numbers share bins by their order of magnitude, with an edge at the threshold', () => {
  expect(labelsOf(25, 'GreaterThanOrEqualToThreshold', [[400, 1]])).toEqual([
    ...['1', '2', '3–4', '5–6', '7–9', '10–19', '20–24', '25–29', '30–49', '50–69', '70–99', '100–199', '200–299'],
    '300–400',
  ]);
});

test('the threshold lies on the right side of the bins where all of them breach, or none does', () => {
  const sideOf = (operator: ComparisonOperator, threshold: number) => {
    const { bins, binsBeforeThreshold } = drawnFrom(threshold, operator, [[2, 1]]);
    return { breaching: bins.filter(({ isBreaching: is }) => is).length, of: bins.length, binsBeforeThreshold };
  };
  expect(sideOf('GreaterThanOrEqualToThreshold', 1)).toEqual({ breaching: 2, of: 2, binsBeforeThreshold: 0 });
  expect(sideOf('GreaterThanThreshold', 2)).toEqual({ breaching: 0, of: 2, binsBeforeThreshold: 2 });
  expect(sideOf('LessThanThreshold', 1)).toEqual({ breaching: 0, of: 2, binsBeforeThreshold: 0 });
  expect(sideOf('LessThanOrEqualToThreshold', 2)).toEqual({ breaching: 2, of: 2, binsBeforeThreshold: 2 });
});

test('without any period there is nothing to draw', () => {
  expect(binsOf(1, 'GreaterThanThreshold', [])).toEqual([]);
});

test('a value so small that edges cannot be computed exactly is in a bin', () => {
  const bins = binsOf(-1.07e-288, 'LessThanOrEqualToThreshold', [[1.1e-288, 1]]);
  expect(bins.reduce((sum, { periods }) => sum + periods, 0)).toBe(1);
});

test('every period is in exactly one bin, on its own side of the threshold, and there are few bins', () => {
  const value = fc.oneof(
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: -1000, max: 1e9 }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => Number(number.toPrecision(3))),
  );
  const values = fc.uniqueArray(fc.tuple(value, fc.integer({ min: 1, max: 1e6 })), {
    selector: ([of]) => of,
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(value, fc.constantFrom(...COMPARISON_OPERATORS), values, (threshold, operator, distribution) => {
      const { bins, binsBeforeThreshold } = drawnFrom(threshold, operator, distribution);
      expect(bins.map((bin) => bin.isBreaching)).toEqual(
        bins.map((_, index) => index >= binsBeforeThreshold === isBreaching(operator, 1, 0)),
      );
      const sum = (of: readonly { periods: number }[]) => of.reduce((all, { periods }) => all + periods, 0);
      const periods = distribution.map(([of, count]) => ({ periods: count, is: isBreaching(operator, of, threshold) }));
      expect(sum(bins)).toBe(sum(periods));
      expect(sum(bins.filter((bin) => bin.isBreaching))).toBe(sum(periods.filter(({ is }) => is)));
      expect(bins.length).toBeLessThanOrEqual(60);
    }),
  );
});
