/** When a record says that it happened, in epoch milliseconds; undefined where it does not. */
export function eventTimeMs(record: unknown): number | undefined {
  const time: unknown =
    typeof record === 'object' && record !== null && 'eventTime' in record ? record.eventTime : undefined;
  const timeMs = typeof time === 'string' ? Date.parse(time) : NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
