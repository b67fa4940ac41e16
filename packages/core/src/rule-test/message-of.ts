/** The log message that an example is: its text, or its record as CloudTrail writes one, as JSON on a line. */
export function messageOf(event: unknown): string {
  return typeof event === 'string' ? event : JSON.stringify(event);
}
