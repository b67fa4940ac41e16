import { mapStrings, plainText } from '@trailbell/core/cloudtrail';
import { estimateCosts, total, type CostEstimate } from '@trailbell/core/cost';
import type { Severity } from '@trailbell/core/rule';
import type { BacktestIncident, BacktestResult, RuleResult } from '../backtest/backtest-result.ts';
import type { ResultDifference } from '../backtest/compare-results.ts';
import type { JudgedExpectation } from '../backtest/expectations.ts';
import { evenSample, fairShares } from './even-sample.ts';
import { histogramOf, type Histogram } from './histogram.ts';
import { reportDifference, type ReportDifference } from './report-difference.ts';

/** What a report shows, as the page's script finds it. All text in it is plain: nothing that cannot be seen. */
export interface ReportData {
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly archive: Pick<BacktestResult, 'files' | 'records' | 'bytes' | 'unreadable' | 'withoutTime'>;
  /** The first and the last record that matched. */
  readonly span?: { readonly firstMs: number; readonly lastMs: number };
  readonly problems: readonly { readonly file: string; readonly problem: string }[];
  readonly problemCount: number;
  /** Those that matched, those that would have paged most first. */
  readonly rules: readonly ReportRule[];
  /** Rules that matched nothing. */
  readonly quietRules: number;
  readonly incidentCount: number;
  /** As many as a page can show, in the order of time. */
  readonly incidents: readonly ReportIncident[];
  readonly costs?: ReportCosts;
  /** Where it was asked what another version of the rules would have done. */
  readonly difference?: ReportDifference;
}

export interface ReportRule {
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly matches: number;
  readonly incidentCount: number;
  readonly longestMs: number;
  readonly actors: readonly (readonly [string, number])[];
  readonly histogram: Histogram;
  readonly expectation?: Pick<JudgedExpectation, 'expected' | 'most' | 'isMet'>;
}

/** `rule` is the place of its rule in the list of rules. */
export interface ReportIncident extends Omit<BacktestIncident, 'rule'> {
  readonly rule: number;
}

export interface ReportCosts {
  readonly recordsPerDay: number;
  readonly parts: readonly { readonly what: string; readonly dollarsPerMonth: number }[];
}

export interface ReportInput {
  readonly result: BacktestResult;
  readonly expectations: readonly JudgedExpectation[];
  readonly madeAtMs: number;
  /** What was found against the rules of a revision or folder of this name. */
  readonly comparison?: { readonly against: string; readonly difference: ResultDifference };
}

/** So many incidents are in the page, each with at most three activities of 2 KB: it stays under a few megabytes. */
export const MAX_INCIDENTS = 600;

const MAX_RULES = 300;
const MAX_PROBLEMS = 20;
const MAX_TEXT = 400;
const DAY_MS = 86_400_000;

/** What of a backtest a report shows: bounded, whatever the archive held. */
export function reportData({ result, expectations, madeAtMs, comparison }: ReportInput): ReportData {
  const { firstMs, lastMs, files, records, bytes, unreadable, withoutTime } = result;
  const matched = result.rules
    .filter(({ matches }) => matches > 0)
    .sort((a, b) => b.incidents.length - a.incidents.length || b.matches - a.matches);
  const shown = matched.slice(0, MAX_RULES);
  const shares = fairShares(
    shown.map(({ incidents }) => incidents.length),
    MAX_INCIDENTS,
  );
  const incidents = shown.flatMap((rule, place) =>
    shownOf(rule.incidents, shares[place] ?? 0).map((incident): ReportIncident => ({ ...incident, rule: place })),
  );
  const costs = costsOf(result);
  const data: ReportData = {
    madeAt: new Date(madeAtMs).toISOString(),
    archive: { files, records, bytes, unreadable, withoutTime },
    ...(firstMs !== undefined && lastMs !== undefined && { span: { firstMs, lastMs } }),
    problems: result.problems.slice(0, MAX_PROBLEMS),
    problemCount: result.problems.length,
    rules: shown.map((rule) => reportRule(rule, expectations)),
    quietRules: result.rules.length - matched.length,
    incidentCount: matched.reduce((sum, rule) => sum + rule.incidents.length, 0),
    incidents: incidents.sort((a, b) => a.openedMs - b.openedMs),
    ...(costs !== undefined && { costs }),
    ...(comparison !== undefined && { difference: reportDifference(comparison.difference, comparison.against) }),
  };
  // Every string is a string afterwards, which mapStrings cannot say.
  return mapStrings(data, (text) => plainText(text, MAX_TEXT)) as ReportData;
}

/** Those of which something is told first, where there are enough. */
function shownOf(incidents: readonly BacktestIncident[], count: number): readonly BacktestIncident[] {
  const told = incidents.filter(({ reason }) => reason !== '');
  return evenSample(told.length >= count ? told : incidents, count);
}

function reportRule(rule: RuleResult, expectations: readonly JudgedExpectation[]): ReportRule {
  const { name, title, severity, matches, incidents, longestMs, actors } = rule;
  const judged = expectations.find((expectation) => expectation.rule === name);
  return {
    ...{ name, title, severity, matches, incidentCount: incidents.length, longestMs, actors },
    histogram: histogramOf(rule),
    ...(judged !== undefined && {
      expectation: { expected: judged.expected, most: judged.most, isMet: judged.isMet },
    }),
  };
}

/** Undefined where the archive covers less than a day: what a month would hold cannot be told from that. */
function costsOf(result: BacktestResult): ReportCosts | undefined {
  const days = ((result.lastMs ?? 0) - (result.firstMs ?? 0)) / DAY_MS;
  if (days < 1) return undefined;
  const sum = (of: (rule: RuleResult) => number) => result.rules.reduce((all, rule) => all + of(rule), 0);
  const recordsPerDay = result.records / days;
  const estimate = estimateCosts({
    recordsPerDay,
    accounts: 1,
    rules: result.rules.length,
    passedShare: PASSED_SHARE,
    matchesPerDay: sum(({ matches }) => matches) / days,
    incidentsPerDay: sum(({ incidents }) => incidents.length) / days,
  });
  return {
    recordsPerDay,
    parts: COST_PARTS.map(([part, what]) => ({ what, dollarsPerMonth: total(estimate[part]) })),
  };
}

/** As `trailbell cost` takes it unless told otherwise. */
const PASSED_SHARE = 0.3;

const COST_PARTS = [
  ['logs', 'The log group, which Trailbell and metric filters both need'],
  ['trailbell', 'Trailbell'],
  ['metricFilters', 'The same rules as metric filters, metrics and alarms, in one account'],
] as const satisfies readonly (readonly [keyof CostEstimate, string])[];
