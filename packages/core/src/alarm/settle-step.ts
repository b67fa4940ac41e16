import type { Severity } from '../rule/rule.ts';
import { alarmIntervals, initialState, nextChange, stateAt, type Interval } from './alarm-intervals.ts';
import type { Alarm, Episode, OwedNotification, Standing, Told, ToldState } from './alarm.ts';
import {
  datapointsAt,
  foldByMinute,
  isJudgedOnArrival,
  windowMinutes,
  type Datapoint,
  type Metric,
  type SamplesByMinute,
} from './datapoints.ts';
import { MINUTE_MS, minuteOf } from './minute.ts';
import { distinctSamples, type Sample } from './sample.ts';
import type { AlarmSettings, AlarmState } from './settings.ts';

/** How late a log event may come and still be counted in the minute that it belongs to. */
export const LATENESS_MINUTES = 6 * 60;

/** How long a sender has the slot to itself. It outlives the deadline of a publish, so that two senders never overlap. */
export const LEASE_MS = 30_000;

/** How long a quiet alarm is kept beyond the time in which a late sample could still touch it. */
const KEEP_QUIET_MS = 60 * MINUTE_MS;

/** What settling needs to know of the rule, as it is now. */
export interface AlarmRule {
  readonly metric: Metric;
  readonly alarmName: string;
  readonly severity: Severity;
  /** The words for a state and the datapoints that led to it. */
  readonly stateReason: (input: {
    settings: AlarmSettings;
    datapoints: readonly Datapoint[];
    state: AlarmState;
  }) => string;
}

/** What to write, and what to send once it is written. */
export interface SettleStep {
  readonly standing: Standing;
  /** Minutes that take no more samples and are dropped with the write. */
  readonly closedMinutes: readonly number[];
  /** True where the episode is over: the next match begins a new one, with examples of its own. */
  readonly dropsExamples: boolean;
  readonly send?: OwedNotification;
}

/**
 * Decides what becomes of an alarm as of a moment. Pure: the same alarm at the same moment always gives the same step.
 *
 * `told` follows `state` through one slot: an owed ALARM is never replaced, an owed OK gives way to a new ALARM, and OK is
 * owed only where ALARM was told. Late samples are judged in the windows that they belong to: where those touch a stretch of
 * ALARM that was told already they join it, otherwise an ALARM is owed and, the state being OK, an OK after it.
 */
export function settleStep(alarm: Alarm, rule: AlarmRule, nowMs: number): SettleStep {
  const { metric } = rule;
  const before = alarm.standing ?? { state: initialState(metric), stateSinceMs: nowMs, toldIntervals: [] };
  const nowMinute = minuteOf(nowMs);
  const openFrom = nowMinute - LATENESS_MINUTES - windowMinutes(metric.settings);
  const samples = distinctSamples(alarm.samples);
  const minutes = foldByMinute(samples.filter(({ minute }) => minute >= openFrom));

  const intervals = alarmIntervals(metric, minutes, nowMinute);
  const state = stateNow(metric, minutes, nowMinute, before.state, intervals);
  const { toldIntervals, untold } = joinTold(before.toldIntervals, intervals, openFrom);
  const late = initialState(metric) === 'ALARM' ? undefined : untold.find(({ toMinute }) => toMinute < nowMinute);

  const toldState = before.told?.state ?? 'OK';
  const wanted: ToldState = state === 'ALARM' || (late !== undefined && toldState === 'OK') ? 'ALARM' : 'OK';
  const isOwedAlready = before.owed !== undefined && (before.owed.state === 'ALARM' || wanted === 'OK');
  const judgedMinute = state === 'ALARM' || late === undefined ? nowMinute : late.toMinute;
  const owed = isOwedAlready
    ? before.owed
    : wanted === toldState && before.owed === undefined
      ? undefined
      : owe(alarm, before, rule, { wanted, state, samples, minutes, judgedMinute, nowMs, intervals: toldIntervals });

  const isLeased = owed !== undefined && before.lease !== undefined && before.lease.untilMs > nowMs;
  const lease =
    owed === undefined ? undefined : isLeased ? before.lease : { number: owed.number, untilMs: nowMs + LEASE_MS };
  const changesAt = nextChange(metric, minutes, nowMinute, state);
  const dueMs = lease?.untilMs ?? (changesAt === undefined ? undefined : changesAt * MINUTE_MS);

  return {
    standing: {
      state,
      stateSinceMs: state === before.state ? before.stateSinceMs : nowMs,
      ...(owed === undefined ? {} : { owed }),
      ...(before.told === undefined ? {} : { told: before.told }),
      ...(lease === undefined ? {} : { lease }),
      toldIntervals,
      ...(dueMs === undefined
        ? { expiresAtMs: before.expiresAtMs ?? (nowMinute - openFrom) * MINUTE_MS + nowMs + KEEP_QUIET_MS }
        : { dueMs }),
    },
    closedMinutes: [...new Set(alarm.samples.map(({ minute }) => minute))].filter((minute) => minute < openFrom),
    dropsExamples: owed?.state === 'OK' && owed !== before.owed,
    ...(owed === undefined || isLeased ? {} : { send: owed }),
  };
}

