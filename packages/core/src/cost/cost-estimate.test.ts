import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateCosts, total, type CostLine, type CostQuestion } from './index.ts';

const SMALL: CostQuestion = {
  recordsPerDay: 50_000,
  accounts: 3,
  rules: 60,
  passedShare: 0.3,
  incidentsPerDay: 1,
  matchesPerDay: 10,
};

test('metric filters cost by the rule, and by the account where each has its own', () => {
  const costs = estimateCosts(SMALL);
  expect(total(costs.metricFilters)).toBeCloseTo(60 * 0.4);
  expect(total(costs.metricFiltersInEachAccount)).toBeCloseTo(3 * 60 * 0.4);
});

test('a gigabyte of records a month costs what CloudWatch Logs takes for it', () => {
  const recordsPerDay = 1e9 / 1_556 / 30.4;
  expect(total(estimateCosts({ ...SMALL, recordsPerDay }).logs)).toBeCloseTo(0.5);
});

test('Trailbell costs the same whatever the number of rules', () => {
  expect(estimateCosts({ ...SMALL, rules: 1000 }).trailbell).toEqual(estimateCosts(SMALL).trailbell);
});

test('more records, matches or incidents never cost less, and no line is negative', () => {
  const amounts = fc.record({
    recordsPerDay: fc.nat(1e9),
    accounts: fc.integer({ min: 1, max: 1000 }),
    rules: fc.integer({ min: 1, max: 1000 }),
    passedShare: fc.double({ min: 0, max: 1, noNaN: true }),
    incidentsPerDay: fc.nat(1000),
    matchesPerDay: fc.nat(1e6),
  });
  fc.assert(
    fc.property(amounts, fc.constantFrom('recordsPerDay', 'matchesPerDay', 'incidentsPerDay'), (question, key) => {
      const [less, more] = [question, { ...question, [key]: question[key] * 2 + 1 }].map((asked) =>
        total(estimateCosts(asked).trailbell),
      );
      expect(more).toBeGreaterThanOrEqual(less ?? NaN);
      for (const lines of Object.values(estimateCosts(question)) as (readonly { dollarsPerMonth: number }[])[]) {
        expect(lines.every(({ dollarsPerMonth }) => dollarsPerMonth >= 0)).toBe(true);
      }
    }),
  );
});

test('docs/costs.md shows what is computed', () => {
  const usual = { rules: 60, passedShare: 0.3, matchesPerDay: 100, incidentsPerDay: 5 };
  const estimates = [
    { recordsPerDay: 50_000, accounts: 3 },
    { recordsPerDay: 1_000_000, accounts: 20 },
    { recordsPerDay: 20_000_000, accounts: 200 },
  ].map((size) => Object.values(estimateCosts({ ...usual, ...size })) as (readonly CostLine[])[]);
  const page = readFileSync(new URL('../../../../docs/costs.md', import.meta.url), 'utf8');
  const shown = [...page.matchAll(/\| +([\d,]+\.\d\d)(?= )/g)].map(([, amount]) => amount);
  const computed = [0, 1, 2, 3, 4].flatMap((row) =>
    estimates.map((parts) =>
      total(parts[row] ?? []).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    ),
  );
  expect(shown).toEqual(computed);
});
