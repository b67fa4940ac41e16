/** The days of the week, in ISO 8601's order. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * A window that comes again every week. It holds whenever the clock on the wall in `timeZone` shows a time in it: where that clock
 * skips an hour the window is shorter, where it shows one twice the window holds both times.
 */
export interface TimeInterval {
  /** The days on which the window begins; every day where absent. */
  readonly days?: readonly Weekday[];
  /** `HH:MM`, from 00:00 to 23:59: the first minute of the window. */
  readonly from: string;
  /** `HH:MM`, up to 24:00: the first minute that is no longer in it. Earlier than `from`, it is on the following day. */
  readonly to: string;
  /** A name of the IANA time zone database: `Europe/Berlin`. */
  readonly timeZone: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WEEK_MS = 7 * DAY_MS;

/** Longer than from one window to the next, even if the clock skips one altogether. */
const HORIZON_MS = 3 * WEEK_MS;

/** Whether the window holds at a moment, in epoch milliseconds. Throws a RangeError where the time zone is unknown. */
export function contains(interval: TimeInterval, atMs: number): boolean {
  const shownMs = shownAt(interval.timeZone, atMs);
  return stretchesOf(interval).some(({ startMs, lengthMs }) => inWeek(shownMs - startMs) < lengthMs);
}

/** The first moment after `atMs` at which {@link contains} says otherwise; undefined where the window never begins or ends. */
export function nextChangeMs(interval: TimeInterval, atMs: number): number | undefined {
  const { timeZone } = interval;
  const holds = contains(interval, atMs);
  const edges = stretchesOf(interval).flatMap(({ startMs, lengthMs }) => [startMs, startMs + lengthMs]);
  let fromMs = atMs;
  while (fromMs < atMs + HORIZON_MS) {
    const shownMs = shownAt(timeZone, fromMs);
    const untilEdgeMs = Math.min(...edges.map((edgeMs) => inWeek(edgeMs - shownMs) || WEEK_MS));
    const edgeMs = fromMs + untilEdgeMs;
    const nextMs = runsEvenly(timeZone, fromMs, edgeMs) ? edgeMs : clockChangeMs(timeZone, fromMs, edgeMs);
    if (contains(interval, nextMs) !== holds) return nextMs;
    fromMs = nextMs;
  }
  return undefined;
}

interface Stretch {
  /** Milliseconds since the week began, as the wall clock shows them. */
  readonly startMs: number;
  readonly lengthMs: number;
}

/** The windows of one week, as the wall clock shows them. */
function stretchesOf({ days = WEEKDAYS, from, to }: TimeInterval): readonly Stretch[] {
  const [fromMs, toMs] = [timeOfDayMs(from), timeOfDayMs(to)];
  const lengthMs = toMs > fromMs ? toMs - fromMs : toMs - fromMs + DAY_MS;
  return days.map((day) => ({ startMs: WEEKDAYS.indexOf(day) * DAY_MS + fromMs, lengthMs }));
}

function timeOfDayMs(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return ((hours ?? NaN) * 60 + (minutes ?? NaN)) * MINUTE_MS;
}

function inWeek(durationMs: number): number {
  return ((durationMs % WEEK_MS) + WEEK_MS) % WEEK_MS;
}

/** Making one takes far longer than asking it. There are as many as there are time zones in the rules. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** How far the wall clock says the week has gone, in milliseconds. */
function shownAt(timeZone: string, atMs: number): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(atMs)) shown[type] = value;
  const { weekday = '', hour, minute, second } = shown;
  const day = WEEKDAYS.findIndex((name) => name === weekday.toLowerCase());
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return day * DAY_MS + seconds * 1000 + (((atMs % 1000) + 1000) % 1000);
}

/** Whether the wall clock moves on by as much as time does. No place puts its clocks forward and back within a week. */
function runsEvenly(timeZone: string, fromMs: number, toMs: number): boolean {
  return inWeek(shownAt(timeZone, toMs) - shownAt(timeZone, fromMs) - (toMs - fromMs)) === 0;
}

/** The moment between the two at which the wall clock is put forward or back. */
function clockChangeMs(timeZone: string, fromMs: number, toMs: number): number {
  let [beforeMs, afterMs] = [fromMs, toMs];
  while (afterMs - beforeMs > 1) {
    const middleMs = Math.floor((beforeMs + afterMs) / 2);
    if (runsEvenly(timeZone, fromMs, middleMs)) beforeMs = middleMs;
    else afterMs = middleMs;
  }
  return afterMs;
}
