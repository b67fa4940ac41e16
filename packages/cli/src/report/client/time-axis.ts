import { date } from './words.ts';

export interface Tick {
  readonly ms: number;
  readonly label: string;
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const STEPS = [1, 5, 15, 30]
  .map((count) => count * MINUTE)
  .concat([1, 3, 6, 12].map((count) => count * HOUR))
  .concat([1, 2, 3, 7, 14, 30, 91, 182, 365, 730, 1826].map((count) => count * DAY));

/** Round moments in a stretch of time, about `wanted` of them, in UTC. */
export function ticks(fromMs: number, untilMs: number, wanted: number): readonly Tick[] {
  const step = STEPS.find((each) => (untilMs - fromMs) / each <= wanted) ?? 3652 * DAY;
  const first = Math.ceil(fromMs / step) * step;
  const count = Math.max(0, Math.floor((untilMs - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => {
    const ms = first + index * step;
    const isMidnight = ms % DAY === 0;
    return { ms, label: isMidnight ? date(ms) : new Date(ms).toISOString().slice(11, 16) };
  });
}
