import type { Activity } from './activity.ts';

/** How many of some events came from whom and from where, the most frequent first. */
export interface Tally {
  readonly actors: readonly Count[];
  readonly sourceIps: readonly Count[];
}

export type Count = readonly [name: string, events: number];

/** How many names of each kind are kept: it is stored with an example. */
const MAX_NAMES = 5;
const MAX_NAME_LENGTH = 128;

/** Counts the actors and addresses of these activities, those that were left out of them before included. */
export function tallyOf(activities: readonly Activity[]): Tally {
  return {
    actors: counted(activities.flatMap(({ actor, others }) => [[actor.name, 1] as const, ...(others?.actors ?? [])])),
    sourceIps: counted(
      activities.flatMap(({ sourceIp, others }) => [
        ...(sourceIp === undefined ? [] : [[sourceIp, 1] as const]),
        ...(others?.sourceIps ?? []),
      ]),
    ),
  };
}

/** The first of some activities, the first of all with a tally of those that are left out. */
export function withOthers(activities: readonly Activity[], kept: number): readonly Activity[] {
  const [first, ...rest] = activities.slice(0, kept);
  const others = activities.slice(kept);
  if (first === undefined) return [];
  return [others.length === 0 ? first : { ...first, others: tallyOf(others) }, ...rest];
}

function counted(counts: readonly Count[]): readonly Count[] {
  const sums = new Map<string, number>();
  for (const [name, events] of counts) {
    const short = name.slice(0, MAX_NAME_LENGTH).toWellFormed();
    sums.set(short, (sums.get(short) ?? 0) + events);
  }
  return [...sums].sort(([, left], [, right]) => right - left).slice(0, MAX_NAMES);
}
