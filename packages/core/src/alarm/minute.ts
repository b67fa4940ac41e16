/** Alarm time is counted in whole minutes, because CloudWatch's windows slide by the minute. */

export const MINUTE_MS = 60_000;

/** The minute since the epoch that holds a moment. */
export function minuteOf(epochMs: number): number {
  return Math.floor(epochMs / MINUTE_MS);
}
