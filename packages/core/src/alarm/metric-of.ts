import type { Metric } from './datapoints.ts';
import type { AlarmSettings } from './settings.ts';

/** What a rule says of its metric, as it is written or compiled: a value that is no number is taken from each event. */
export interface RuleMetric {
  readonly alarm: AlarmSettings;
  readonly metricValue: unknown;
  readonly defaultValue?: 0;
}

/** The metric that the alarms of a rule watch. */
export function metricOf({ alarm, metricValue, defaultValue }: RuleMetric): Metric {
  return {
    settings: alarm,
    constantValue: typeof metricValue === 'number' ? metricValue : undefined,
    defaultValue,
  };
}
