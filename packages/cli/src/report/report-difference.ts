import type { BacktestIncident } from '../backtest/backtest-result.ts';
import type { ResultDifference } from '../backtest/compare-results.ts';
import { evenSample } from './even-sample.ts';

/** What another version of the rules would have done otherwise, as a report shows it. */
export interface ReportDifference {
  /** The revision or folder of the other rules, as it was named. */
  readonly against: string;
  readonly newly: ChangedIncidents;
  readonly noLonger: ChangedIncidents;
}

export interface ChangedIncidents {
  readonly count: number;
  /** As many as are shown, evenly over the time, in its order. */
  readonly incidents: readonly BacktestIncident[];
}

/** So many are shown of each side, without what their events said but for the first. */
const MAX_CHANGED = 100;

/** What of a difference a report shows: bounded, however many incidents there are. */
export function reportDifference({ newly, noLonger }: ResultDifference, against: string): ReportDifference {
  return { against, newly: changed(newly), noLonger: changed(noLonger) };
}

function changed(incidents: readonly BacktestIncident[]): ChangedIncidents {
  const shown = evenSample(incidents, MAX_CHANGED);
  return {
    count: incidents.length,
    incidents: shown.map((incident) => ({ ...incident, activities: incident.activities.slice(0, 1) })),
  };
}
