import { breachesAbove, isBreaching } from './evaluate-alarm.ts';
import type { Metric } from './datapoints.ts';
import type { Sample } from './sample.ts';

/**
 * What the samples of an alarm may take of its item, in bytes. DynamoDB charges a write for the whole item in steps of 1 KB; with
 * the slot and the examples an item stays under 16 KB.
 */
export const SAMPLE_BUDGET_BYTES = 4 * 1024;

const BYTES_PER_SAMPLE = 16;
const BYTES_PER_VALUE = 8;
/** The attribute's name and DynamoDB's overhead for a set. */
const BYTES_PER_MINUTE = 13;

/** More samples than this in all of its window no alarm can require: half of the budget, so that closing the oldest leaves enough. */
export const MAX_SAMPLES_REQUIRED = Math.floor(SAMPLE_BUDGET_BYTES / BYTES_PER_SAMPLE / 2);

/** A minute takes at least this many, so that small counts are exact. */
const MIN_CAP = 32;

/**
 * How many samples an alarm needs before it can ring, as far as the settings tell: for a count or a sum of equal values those of
 * all periods that must breach; one for each such period otherwise.
 */
export function samplesRequired({ settings, constantValue }: Metric): number {
  const {
    statistic,
    threshold,
    comparisonOperator,
    evaluationPeriods,
    datapointsToAlarm = evaluationPeriods,
  } = settings;
  const perSample = statistic === 'SampleCount' ? 1 : statistic === 'Sum' ? constantValue : undefined;
  const isGreater = breachesAbove(comparisonOperator);
  if (!isGreater || perSample === undefined || perSample <= 0) return datapointsToAlarm;
  const needed = Math.max(1, Math.ceil(threshold / perSample));
  const isReached = isBreaching(comparisonOperator, needed * perSample, threshold);
  return datapointsToAlarm * (isReached ? needed : needed + 1);
}

/** How many samples one minute takes: enough to ring on its own. What comes after is not counted, and the page says "at least". */
export function minuteCap(metric: Metric): number {
  return Math.max(MIN_CAP, Math.min(samplesRequired(metric), MAX_SAMPLES_REQUIRED));
}

/** The first minute that may stay open if the samples are to keep to their budget: the oldest are closed first. */
export function firstMinuteInBudget(samples: readonly Sample[]): number {
  const minutes = [...Map.groupBy(samples, ({ minute }) => minute)].sort(([a], [b]) => b - a);
  let bytes = 0;
  let first = -Infinity;
  for (const [minute, inMinute] of minutes) {
    bytes += BYTES_PER_MINUTE;
    for (const { value } of inMinute) bytes += BYTES_PER_SAMPLE + (value === 1 ? 0 : BYTES_PER_VALUE);
    if (bytes > SAMPLE_BUDGET_BYTES) {
      first = minute + 1;
      break;
    }
  }
  return first;
}
