import type { Severity } from '../rule/rule.ts';
import type { Interval, Opening } from './alarm-intervals.ts';
import type { Sample } from './sample.ts';
import type { AlarmSettings, AlarmState } from './settings.ts';

/** Which alarm: a rule, and the values of its `groupBy` fields. */
export interface AlarmIdentity {
  readonly rule: string;
  readonly group: readonly string[];
}

/** A state of which PagerDuty is told. INSUFFICIENT_DATA never is: PagerDuty would not resolve on it. */
export type ToldState = 'OK' | 'ALARM';

/**
 * What a page is about. The OK has the name, severity and settings that its ALARM was told with, whatever the rule says by then
 * and even if it is gone: it must reach the incident that was opened.
 */
export interface Episode {
  readonly alarmName: string;
  readonly title: string;
  readonly severity: Severity;
  /** The routes that its ALARM took, and its OK takes; absent where all goes to the one there is. */
  readonly routes?: readonly string[];
  readonly settings: AlarmSettings;
  readonly count: number;
  /** True where matches came that were not counted, because their minute was full. */
  readonly isAtLeast: boolean;
  readonly firstMs: number;
  readonly lastMs: number;
  /** The first activities of the episode, in short form. The OK's are those of its ALARM. */
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

/** The last thing PagerDuty was told: what an echo repeats, and what the next OK is about. */
export interface Told {
  readonly notification: OwedNotification;
  readonly sentAtMs: number;
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
  /** The moment as of which it was decided. An alarm's time never goes back, though the clocks of two processes differ. */
  readonly asOfMs: number;
  readonly owed?: OwedNotification;
  readonly told?: Told;
  readonly lease?: Lease;
  /** The settings that it was decided by; absent where its rule is no longer deployed. */
  readonly metric?: string;
  /** Until when SNS may have been handed a message of each state. */
  readonly handedOverMs: Readonly<Partial<Record<ToldState, number>>>;
  /** The stretches of ALARM that people have been told of, so that a late sample can join one in place of ringing again. */
  readonly toldIntervals: readonly Interval[];
  /** Since when an ALARM is held back by a silence; absent where none is. */
  readonly withheldSinceMs?: number;
  /** Whom the pages of the incident have named, as short hashes; absent where nobody asks. */
  readonly toldActors?: readonly string[];
  /** Minutes before this one are closed: they take no more samples. */
  readonly closedBeforeMinute: number;
  /** Where the evaluation begins, if what came before decides on what comes. */
  readonly opening?: Opening;
  /** When the alarm must be looked at again; absent where nothing can change and nothing is owed. */
  readonly dueMs?: number;
  /** When the alarm may be forgotten; absent while it is due. */
  readonly expiresAtMs?: number;
}

/** What the first activities of a minute were, as the matcher described them: kept until a page has told them or never will. */
export interface Examples {
  readonly minute: number;
  readonly activities: readonly unknown[];
}

/** One alarm, as the store keeps it: what was recorded, and what was decided. */
export interface Alarm {
  readonly identity: AlarmIdentity;
  /** Grows with every write. */
  readonly rev: number;
  /** The deploy time (epoch ms) of the newest rules that have settled the alarm; older code leaves it alone. */
  readonly rulesVersion: number;
  readonly samples: readonly Sample[];
  /** How many matches were not counted since the last OK was decided, as far as is known. */
  readonly uncounted: number;
  readonly examples: readonly Examples[];
  /** Absent until the alarm is settled for the first time. */
  readonly standing?: Standing;
}
