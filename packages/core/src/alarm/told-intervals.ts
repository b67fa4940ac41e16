import type { Interval } from './alarm-intervals.ts';

/** Grows the told stretches by those that touch them, and by those that are told now; forgets what ended before `openFrom`. */
export function joinIntervals(
  told: readonly Interval[],
  intervals: readonly Interval[],
  openFrom: number,
): readonly Interval[] {
  return [...told, ...intervals]
    .filter(({ toMinute }) => toMinute >= openFrom)
    .sort((a, b) => a.fromMinute - b.fromMinute)
    .reduce<Interval[]>((joined, next) => {
      const last = joined.at(-1);
      if (last === undefined || !touches(last, next)) return [...joined, next];
      const toMinute = Math.max(last.toMinute, next.toMinute);
      return [...joined.slice(0, -1), { fromMinute: last.fromMinute, toMinute }];
    }, []);
}

/** The stretches that nobody was told of: those that touch none that was told. */
export function untoldIntervals(told: readonly Interval[], intervals: readonly Interval[]): readonly Interval[] {
  return intervals.filter((interval) => !told.some((known) => touches(known, interval)));
}

function touches(a: Interval, b: Interval): boolean {
  return a.fromMinute <= b.toMinute + 1 && b.fromMinute <= a.toMinute + 1;
}
