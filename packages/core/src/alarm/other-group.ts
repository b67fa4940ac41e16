import { MINUTE_MS } from './minute.ts';
import type { AlarmIdentity } from './alarm.ts';

/** The group of those that are past a rule's limit for the day: they share one alarm, `rule (other)`. */
export function otherGroup({ rule }: AlarmIdentity): AlarmIdentity {
  return { rule, group: ['other'] };
}

export function isOtherGroup({ group }: AlarmIdentity): boolean {
  return group.length === 1 && group[0] === 'other';
}

/** The day, in UTC, that a minute counts towards: `2026-03-11`. */
export function dayOf(minute: number): string {
  return new Date(minute * MINUTE_MS).toISOString().slice(0, 10);
}
