import type { Interval } from './alarm-intervals.ts';
import type { Alarm, Episode, OwedNotification, Standing, ToldState } from './alarm.ts';
import { datapointsAt, isJudgedOnArrival, windowMinutes } from './datapoints.ts';
import { echoDueMs } from './echo.ts';
import { examplesOf, examplesWithin, firstExamples } from './examples.ts';
import type { Judgement } from './judge-alarm.ts';
import { MINUTE_MS, minuteOf } from './minute.ts';
import { newcomersAmong, repeatDueMs } from './renotify.ts';
import type { AlarmRule } from './alarm-rule.ts';

/** Why a notification comes to be owed. */
export interface Occasion {
  readonly wanted: ToldState;
  readonly judgement: Judgement;
  /** The stretch that is over and is told only now. */
  readonly late: Interval | undefined;
  /** The minute whose evaluation is told of: the present one, or the last of a stretch that is over already. */
  readonly judgedMinute: number;
  readonly nowMs: number;
}

/** The notification of a transition. */
export function owe(alarm: Alarm, before: Standing, rule: AlarmRule, occasion: Occasion): OwedNotification {
  const { told, owed, state: previousState } = before;
  const { wanted, judgement, judgedMinute, nowMs } = occasion;
  const { settings } = rule.metric;
  const datapoints = datapointsAt(rule.metric, judgement.minutes, judgedMinute).toReversed();
  return {
    number: Math.max(told?.notification.number ?? 0, owed?.number ?? 0) + 1,
    state: wanted,
    previousState: wanted === 'OK' ? 'ALARM' : previousState === 'ALARM' ? 'OK' : previousState,
    reason: rule.stateReason({ settings, datapoints, state: wanted === 'ALARM' ? 'ALARM' : judgement.state }),
    changedAtMs: nowMs,
    episode: episodeOf(alarm, before, rule, occasion),
  };
}

/**
 * The ALARM that was told last, as it stands now; undefined where there is no reason to tell it again. It is the same change of
 * state, so its time stays.
 */
export function oweAgain(
  alarm: Alarm,
  before: Standing,
  rule: AlarmRule,
  judgement: Judgement,
  nowMs: number,
): OwedNotification | undefined {
  const { renotify } = rule;
  const told = before.told?.notification;
  if (renotify === undefined || told?.state !== 'ALARM' || judgement.state !== 'ALARM') return undefined;
  const occasion: Occasion = { wanted: 'ALARM', judgement, late: undefined, judgedMinute: minuteOf(nowMs), nowMs };
  const { fromMinute, toMinute } = reachOf(rule, occasion);
  const newcomers = newcomersAmong(examplesWithin(alarm, fromMinute, toMinute), renotify, before);
  if (newcomers.length === 0 && nowMs < (repeatDueMs(renotify, before) ?? Infinity)) return undefined;
  const again = owe(alarm, before, rule, occasion);
  const { examples, count } = again.episode;
  return {
    ...again,
    previousState: told.previousState,
    changedAtMs: told.changedAtMs,
    episode: {
      ...again.episode,
      count: Math.max(count, told.episode.count),
      examples: firstExamples([...newcomers, ...examples.filter((example) => !newcomers.includes(example))]),
    },
  };
}

/** The minutes of the samples that a page is about. */
function reachOf({ metric }: AlarmRule, { judgement, judgedMinute, late }: Occasion): Interval {
  const reachBack = windowMinutes(metric.settings) - (isJudgedOnArrival(metric) ? 1 : 0);
  const stretch = late ?? judgement.toldIntervals.findLast(({ fromMinute }) => fromMinute <= judgedMinute);
  return {
    fromMinute: (stretch?.fromMinute ?? judgedMinute) - reachBack,
    toMinute: Math.max(judgedMinute, stretch?.toMinute ?? 0),
  };
}

function episodeOf(alarm: Alarm, before: Standing, rule: AlarmRule, occasion: Occasion): Episode {
  const { judgement, judgedMinute, wanted } = occasion;
  const { fromMinute: from, toMinute: to } = reachOf(rule, occasion);
  const minutes = judgement.samples.map(({ minute }) => minute).filter((minute) => minute >= from && minute <= to);
  // As long as an incident is open, or SNS may open one again, whatever is told must reach it, whatever the rule is called by now.
  const told = before.told?.notification;
  const mayBeOpen = told?.state === 'ALARM' || echoDueMs(before) !== undefined;
  const opened = mayBeOpen ? told?.episode : undefined;
  const examples =
    wanted === 'OK' && opened !== undefined ? opened.examples : examplesToName(alarm, before, occasion, from, to);
  const routes = opened === undefined ? rule.routesOf(examples) : opened.routes;
  return {
    alarmName: opened?.alarmName ?? rule.alarmName,
    title: opened?.title ?? rule.title,
    severity: opened?.severity ?? rule.severity,
    settings: opened?.settings ?? rule.metric.settings,
    count: Math.max(minutes.length, wanted === 'OK' ? (opened?.count ?? 0) : 0),
    isAtLeast: alarm.uncounted > 0,
    firstMs: Math.min(...minutes, judgedMinute) * MINUTE_MS,
    lastMs: Math.max(...minutes, from) * MINUTE_MS,
    examples,
    ...(routes && routes.length > 0 && { routes }),
  };
}

/** Where no example is left, because the window has slid to the middle of what was told, the last page's people are named again. */
function examplesToName(
  alarm: Alarm,
  { told }: Standing,
  { late }: Occasion,
  fromMinute: number,
  toMinute: number,
): readonly unknown[] {
  const inReach = examplesOf(alarm, fromMinute, toMinute);
  if (inReach.length > 0 || late !== undefined) return inReach;
  return told?.notification.episode.examples ?? [];
}
