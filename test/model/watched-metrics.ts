import type { AlarmSettings, Metric } from '@trailbell/core/alarm';

/** A metric of the model, with what the rules say of it, so that the oracle need not ask the code that it judges. */
export interface WatchedMetric extends Metric {
  readonly name: string;
  /** Whether the newest minute counts while it is open: only where further samples can only bring the alarm closer. */
  readonly judged: 'on arrival' | 'when closed';
  /** What rings it: events, or that none come. */
  readonly ringsOn: 'events' | 'silence';
}

function watched(
  name: string,
  judged: WatchedMetric['judged'],
  settings: Partial<AlarmSettings>,
  rest: Partial<Pick<Metric, 'constantValue' | 'defaultValue'>> = { constantValue: 1 },
): WatchedMetric {
  return {
    name,
    judged,
    ringsOn: settings.treatMissingData === 'breaching' ? 'silence' : 'events',
    settings: {
      statistic: 'Sum',
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
      ...settings,
    },
    constantValue: undefined,
    defaultValue: undefined,
    ...rest,
  };
}

/** Windows of at most 45 minutes. */
export const WATCHED_METRICS: readonly WatchedMetric[] = [
  watched('one use in five minutes', 'on arrival', {}),
  watched('two uses in five minutes', 'on arrival', { threshold: 2 }),
  watched('three in a quarter of an hour', 'on arrival', { statistic: 'SampleCount', period: 900, threshold: 3 }),
  watched('more than one in a minute', 'on arrival', {
    period: 60,
    threshold: 1,
    comparisonOperator: 'GreaterThanThreshold',
  }),
  watched('the greatest value of ten minutes', 'on arrival', { statistic: 'Maximum', period: 600, threshold: 3 }, {}),
  watched('two of three minutes', 'on arrival', { period: 60, evaluationPeriods: 3, datapointsToAlarm: 2 }),
  watched('three of three periods', 'on arrival', { period: 300, evaluationPeriods: 3 }),
  watched('one of three quarters of an hour', 'on arrival', {
    period: 900,
    evaluationPeriods: 3,
    datapointsToAlarm: 1,
    threshold: 2,
  }),
  watched('the sum of values', 'when closed', { period: 120, threshold: 5 }, {}),
  watched('the average of values', 'when closed', { statistic: 'Average', threshold: 2.5 }, {}),
  watched('one use, missing data missing', 'on arrival', { treatMissingData: 'missing' }),
  watched('two of two minutes, missing data missing', 'when closed', {
    period: 60,
    evaluationPeriods: 2,
    treatMissingData: 'missing',
  }),
  watched(
    'one use, silence filled with zero',
    'on arrival',
    { treatMissingData: 'missing' },
    { constantValue: 1, defaultValue: 0 },
  ),
];

/** Alarms that keep their state through silence: ALARM ends only with a datapoint that does not breach. */
export const KEPT_METRICS: readonly WatchedMetric[] = [
  watched('two uses, missing data ignored', 'on arrival', { treatMissingData: 'ignore', threshold: 2 }),
  watched(
    'one of two minutes of high values, missing data ignored',
    'when closed',
    {
      statistic: 'Maximum',
      period: 60,
      evaluationPeriods: 2,
      datapointsToAlarm: 1,
      threshold: 3,
      treatMissingData: 'ignore',
    },
    {},
  ),
  watched(
    'two of two minutes of high values, missing data ignored',
    'when closed',
    { statistic: 'Maximum', period: 60, evaluationPeriods: 2, threshold: 3, treatMissingData: 'ignore' },
    {},
  ),
];

/** Alarms that ring when nothing comes. */
export const SILENT_METRICS: readonly WatchedMetric[] = [
  watched('nothing in five minutes', 'when closed', {
    comparisonOperator: 'LessThanThreshold',
    treatMissingData: 'breaching',
  }),
  watched('fewer than two in two of three minutes', 'when closed', {
    period: 60,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    threshold: 2,
    comparisonOperator: 'LessThanThreshold',
    treatMissingData: 'breaching',
  }),
];

export const METRICS: readonly WatchedMetric[] = [...WATCHED_METRICS, ...KEPT_METRICS, ...SILENT_METRICS];