/** What the alarm stands at once `sent` has gone out: it is told, and the slot is free again. */
export function toldBy(sent: OwedNotification, sentAtMs: number): Told {
  return {
    number: sent.number,
    state: sent.state,
    sentAtMs,
    ...(sent.state === 'ALARM' ? { episode: sent.episode } : {}),
  };
}

function stateNow(
  metric: Metric,
  minutes: SamplesByMinute,
  nowMinute: number,
  previous: AlarmState,
  intervals: readonly Interval[],
): AlarmState {
  if (intervals.at(-1)?.toMinute === nowMinute) return 'ALARM';
  // `ignore` keeps the state before: as long as samples are at hand, the one that they lead to, not one that a late sample undid.
  const kept = previous === 'ALARM' && minutes.size > 0 ? initialState(metric) : previous;
  return stateAt(metric, minutes, nowMinute, kept);
}

/** Grows the told stretches by what now touches them, forgets those no sample can touch, and lists what nobody was told of. */
function joinTold(
  told: readonly Interval[],
  intervals: readonly Interval[],
  openFrom: number,
): { toldIntervals: readonly Interval[]; untold: readonly Interval[] } {
  const untold = intervals.filter((interval) => !told.some((known) => touches(known, interval)));
  const grown = [...told, ...intervals]
    .filter(({ toMinute }) => toMinute >= openFrom)
    .sort((a, b) => a.fromMinute - b.fromMinute)
    .reduce<Interval[]>((joined, next) => {
      const last = joined.at(-1);
      if (last === undefined || !touches(last, next)) return [...joined, next];
      const toMinute = Math.max(last.toMinute, next.toMinute);
      return [...joined.slice(0, -1), { fromMinute: last.fromMinute, toMinute }];
    }, []);
  return { toldIntervals: grown, untold };
}

function touches(a: Interval, b: Interval): boolean {
  return a.fromMinute <= b.toMinute + 1 && b.fromMinute <= a.toMinute + 1;
}

interface Occasion {
  readonly wanted: ToldState;
  readonly state: AlarmState;
  readonly samples: readonly Sample[];
  readonly minutes: SamplesByMinute;
  readonly judgedMinute: number;
  readonly nowMs: number;
  readonly intervals: readonly Interval[];
}

function owe(alarm: Alarm, before: Standing, rule: AlarmRule, occasion: Occasion): OwedNotification {
  const { told, owed, state: previousState } = before;
  const { settings } = rule.metric;
  const { wanted, nowMs, judgedMinute } = occasion;
  const datapoints = datapointsAt(rule.metric, occasion.minutes, judgedMinute).toReversed();
  return {
    number: Math.max(told?.number ?? 0, owed?.number ?? 0) + 1,
    state: wanted,
    previousState: wanted === 'OK' ? 'ALARM' : previousState === 'ALARM' ? 'OK' : previousState,
    reason: rule.stateReason({ settings, datapoints, state: wanted === 'ALARM' ? 'ALARM' : occasion.state }),
    changedAtMs: nowMs,
    episode: episodeOf(alarm, rule, occasion),
  };
}

/** The facts of the episode that the notification is about. An OK keeps the name and severity that its ALARM was told with. */
function episodeOf(alarm: Alarm, rule: AlarmRule, occasion: Occasion): Episode {
  const reachBack = windowMinutes(rule.metric.settings) - (isJudgedOnArrival(rule.metric) ? 1 : 0);
  const episode = occasion.intervals.findLast(({ fromMinute }) => fromMinute <= occasion.judgedMinute);
  const from = (episode?.fromMinute ?? occasion.judgedMinute) - reachBack;
  const counted = occasion.samples.filter(
    ({ minute }) => minute >= from && minute <= Math.max(occasion.judgedMinute, episode?.toMinute ?? 0),
  );
  const opened = occasion.wanted === 'OK' ? alarm.standing?.told?.episode : undefined;
  const sampledMinutes = counted.map(({ minute }) => minute);
  return {
    alarmName: opened?.alarmName ?? rule.alarmName,
    severity: opened?.severity ?? rule.severity,
    count: counted.length,
    firstMs: Math.min(...sampledMinutes, occasion.judgedMinute) * MINUTE_MS,
    lastMs: Math.max(...sampledMinutes, from) * MINUTE_MS,
    examples: alarm.examples.length > 0 ? alarm.examples : (opened?.examples ?? []),
  };
}
