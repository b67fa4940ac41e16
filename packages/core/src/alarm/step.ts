import type { Interval } from './alarm-intervals.ts';
import type { Alarm, OwedNotification, Standing } from './alarm.ts';
import { echoDueMs } from './echo.ts';
import { spentExamples } from './examples.ts';
import { duplicateSamples, type Sample } from './sample.ts';
import type { SilenceInForce } from '../silence/silence-in-force.ts';
import type { AlarmState } from './settings.ts';

/** Within this time a publish has ended one way or the other: every publisher gives up by then. */
export const PUBLISH_DEADLINE_MS = 10_000;

/** How long a sender has the slot to itself. It outlives the deadline of a publish, so that two senders do not overlap. */
export const LEASE_MS = 30_000;

/** What to write, and what to send once it is written. */
export interface SettleStep {
  readonly standing: Standing;
  /** Minutes that take no more samples and are dropped with the write. */
  readonly closedMinutes: readonly number[];
  /** Copies of events that count in an earlier minute: they go, lest they count when that minute is closed. */
  readonly droppedSamples: readonly Sample[];
  /** Minutes whose examples have been told, or never will be. */
  readonly spentExamples: readonly number[];
  /** True where an episode is over, and with it what was not counted of it. */
  readonly resetsUncounted: boolean;
  readonly send?: OwedNotification;
  /** What a silence keeps from being told, where that has just come to be. */
  readonly withheld?: WithheldNotification;
}

/** A notification that nobody gets. */
export interface WithheldNotification {
  readonly notification: OwedNotification;
  readonly silence: SilenceInForce;
}

/** What was decided of an alarm, before the slot, the lease and the times are put around it. */
export interface Decision extends Pick<
  Standing,
  'state' | 'toldIntervals' | 'closedBeforeMinute' | 'withheldSinceMs' | 'toldActors'
> {
  /** What the slot holds from now on. */
  readonly owed: OwedNotification | undefined;
  readonly changesAtMs: number | undefined;
  readonly metric?: string;
  readonly opening?: Standing['opening'] | undefined;
  readonly withheld?: WithheldNotification | undefined;
  /** How long the alarm is kept once it is quiet; undefined where it must not be forgotten. */
  readonly keepsMs: number | undefined;
  /** The minutes whose examples are kept: those of the window, and those of each stretch that is yet to be told. */
  readonly exampleMinutes: { readonly window: Interval; readonly late: readonly Interval[] };
}

/** What an alarm stands at of which nothing was decided yet. */
export function emptyStanding(state: AlarmState, nowMs: number): Standing {
  return {
    state,
    stateSinceMs: nowMs,
    asOfMs: nowMs,
    handedOverMs: {},
    toldIntervals: [],
    closedBeforeMinute: 0,
  };
}

/** The step that a decision comes to: whoever writes it takes the lease with it, unless another sender holds it. */
export function stepOf(alarm: Alarm, before: Standing, nowMs: number, decision: Decision): SettleStep {
  const { state, owed, keepsMs, closedBeforeMinute, toldIntervals } = decision;
  const { told } = before;
  const isLeased = owed !== undefined && before.lease !== undefined && before.lease.untilMs > nowMs;
  const takesLease = owed !== undefined && !isLeased;
  const lease = isLeased ? before.lease : takesLease ? { number: owed.number, untilMs: nowMs + LEASE_MS } : undefined;
  const handedOverMs = takesLease
    ? { ...before.handedOverMs, [owed.state]: nowMs + PUBLISH_DEADLINE_MS }
    : before.handedOverMs;
  const dueMs = lease?.untilMs ?? earliest(decision.changesAtMs, echoDueMs({ ...(told && { told }), handedOverMs }));
  const standing: Standing = {
    state,
    stateSinceMs: state === before.state ? before.stateSinceMs : nowMs,
    asOfMs: nowMs,
    ...(owed && { owed }),
    ...(told && { told }),
    ...(lease && { lease }),
    ...(decision.metric !== undefined && { metric: decision.metric }),
    handedOverMs,
    toldIntervals,
    ...(decision.withheldSinceMs !== undefined && { withheldSinceMs: decision.withheldSinceMs }),
    ...(decision.toldActors && { toldActors: decision.toldActors }),
    closedBeforeMinute,
    ...(decision.opening && { opening: decision.opening }),
    ...(dueMs !== undefined && { dueMs }),
    ...(dueMs === undefined && keepsMs !== undefined && { expiresAtMs: before.expiresAtMs ?? nowMs + keepsMs }),
  };
  const minutes = new Set(alarm.samples.map(({ minute }) => minute));
  const droppedSamples = duplicateSamples(alarm.samples.filter(({ minute }) => minute >= closedBeforeMinute));
  const keptMinutes = new Set(
    alarm.samples.filter((sample) => !droppedSamples.includes(sample)).map(({ minute }) => minute),
  );
  return {
    standing,
    closedMinutes: [...minutes].filter((minute) => minute < closedBeforeMinute),
    droppedSamples,
    spentExamples: spentExamples(alarm, keptMinutes, decision.exampleMinutes.window, decision.exampleMinutes.late),
    resetsUncounted: owed?.state === 'OK' && owed !== before.owed,
    ...(takesLease && { send: owed }),
    ...(decision.withheld && { withheld: decision.withheld }),
  };
}

/** Of the times that are known the first. */
export function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
