import type {
  Alarm,
  AlarmIdentity,
  AlarmState,
  Episode,
  Interval,
  Lease,
  OwedNotification,
  Standing,
  Told,
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
 * | examples | the first activities of the episode |
 * | state, since | the state and when it began |
 * | owed, told, lease | the slot: what is to be told, what was told, who is telling; each with its number |
 * | intervals | stretches of ALARM that were told, from and to by turns |
 * | shard, due | the sparse index of what must be looked at |
 * | expiresAt | when TTL may take the item |
 */
export interface AlarmAttributes {
  readonly state: AlarmState;
  readonly since: number;
  readonly owed?: { readonly number: number; readonly body: string };
  readonly told?: { readonly number: number; readonly state: string; readonly at: number; readonly episode?: string };
  readonly lease?: Lease;
  readonly intervals: readonly number[];
}

export function encodeStanding(standing: Standing): AlarmAttributes {
  const { owed, told, lease } = standing;
  return {
    state: standing.state,
    since: standing.stateSinceMs,
    ...(owed === undefined ? {} : { owed: { number: owed.number, body: JSON.stringify(owed) } }),
    ...(told === undefined ? {} : { told: encodeTold(told) }),
    ...(lease === undefined ? {} : { lease }),
    intervals: standing.toldIntervals.flatMap(({ fromMinute, toMinute }) => [fromMinute, toMinute]),
  };
}

export function encodeTold({ number, state, sentAtMs, episode }: Told): NonNullable<AlarmAttributes['told']> {
  return { number, state, at: sentAtMs, ...(episode === undefined ? {} : { episode: JSON.stringify(episode) }) };
}

/** Reads what this file, or that of an earlier version, wrote. Throws where the item is not an alarm's at all. */
export function decodeAlarm(item: Readonly<Record<string, unknown>>): Alarm {
  const { rule, group, rev, version } = item;
  if (typeof rule !== 'string' || !Array.isArray(group) || typeof rev !== 'number') {
    throw new TypeError(`not an alarm: the item ${JSON.stringify(item.alarm)} has no rule, group or rev`);
  }
  const identity: AlarmIdentity = { rule, group: group.map(String) };
  const standing = decodeStanding(item);
  return {
    identity,
    rev,
    rulesVersion: typeof version === 'number' ? version : 0,
    samples: decodeSamples(item),
    examples: typeof item.examples === 'string' ? (JSON.parse(item.examples) as unknown[]) : [],
    ...(standing === undefined ? {} : { standing }),
  };
}

function decodeStanding(
  item: Partial<AlarmAttributes> & { readonly due?: number; readonly expiresAt?: number },
): Standing | undefined {
  if (item.state === undefined) return undefined;
  return {
    state: item.state,
    stateSinceMs: item.since ?? 0,
    ...(item.owed === undefined ? {} : { owed: JSON.parse(item.owed.body) as OwedNotification }),
    ...(item.told === undefined ? {} : { told: decodeTold(item.told) }),
    ...(item.lease === undefined ? {} : { lease: item.lease }),
    toldIntervals: pairs(item.intervals ?? []),
    ...(item.due === undefined ? {} : { dueMs: item.due }),
    ...(item.expiresAt === undefined ? {} : { expiresAtMs: item.expiresAt * 1000 }),
  };
}

function decodeTold(told: NonNullable<AlarmAttributes['told']>): Told {
  return {
    number: told.number,
    state: told.state === 'ALARM' ? 'ALARM' : 'OK',
    sentAtMs: told.at,
    ...(told.episode === undefined ? {} : { episode: JSON.parse(told.episode) as Episode }),
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
