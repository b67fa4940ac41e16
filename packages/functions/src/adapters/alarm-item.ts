import type {
  Alarm,
  AlarmState,
  Examples,
  Interval,
  Lease,
  Opening,
  OwedNotification,
  Standing,
  Told,
  ToldState,
} from '@trailbell/core/alarm';
import { decodeSamples } from './sample-codec.ts';

/**
 * One alarm as an item of the table. Short names, because DynamoDB charges a write by the item's size; what only code reads is
 * JSON text, what conditions name is an attribute of its own. Items are read by later versions: a name here is for ever.
 *
 * | attribute | holds |
 * | --- | --- |
 * | alarm | the key: the rule, and a hash of the group values |
 * | rule, group | the identity in full |
 * | rev | grows with each write |
 * | version | deploy time of the newest rules that settled it |
 * | m29312345 | the samples of that minute, a binary set |
 * | x29312345 | the first activities of that minute |
 * | uncounted | how many matches came to full minutes, as far as is known |
 * | state, since, asOf | the state, when it began, and as of when it was decided |
 * | owed, told, lease | the slot: what is to be told, what was told, who is telling; each with its number |
 * | withheld | since when a silence holds an ALARM back |
 * | actors | whom the pages of the incident have named, as short hashes |
 * | metric | the settings that it was decided by |
 * | handed | until when a message of each state may have been handed to SNS |
 * | intervals | stretches of ALARM that were told, from and to by turns |
 * | closed | minutes before this one take no more samples |
 * | opening | a minute and its state, from which the evaluation goes on, where that matters |
 * | shard, due | the sparse index of what must be looked at |
 * | expiresAt | when TTL may take the item |
 */
export interface StandingAttributes {
  readonly state: AlarmState;
  readonly since: number;
  readonly asOf: number;
  readonly owed?: { readonly number: number; readonly body: string };
  readonly told?: { readonly number: number; readonly at: number; readonly body: string };
  readonly lease?: Lease;
  readonly withheld?: number;
  readonly actors?: readonly string[];
  readonly metric?: string;
  readonly handed: Readonly<Partial<Record<ToldState, number>>>;
  readonly intervals: readonly number[];
  readonly closed: number;
  readonly opening?: Opening;
}

export function encodeStanding(standing: Standing): StandingAttributes {
  const { owed, told, lease } = standing;
  return {
    state: standing.state,
    since: standing.stateSinceMs,
    asOf: standing.asOfMs,
    ...(owed && { owed: { number: owed.number, body: JSON.stringify(owed) } }),
    ...(told && { told: encodeTold(told) }),
    ...(lease && { lease }),
    ...(standing.withheldSinceMs !== undefined && { withheld: standing.withheldSinceMs }),
    ...(standing.toldActors && { actors: standing.toldActors }),
    ...(standing.metric !== undefined && { metric: standing.metric }),
    handed: standing.handedOverMs,
    intervals: standing.toldIntervals.flatMap(({ fromMinute, toMinute }) => [fromMinute, toMinute]),
    closed: standing.closedBeforeMinute,
    ...(standing.opening && { opening: standing.opening }),
  };
}

export function encodeTold({ notification, sentAtMs }: Told): NonNullable<StandingAttributes['told']> {
  return { number: notification.number, at: sentAtMs, body: JSON.stringify(notification) };
}

/** The attribute that holds the examples of a minute. */
export function examplesAttribute(minute: number): string {
  return `x${minute}`;
}

/** Reads what this file, or that of an earlier version, wrote. Throws where the item is not an alarm's at all. */
export function decodeAlarm(item: Readonly<Record<string, unknown>>): Alarm {
  const { rule, group, rev, version, uncounted } = item;
  if (typeof rule !== 'string' || !Array.isArray(group) || typeof rev !== 'number') {
    throw new TypeError(`not an alarm: the item ${JSON.stringify(item.alarm)} has no rule, group or rev`);
  }
  const standing = decodeStanding(item);
  return {
    identity: { rule, group: group.map(String) },
    rev,
    rulesVersion: typeof version === 'number' ? version : 0,
    samples: decodeSamples(item),
    uncounted: typeof uncounted === 'number' ? uncounted : 0,
    examples: decodeExamples(item),
    ...(standing && { standing }),
  };
}

function decodeExamples(item: Readonly<Record<string, unknown>>): readonly Examples[] {
  return Object.entries(item).flatMap(([name, text]) => {
    const minute = Number(name.slice(1));
    if (!name.startsWith('x') || !Number.isInteger(minute) || typeof text !== 'string') return [];
    return [{ minute, activities: JSON.parse(text) as readonly unknown[] }];
  });
}

function decodeStanding(
  item: Partial<StandingAttributes> & { readonly due?: number; readonly expiresAt?: number },
): Standing | undefined {
  if (item.state === undefined) return undefined;
  return {
    state: item.state,
    stateSinceMs: item.since ?? 0,
    asOfMs: item.asOf ?? 0,
    ...(item.owed && { owed: JSON.parse(item.owed.body) as OwedNotification }),
    ...(item.told && {
      told: { notification: JSON.parse(item.told.body) as OwedNotification, sentAtMs: item.told.at },
    }),
    ...(item.lease && { lease: item.lease }),
    ...(item.withheld !== undefined && { withheldSinceMs: item.withheld }),
    ...(item.actors && { toldActors: item.actors }),
    ...(item.metric !== undefined && { metric: item.metric }),
    handedOverMs: item.handed ?? {},
    toldIntervals: pairs(item.intervals ?? []),
    closedBeforeMinute: item.closed ?? 0,
    ...(item.opening && { opening: item.opening }),
    ...(item.due !== undefined && { dueMs: item.due }),
    ...(item.expiresAt !== undefined && { expiresAtMs: item.expiresAt * 1000 }),
  };
}

function pairs(flat: readonly number[]): readonly Interval[] {
  const intervals: Interval[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const [fromMinute, toMinute] = [flat[i], flat[i + 1]];
    if (fromMinute !== undefined && toMinute !== undefined) intervals.push({ fromMinute, toMinute });
  }
  return intervals;
}
