import type { InputRecord } from './read-record.ts';

/** A message and the time at which it is replayed. */
export interface TimedRecord {
  readonly message: string;
  readonly timeMs: number;
}

/**
 * Records in the order of their time; those of the same time stay as they were. A record without a usable time takes that of
 * the one before it (at the beginning: of the first that has one, or the epoch where none has).
 */
export function inOrder(records: readonly InputRecord[]): {
  readonly records: readonly TimedRecord[];
  readonly withoutTime: number;
} {
  let previousMs = records.find(({ timeMs }) => timeMs !== undefined)?.timeMs ?? 0;
  const timed = records.map(({ message, timeMs = previousMs }) => {
    previousMs = timeMs;
    return { message, timeMs };
  });
  return {
    records: timed.toSorted((a, b) => a.timeMs - b.timeMs),
    withoutTime: records.filter(({ timeMs }) => timeMs === undefined).length,
  };
}

/** Records as they lie in the input, which is the order in which they were delivered: each at the latest time seen so far. */
export function asDelivered(records: readonly InputRecord[]): readonly TimedRecord[] {
  let latestMs = 0;
  return records.map(({ message, timeMs = 0 }) => {
    latestMs = Math.max(latestMs, timeMs);
    return { message, timeMs: latestMs };
  });
}
