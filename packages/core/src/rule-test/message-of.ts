/** The log message that an example is: its text, or its record as CloudTrail writes one, as JSON on a line. */
export function messageOf(event: unknown): string {
  return typeof event === 'string' ? event : JSON.stringify(event);
}

/** When the record says that it happened, in epoch milliseconds; undefined where it does not. */
export function eventTimeMs(event: unknown): number | undefined {
  const time: unknown =
    typeof event === 'object' && event !== null && 'eventTime' in event ? event.eventTime : undefined;
  const timeMs = typeof time === 'string' ? Date.parse(time) : NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
