import type { Interval } from './alarm-intervals.ts';
import type { Sample } from './sample.ts';
import type { Severity } from '../rule/rule.ts';
import type { AlarmState } from './settings.ts';

/** Which alarm: a rule, and the values of its `groupBy` fields. */
export interface AlarmIdentity {
  readonly rule: string;
  readonly group: readonly string[];
}

/** A state of which PagerDuty is told. INSUFFICIENT_DATA never is: PagerDuty would not resolve on it. */
export type ToldState = 'OK' | 'ALARM';

/** What the page is about, kept from the ALARM to its OK. Plain data, bounded. */
export interface Episode {
  /** The name that the incident was opened under: the OK must carry the same, whatever the rule is called by then. */
  readonly alarmName: string;
  readonly severity: Severity;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** The first activities of the episode in short form, as the matcher described them. */
  readonly examples: readonly unknown[];
}

/** A message that is owed to PagerDuty. There is at most one: `told` follows `state`. */
export interface OwedNotification {
  /** Grows by one with each notification of the alarm; removal names it, so that a retried removal removes nothing else. */
  readonly number: number;
  readonly state: ToldState;
  readonly previousState: AlarmState;
  readonly reason: string;
  readonly changedAtMs: number;
  readonly episode: Episode;
}

/** The last thing PagerDuty was told. */
export interface Told {
  readonly number: number;
  readonly state: ToldState;
  readonly sentAtMs: number;
  /** Present while the incident is open: what its OK will carry. */
  readonly episode?: Episode;
}

/** Who is sending the owed notification, until when nobody else may. */
export interface Lease {
  readonly number: number;
  readonly untilMs: number;
}

/** All that settling decides. It is written as one, on condition that the alarm has not changed since it was read. */
export interface Standing {
  readonly state: AlarmState;
  readonly stateSinceMs: number;
  readonly owed?: OwedNotification;
  readonly told?: Told;
  readonly lease?: Lease;
  /** The stretches of ALARM that people have been told of, so that a late sample can join one in place of ringing again. */
  readonly toldIntervals: readonly Interval[];
  /** When the alarm must be looked at again; absent where nothing can change and nothing is owed. */
  readonly dueMs?: number;
  /** When the alarm may be forgotten; absent while it is due. */
  readonly expiresAtMs?: number;
}

/** One alarm, as the store keeps it: what was recorded, and what was decided. */
export interface Alarm {
  readonly identity: AlarmIdentity;
  /** Grows with every write. */
  readonly rev: number;
  /** The deploy time (epoch ms) of the newest rules that have settled the alarm; older code leaves it alone. */
  readonly rulesVersion: number;
  readonly samples: readonly Sample[];
  /** The first activities recorded since the last OK was decided. */
  readonly examples: readonly unknown[];
  /** Absent until the alarm is settled for the first time. */
  readonly standing?: Standing;
}
