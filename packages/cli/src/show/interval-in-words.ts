import type { TimeInterval } from '@trailbell/core/time-interval';

/** `monday, tuesday 09:00 to 17:00, Europe/Berlin` */
export function intervalInWords({ days, from, to, timeZone }: TimeInterval): string {
  return `${days === undefined ? 'every day' : days.join(', ')} ${from} to ${to}, ${timeZone}`;
}
