import { breachesAbove } from './evaluate-alarm.ts';
import { MINUTE_MS } from './minute.ts';
import type { Sample } from './sample.ts';
import type { AlarmSettings, Statistic } from './settings.ts';

/** What an alarm watches: CloudWatch's settings, and how the rule makes its metric. */
export interface Metric {
  readonly settings: AlarmSettings;
  /** The value of a match where the rule states one; undefined where it is taken from each event. */
  readonly constantValue: number | undefined;
  /** The value of a closed period without samples; undefined where such a period is missing. */
  readonly defaultValue: 0 | undefined;
}

/** One period of the metric. */
export interface Datapoint {
  readonly startMs: number;
  /** Undefined where the period has no samples. */
  readonly value: number | undefined;
}

/** The samples of a minute, folded to what every statistic can be made of. */
interface Fold {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Samples by minute, in the order of the minutes, ready to be read as datapoints of any window. */
export type SamplesByMinute = ReadonlyMap<number, Fold>;

export function foldByMinute(samples: readonly Sample[]): SamplesByMinute {
  const minutes = new Map<number, Fold>();
  for (const { minute, value } of samples.toSorted((a, b) => a.minute - b.minute)) {
    const known = minutes.get(minute);
    const one = { count: 1, sum: value, minimum: value, maximum: value };
    minutes.set(minute, known === undefined ? one : join(known, one));
  }
  return minutes;
}

function join(a: Fold, b: Fold): Fold {
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
  };
}

function statisticOf(statistic: Statistic, fold: Fold): number {
  switch (statistic) {
    case 'SampleCount':
      return fold.count;
    case 'Sum':
      return fold.sum;
    case 'Average':
      return fold.sum / fold.count;
    case 'Minimum':
      return fold.minimum;
    case 'Maximum':
      return fold.maximum;
  }
}

/** How many periods an evaluation looks at. */
export function rangePeriods(settings: AlarmSettings): number {
  return settings.evaluationRange ?? settings.evaluationPeriods;
}

/** How many minutes an evaluation looks at. */
export function windowMinutes(settings: AlarmSettings): number {
  return (rangePeriods(settings) * settings.period) / 60;
}

/**
 * True for an alarm that further samples can only bring closer to ALARM: it may be judged while its newest minute is still
 * open. Every other alarm waits until the minute has closed, lest a half-filled minute ring it.
 */
export function isJudgedOnArrival({ settings, constantValue }: Metric): boolean {
  const grows =
    settings.statistic === 'SampleCount' ||
    settings.statistic === 'Maximum' ||
    (settings.statistic === 'Sum' && constantValue !== undefined && constantValue >= 0);
  const isGreater = breachesAbove(settings.comparisonOperator);
  const approaches = isGreater ? grows : settings.statistic === 'Minimum';
  const missingNeverHelps =
    settings.treatMissingData === 'notBreaching' ||
    (settings.evaluationPeriods === 1 && settings.treatMissingData !== 'breaching');
  return approaches && missingNeverHelps && rangePeriods(settings) === settings.evaluationPeriods;
}

/** The datapoints that an evaluation in `minute` looks at, newest last. */
export function datapointsAt(metric: Metric, minutes: SamplesByMinute, minute: number): readonly Datapoint[] {
  const periodMinutes = metric.settings.period / 60;
  const newest = newestMinute(metric, minute);
  const values = valuesAt(metric, minutes, minute);
  return values.map((value, index) => ({
    startMs: (newest - (values.length - index) * periodMinutes + 1) * MINUTE_MS,
    value: value ?? undefined,
  }));
}

/** Their values alone, null where a period has none. This is what judging an alarm spends its time on. */
export function valuesAt(metric: Metric, minutes: SamplesByMinute, minute: number): readonly (number | null)[] {
  const { settings, defaultValue = null } = metric;
  const periodMinutes = settings.period / 60;
  const count = rangePeriods(settings);
  const oldest = newestMinute(metric, minute) - count * periodMinutes + 1;
  const folds = foldPeriods(minutes, oldest, periodMinutes, count);
  return folds.map((fold) => (fold === undefined ? defaultValue : statisticOf(settings.statistic, fold)));
}

function newestMinute(metric: Metric, minute: number): number {
  return isJudgedOnArrival(metric) ? minute : minute - 1;
}

function foldPeriods(
  minutes: SamplesByMinute,
  oldest: number,
  periodMinutes: number,
  count: number,
): readonly (Fold | undefined)[] {
  const periods = new Array<Fold | undefined>(count).fill(undefined);
  const end = oldest + count * periodMinutes;
  const add = (at: number, fold: Fold) => {
    const period = Math.floor((at - oldest) / periodMinutes);
    const known = periods[period];
    periods[period] = known === undefined ? fold : join(known, fold);
  };
  // Whichever is shorter: the window, or the list of minutes that have samples.
  if (end - oldest <= minutes.size) {
    for (let at = oldest; at < end; at++) {
      const fold = minutes.get(at);
      if (fold !== undefined) add(at, fold);
    }
  } else {
    for (const [at, fold] of minutes) if (at >= oldest && at < end) add(at, fold);
  }
  return periods;
}
