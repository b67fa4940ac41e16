import {
  alarmKey,
  distinctSamples,
  foldByMinute,
  initialState,
  stateAt,
  windowMinutes,
  type AlarmState,
  type Metric,
} from '@trailbell/core/alarm';
import type { MinuteMatches } from '../backtest/minute-matches.ts';

/**
 * How often the alarms of a rule would have gone on. Each minute is judged twice, as the reconciler and the matcher do: at its
 * beginning, when none of its own matches is there, and when they are.
 */
export function incidentCount(metric: Metric, minutes: readonly MinuteMatches[]): number {
  const alarms = Map.groupBy(minutes, ({ identity }) => alarmKey(identity));
  return [...alarms.values()].reduce((incidents, ofAlarm) => incidents + incidentsOfAlarm(metric, ofAlarm), 0);
}

function incidentsOfAlarm(metric: Metric, ofAlarm: readonly MinuteMatches[]): number {
  const all = foldByMinute(distinctSamples(ofAlarm.flatMap(({ samples }) => samples)));
  const window = windowMinutes(metric.settings);
  const seen = new Map<number, NonNullable<ReturnType<typeof all.get>>>();
  let state: AlarmState = initialState(metric);
  let incidents = 0;
  const judge = (minute: number) => {
    const next = stateAt(metric, seen, minute, state);
    if (next === 'ALARM' && state !== 'ALARM') incidents += 1;
    state = next;
  };
  let judgedTo: number | undefined;
  for (const [minute, fold] of all) {
    judgedTo ??= minute - 1;
    // Long after a sample nothing changes any more.
    const quietFrom = Math.min(minute, judgedTo + window + 2);
    for (let quiet = judgedTo + 1; quiet <= quietFrom; quiet++) judge(quiet);
    if (quietFrom < minute) judge(minute);
    for (const old of seen.keys()) if (old < minute - 2 * window - 2) seen.delete(old);
    seen.set(minute, fold);
    judge(minute);
    judgedTo = minute;
  }
  return incidents;
}
