import { initialState, nextChange, replay, type Interval, type Opening } from './alarm-intervals.ts';
import type { Alarm, Standing } from './alarm.ts';
import { foldByMinute, rangePeriods, windowMinutes, type Metric, type SamplesByMinute } from './datapoints.ts';
import { MINUTE_MS, minuteOf } from './minute.ts';
import { firstMinuteInBudget } from './sample-budget.ts';
import { distinctSamples, type Sample } from './sample.ts';
import type { AlarmState } from './settings.ts';
import { joinIntervals, untoldIntervals } from './told-intervals.ts';

/** How late a log event may come and still be counted in the minute that it belongs to. */
export const LATENESS_MINUTES = 6 * 60;

/** An alarm that is on, or that silence trips, is looked at this often at least: its rule may be gone. */
const WATCH_MS = 60 * MINUTE_MS;

/** What the samples of an alarm say as of a moment. */
export interface Judgement {
  readonly state: AlarmState;
  /** Each event once, in the minutes that are open. */
  readonly samples: readonly Sample[];
  readonly minutes: SamplesByMinute;
  /** Stretches of ALARM that are over and of which nobody was told, in order: they ring together, once nothing else does. */
  readonly late: readonly Interval[];
  /** The other stretches: those that were told, with what has come to touch them, and the present one. */
  readonly toldIntervals: readonly Interval[];
  readonly closedBeforeMinute: number;
  readonly opening: Opening | undefined;
  /** When the state may change if no further sample comes. */
  readonly changesAtMs: number | undefined;
}

/** True for an alarm that rings because nothing happens: no sample wakes it, and it is never forgotten. */
export function tripsOnSilence(metric: Metric): boolean {
  return initialState(metric) === 'ALARM';
}

/** The settings that an alarm is judged by, as text that changes when they do. */
export function metricText({ settings, constantValue, defaultValue }: Metric): string {
  const { statistic, period, evaluationPeriods, datapointsToAlarm, threshold, comparisonOperator } = settings;
  const named = [statistic, comparisonOperator, settings.treatMissingData];
  const numbers = [period, evaluationPeriods, datapointsToAlarm, threshold, rangePeriods(settings)];
  return [...named, ...numbers, constantValue, defaultValue].join(' ');
}

/** Judges an alarm by its samples alone: their order of arrival, and how often each came, make no difference. */
export function judgeAlarm(alarm: Alarm, metric: Metric, before: Standing, nowMs: number): Judgement {
  const nowMinute = minuteOf(nowMs);
  const window = windowMinutes(metric.settings);
  const openFrom = nowMinute - LATENESS_MINUTES - window;
  const notYetClosed = alarm.samples.filter(({ minute }) => minute >= Math.max(before.closedBeforeMinute, openFrom));
  const closedBeforeMinute = Math.max(before.closedBeforeMinute, openFrom, firstMinuteInBudget(notYetClosed));
  // Closed minutes go first: a copy of an event that lies in one must not take the event out of the minute that is open.
  const samples = distinctSamples(notYetClosed.filter(({ minute }) => minute >= closedBeforeMinute));
  const minutes = foldByMinute(samples);
  const opening = openingOf(metric, before, alarm.samples, nowMinute - LATENESS_MINUTES - 1);

  const learningUntil = learnsUntil(metric, before, nowMinute);
  if (nowMinute < learningUntil) {
    return {
      state: 'INSUFFICIENT_DATA',
      samples,
      minutes,
      late: [],
      toldIntervals: before.toldIntervals,
      closedBeforeMinute,
      opening,
      changesAtMs: learningUntil * MINUTE_MS,
    };
  }

  const { intervals, state } = replay(metric, minutes, nowMinute, opening);
  const changesAt = nextChange(metric, minutes, nowMinute, state);
  const keepsWatch = tripsOnSilence(metric) || state === 'ALARM';
  const isReconfigured = before.metric !== undefined && before.metric !== metricText(metric);
  // Changed settings judge what comes, not what was: CloudWatch does not look back either.
  const looksBack = !tripsOnSilence(metric) && !isReconfigured;
  const isOver = ({ toMinute }: Interval) => toMinute < nowMinute;
  const late = looksBack ? untoldIntervals(before.toldIntervals, intervals).filter(isOver) : [];
  const others = intervals.filter((interval) => !late.includes(interval));
  return {
    state,
    samples,
    minutes,
    late,
    toldIntervals: joinIntervals(before.toldIntervals, others, openFrom),
    closedBeforeMinute,
    opening,
    changesAtMs: changesAt === undefined ? (keepsWatch ? nowMs + WATCH_MS : undefined) : changesAt * MINUTE_MS,
  };
}

/**
 * From which minute on an alarm that silence trips has seen a window, and may say that nothing came: its first one, or that after
 * its rule was another one, or none.
 */
function learnsUntil(metric: Metric, before: Standing, nowMinute: number): number {
  if (!tripsOnSilence(metric)) return -Infinity;
  const window = windowMinutes(metric.settings);
  if (before.state === 'INSUFFICIENT_DATA') return minuteOf(before.stateSinceMs) + window;
  return before.state === 'OK' && before.metric !== metricText(metric) ? nowMinute + window : -Infinity;
}

/**
 * Only `ignore` keeps the state before: for it the state is carried over the minutes that no late sample can change any more, while
 * all samples that act on them are still at hand.
 */
function openingOf(
  metric: Metric,
  before: Standing,
  samples: readonly Sample[],
  lastSettledMinute: number,
): Opening | undefined {
  if (metric.settings.treatMissingData !== 'ignore') return undefined;
  const known = before.opening;
  if (known !== undefined && known.minute >= lastSettledMinute) return known;
  const held = samples.filter(({ minute }) => minute >= before.closedBeforeMinute);
  const { state } = replay(metric, foldByMinute(distinctSamples(held)), lastSettledMinute, known);
  return { minute: lastSettledMinute, state };
}
