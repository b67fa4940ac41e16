import type { AlarmState, Interval } from '@trailbell/core/alarm';
import type { WatchedMetric } from './watched-metrics.ts';

/** An event as it counts: once, in the earliest minute that it was seen with. */
export interface CountedEvent {
  readonly minute: number;
  readonly value: number;
}

export interface Seen {
  /** In the last minute that was asked for. */
  readonly state: AlarmState;
  /** The stretches of ALARM, in order; the last may still go on. */
  readonly stretches: readonly Interval[];
}

/**
 * What CloudWatch's rules make of a set of events, minute after minute, with nothing remembered but the state of the minute
 * before. Written from the rules alone and as plainly as they can be said: it is what the code is judged by.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function see(metric: WatchedMetric, events: readonly CountedEvent[], untilMinute: number): Seen {
  let state: AlarmState = metric.settings.treatMissingData === 'notBreaching' ? 'OK' : 'INSUFFICIENT_DATA';
  const stretches: { fromMinute: number; toMinute: number }[] = [];
  for (let minute = Math.min(...events.map((event) => event.minute)); minute <= untilMinute; minute++) {
    state = stateIn(metric, events, minute, state);
    if (state !== 'ALARM') continue;
    const last = stretches.at(-1);
    if (last?.toMinute === minute - 1) last.toMinute = minute;
    else stretches.push({ fromMinute: minute, toMinute: minute });
  }
  return { state, stretches };
}

/** The events that the datapoints of `minute` are made of. */
export function inWindow<Event extends { readonly minute: number }>(
  metric: WatchedMetric,
  events: readonly Event[],
  minute: number,
): readonly Event[] {
  const newest = metric.judged === 'on arrival' ? minute : minute - 1;
  const minutes = (metric.settings.period / 60) * metric.settings.evaluationPeriods;
  return events.filter((event) => event.minute <= newest && event.minute > newest - minutes);
}

function stateIn(
  metric: WatchedMetric,
  events: readonly CountedEvent[],
  minute: number,
  before: AlarmState,
): AlarmState {
  const { settings, defaultValue } = metric;
  const N = settings.evaluationPeriods;
  const M = settings.datapointsToAlarm ?? N;
  const newest = metric.judged === 'on arrival' ? minute : minute - 1;
  const periods: number[][] = Array.from({ length: N }, () => []);
  for (const { minute: at, value } of inWindow(metric, events, minute)) {
    periods[Math.floor((newest - at) / (settings.period / 60))]?.push(metric.constantValue ?? value);
  }
  // From the newest period to the oldest: true where it breaches, undefined where it is missing.
  const breaches = periods.map((values) => {
    const value = values.length === 0 ? defaultValue : statistic(metric, values);
    return value === undefined ? undefined : isOver(metric, value);
  });
  const real = breaches.filter((breach) => breach !== undefined).length;
  const breaching = breaches.filter((breach) => breach).length;

  if (breaching >= M) return 'ALARM';
  if (real === N) return 'OK';
  switch (settings.treatMissingData) {
    case 'notBreaching':
      return 'OK';
    case 'breaching':
      return breaching + (N - real) >= M ? 'ALARM' : 'OK';
    case 'ignore':
      return breaching === real ? before : 'OK';
    case 'missing':
      if (breaching < real) return 'OK';
      return breaches.lastIndexOf(true) + 1 >= M ? 'ALARM' : 'INSUFFICIENT_DATA';
  }
}

function statistic({ settings }: WatchedMetric, values: readonly number[]): number {
  const sum = values.reduce((a, b) => a + b, 0);
  switch (settings.statistic) {
    case 'SampleCount':
      return values.length;
    case 'Sum':
      return sum;
    case 'Average':
      return sum / values.length;
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
  }
}

function isOver({ settings: { comparisonOperator, threshold } }: WatchedMetric, value: number): boolean {
  switch (comparisonOperator) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}
