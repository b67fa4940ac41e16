import type { BacktestIncident, BacktestResult } from './backtest-result.ts';

/** What another version of the rules would have done otherwise. */
export interface ResultDifference {
  /** Incidents with no counterpart under the other rules. */
  readonly newly: readonly BacktestIncident[];
  /** Incidents of the other rules with no counterpart under these. */
  readonly noLonger: readonly BacktestIncident[];
}

/** Two incidents are the same where rule and group are, and their times touch. */
export function compareResults(these: BacktestResult, others: BacktestResult): ResultDifference {
  return { newly: without(these, others), noLonger: without(others, these) };
}

function without(some: BacktestResult, others: BacktestResult): readonly BacktestIncident[] {
  const known = Map.groupBy(incidentsOf(others), keyOf);
  return incidentsOf(some)
    .filter((incident) => !(known.get(keyOf(incident)) ?? []).some((other) => touches(incident, other)))
    .sort((a, b) => a.openedMs - b.openedMs);
}

function incidentsOf({ rules }: BacktestResult): readonly BacktestIncident[] {
  return rules.flatMap(({ incidents }) => incidents);
}

function keyOf({ rule, group }: BacktestIncident): string {
  return JSON.stringify([rule, group]);
}

function touches(a: BacktestIncident, b: BacktestIncident): boolean {
  return a.openedMs <= (b.resolvedMs ?? Infinity) && b.openedMs <= (a.resolvedMs ?? Infinity);
}
