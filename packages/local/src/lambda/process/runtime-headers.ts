/** Response header of `/next` that carries the driven clock's time, epoch milliseconds, into the process. */
export const CLOCK_HEADER = 'trailbell-clock-ms';

/** The line a process prints once everything of an invocation has been printed; `requestId` is `init` before the first. */
export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}`;
}
