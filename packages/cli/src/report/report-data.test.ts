import { expect, test } from 'vitest';
import type { BacktestIncident, BacktestResult, RuleResult } from '../backtest/backtest-result.ts';
import { MAX_INCIDENTS, reportData } from './report-data.ts';

const DAY_MS = 86_400_000;

const incident = (rule: string, openedMs: number): BacktestIncident => ({
  ...{ rule, group: [], openedMs, resolvedMs: openedMs + 1000, count: 1, isAtLeast: false, reason: 'because' },
  activities: [],
});

function ruleResult(
  name: string,
  incidents: readonly BacktestIncident[],
  changes: Partial<RuleResult> = {},
): RuleResult {
  return {
    ...{
      name,
      title: name,
      severity: 'info',
      matches: 1,
      incidents,
      longestMs: 0,
      actors: [],
      threshold: 1,
      period: 60,
    },
    ...{ statistic: 'Sum', comparisonOperator: 'GreaterThanThreshold', minuteCap: 32, distribution: [] },
    ...changes,
  };
}

function dataOf(rules: readonly RuleResult[], changes: Partial<BacktestResult> = {}) {
  const counts = {
    files: 1,
    records: 1000,
    bytes: 1,
    unreadable: 0,
    unreadableLines: [],
    withoutTime: 0,
    problems: [],
  };
  const result = { ...counts, firstMs: 0, lastMs: 10 * DAY_MS, rules, ...changes };
  return reportData({ result, expectations: [], madeAtMs: 0 });
}

test('a rule with very many incidents leaves room for the others, and all are counted', () => {
  const many = Array.from({ length: 5000 }, (_, index) => incident('many', index));
  const few = [incident('few', 17), incident('few', 4000)];
  const data = dataOf([ruleResult('few', few), ruleResult('many', many), ruleResult('quiet', [], { matches: 0 })]);
  expect(data.rules.map(({ name }) => name)).toEqual(['many', 'few']);
  expect(data).toMatchObject({ incidentCount: 5002, quietRules: 1 });
  expect(data.incidents).toHaveLength(MAX_INCIDENTS);
  expect(data.incidents.filter(({ rule }) => rule === 1)).toHaveLength(2);
  const opened = data.incidents.map(({ openedMs }) => openedMs);
  expect(opened).toEqual(opened.toSorted((a, b) => a - b));
  expect([opened[0], opened.at(-1)]).toEqual([0, 4999]);
});

test('of what other rules would have done otherwise a bounded part is shown, and all is counted', () => {
  const newly = Array.from({ length: 5000 }, (_, index) => ({ ...incident('new', index), activities: [1, 2, 3] }));
  const rules = [ruleResult('new', newly)];
  const result = {
    files: 1,
    records: 1,
    bytes: 1,
    unreadable: 0,
    unreadableLines: [],
    withoutTime: 0,
    problems: [],
    rules,
  };
  const comparison = { against: 'v1\u202e', difference: { newly, noLonger: [] } };
  const { difference } = reportData({ result, expectations: [], madeAtMs: 0, comparison });
  expect(difference).toMatchObject({ against: 'v1\ufffd', newly: { count: 5000 }, noLonger: { count: 0 } });
  const shown = difference?.newly.incidents ?? [];
  expect([shown.length, shown[0]?.openedMs, shown.at(-1)?.openedMs]).toEqual([100, 0, 4999]);
  expect(shown[0]?.activities).toEqual([1]);
});

test('every text is plain and of bounded length', () => {
  const actors = [[`evil\u202e\u0000${'x'.repeat(10_000)}`, 1]] as const;
  const [rule] = dataOf([ruleResult('a', [incident('a', 1)], { actors })]).rules;
  const [[name] = ['']] = rule?.actors ?? [];
  expect(name).toMatch(/^evil\ufffd␀x+…$/);
  expect(name.length).toBeLessThanOrEqual(400);
});

test('a month is told from an archive of a day or more, and not from less', () => {
  expect(dataOf([ruleResult('a', [])]).costs?.recordsPerDay).toBe(100);
  expect(dataOf([ruleResult('a', [])], { lastMs: DAY_MS - 1 }).costs).toBeUndefined();
});
