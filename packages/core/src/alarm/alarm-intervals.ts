import { valuesAt, windowMinutes, type Metric, type SamplesByMinute } from './datapoints.ts';
import { evaluateAlarm } from './evaluate-alarm.ts';
import type { AlarmState } from './settings.ts';

/** A run of minutes, both ends included, in which the evaluation says ALARM. */
export interface Interval {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** The state of an alarm of which nothing has been seen yet. */
export function initialState({ settings }: Metric): AlarmState {
  return evaluateAlarm(settings, [], 'INSUFFICIENT_DATA');
}

/** The state in `minute`, given the state before it. */
export function stateAt(
  metric: Metric,
  minutes: SamplesByMinute,
  minute: number,
  previousState: AlarmState,
): AlarmState {
  return evaluateAlarm(metric.settings, valuesAt(metric, minutes, minute), previousState);
}

/** The state in a minute, from which the following ones go on. */
export interface Opening {
  readonly minute: number;
  readonly state: AlarmState;
}

/** What the samples come to when each minute is evaluated in turn. */
export interface Replay {
  /** Every stretch of ALARM up to and including `nowMinute`, in order. */
  readonly intervals: readonly Interval[];
  /** The state in `nowMinute`. */
  readonly state: AlarmState;
}

/**
 * Evaluates minute after minute, as if each sample had come in time: a function of the set of samples alone, so deliveries that
 * are late, doubled or out of order change nothing.
 *
 * @param opening where to begin, if not with the first sample
 */
export function replay(metric: Metric, minutes: SamplesByMinute, nowMinute: number, opening?: Opening): Replay {
  const startState = opening?.state ?? initialState(metric);
  const intervals: Interval[] = [];
  let state: AlarmState | undefined;
  let open: number | undefined;
  for (const minute of minutesThatMatter(metric, minutes, nowMinute)) {
    if (opening !== undefined && minute <= opening.minute) continue;
    state = stateAt(metric, minutes, minute, state ?? startState);
    if (state === 'ALARM') {
      open ??= minute;
    } else if (open !== undefined) {
      intervals.push({ fromMinute: open, toMinute: minute - 1 });
      open = undefined;
    }
  }
  if (open !== undefined) intervals.push({ fromMinute: open, toMinute: nowMinute });
  return { intervals, state: state ?? stateAt(metric, minutes, nowMinute, startState) };
}

/** The minutes whose window may hold a sample: elsewhere the evaluation sees nothing and its state does not change. */
function* minutesThatMatter(metric: Metric, minutes: SamplesByMinute, nowMinute: number): Iterable<number> {
  let next = -Infinity;
  for (const sampled of [...minutes.keys()].sort((a, b) => a - b)) {
    const last = Math.min(nowMinute, sampled + windowMinutes(metric.settings) + 1);
    for (let minute = Math.max(next, sampled); minute <= last; minute++) yield minute;
    next = Math.max(next, last + 1);
  }
}

/** The first minute after `nowMinute` in which the state changes if no further sample comes, or undefined where it never does. */
export function nextChange(
  metric: Metric,
  minutes: SamplesByMinute,
  nowMinute: number,
  state: AlarmState,
): number | undefined {
  const lastSampled = Math.max(nowMinute, ...minutes.keys());
  const quietFrom = lastSampled + windowMinutes(metric.settings) + 1;
  for (let minute = nowMinute + 1; minute <= quietFrom; minute++) {
    if (stateAt(metric, minutes, minute, state) !== state) return minute;
  }
  return undefined;
}
