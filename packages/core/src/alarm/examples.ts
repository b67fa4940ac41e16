import { Buffer } from 'node:buffer';
import type { Alarm, Examples, Standing } from './alarm.ts';

/** How many activities a page shows: enough to see what goes on, few enough for the alarm's item to stay small. */
export const MAX_EXAMPLES = 3;

/** What they may take as JSON, in bytes of UTF-8; the first is kept even if it takes more. */
const MAX_EXAMPLES_BYTES = 2048;

/** The first activities, as many as are kept. */
export function firstExamples(activities: readonly unknown[]): readonly unknown[] {
  let bytes = 0;
  return activities.slice(0, MAX_EXAMPLES).filter((activity, index) => {
    bytes += Buffer.byteLength(JSON.stringify(activity));
    return index === 0 || bytes <= MAX_EXAMPLES_BYTES;
  });
}

/**
 * The activities that an ALARM over these minutes tells. Where their examples are spent, because an earlier ALARM told them and
 * the window still holds the same events, it tells what that one did.
 */
export function examplesOf(alarm: Alarm, before: Standing, fromMinute: number, toMinute: number): readonly unknown[] {
  const inReach = alarm.examples
    .filter(({ minute }) => minute >= fromMinute && minute <= toMinute)
    .toSorted((a, b) => a.minute - b.minute);
  if (inReach.length === 0) return (before.owed ?? before.told?.notification)?.episode.examples ?? [];
  return firstExamples(inReach.flatMap(({ activities }) => activities));
}

/**
 * The minutes whose examples need not be kept: those before `fromMinute`, which have left the window, those that keep no samples,
 * and all between the first and the last of the others.
 */
export function spentExamples(
  examples: readonly Examples[],
  fromMinute: number,
  keptMinutes: ReadonlySet<number>,
): readonly number[] {
  const minutes = examples.map(({ minute }) => minute).sort((a, b) => a - b);
  const [first, ...later] = minutes.filter((minute) => minute >= fromMinute && keptMinutes.has(minute));
  const last = later.at(-1);
  return minutes.filter((minute) => minute !== first && minute !== last);
}
