import {
  alarmKey,
  distinctSamples,
  foldByMinute,
  initialState,
  stateAt,
  windowMinutes,
  type AlarmState,
  type Metric,
  type SamplesByMinute,
} from '@trailbell/core/alarm';
import type { MinuteMatches } from '../backtest/minute-matches.ts';

/** What each alarm of a rule has seen: the same whatever its threshold. */
export function samplesOfAlarms(minutes: readonly MinuteMatches[]): readonly SamplesByMinute[] {
  const alarms = Map.groupBy(minutes, ({ identity }) => alarmKey(identity));
  return [...alarms.values()].map((ofAlarm) =>
    foldByMinute(distinctSamples(ofAlarm.flatMap(({ samples }) => samples))),
  );
}

/**
 * How often the alarms of a rule would have gone on. Each minute is judged twice, as the reconciler and the matcher do: at its
 * beginning, when none of its own matches is there, and when they are.
 */
export function incidentCount(metric: Metric, alarms: readonly SamplesByMinute[]): number {
  if (alarms.length === 0) return incidentsOfSilence(metric);
  return alarms.reduce((incidents, samples) => incidents + incidentsOfAlarm(metric, samples), 0);
}

/** What silence trips has rung before its first sample. */
function incidentsOfSilence(metric: Metric): number {
  return initialState(metric) === 'ALARM' ? 1 : 0;
}

function incidentsOfAlarm(metric: Metric, all: SamplesByMinute): number {
  const window = windowMinutes(metric.settings);
  const seen = new Map<number, NonNullable<ReturnType<typeof all.get>>>();
  let state: AlarmState = initialState(metric);
  let incidents = incidentsOfSilence(metric);
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
  if (judgedTo === undefined) return 0;
  // An alarm may wait for the minutes after its last sample: of those that are missing the window has to be told.
  for (let quiet = judgedTo + 1; quiet <= judgedTo + window + 2; quiet++) judge(quiet);
  return incidents;
}
