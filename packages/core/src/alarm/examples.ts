import { Buffer } from 'node:buffer';
import type { Interval } from './alarm-intervals.ts';
import type { Alarm } from './alarm.ts';

/** How many activities a page shows: enough to see what goes on, few enough for the alarm's item to stay small. */
export const MAX_EXAMPLES = 3;

/** What they may take as JSON, in bytes of UTF-8; the first is kept even if it takes more. */
const MAX_EXAMPLES_BYTES = 3072;

/** The first activities, as many as are kept. */
export function firstExamples(activities: readonly unknown[]): readonly unknown[] {
  let bytes = 0;
  return activities.slice(0, MAX_EXAMPLES).filter((activity, index) => {
    bytes += Buffer.byteLength(JSON.stringify(activity));
    return index === 0 || bytes <= MAX_EXAMPLES_BYTES;
  });
}

/** The activities that an ALARM over these minutes tells. */
export function examplesOf(alarm: Alarm, fromMinute: number, toMinute: number): readonly unknown[] {
  return firstExamples(examplesWithin(alarm, fromMinute, toMinute));
}

/** All activities that are kept of these minutes, in the order of their minutes. */
export function examplesWithin({ examples }: Alarm, fromMinute: number, toMinute: number): readonly unknown[] {
  const inReach = examples.filter(({ minute }) => minute >= fromMinute && minute <= toMinute);
  return inReach.toSorted((a, b) => a.minute - b.minute).flatMap(({ activities }) => activities);
}

/** Late stretches whose examples are kept until they are told. A batch seldom brings more than one. */
const MAX_LATE_KEPT = 8;

/**
 * The minutes whose examples need not be kept. Those of the window's first and last minute stay as long as they are in it, and
 * those of the first minute of each stretch that is yet to be told; minutes that keep no samples keep no examples.
 */
export function spentExamples(
  { examples }: Alarm,
  keptMinutes: ReadonlySet<number>,
  window: Interval,
  late: readonly Interval[],
): readonly number[] {
  const minutes = examples.map(({ minute }) => minute).sort((a, b) => a - b);
  const within = ({ fromMinute, toMinute }: Interval) =>
    minutes.filter((minute) => keptMinutes.has(minute) && minute >= fromMinute && minute <= toMinute);
  const inWindow = within(window);
  const kept = new Set([
    inWindow.at(0),
    inWindow.at(-1),
    ...late.slice(0, MAX_LATE_KEPT).map((each) => within(each).at(0)),
  ]);
  return minutes.filter((minute) => !kept.has(minute));
}
