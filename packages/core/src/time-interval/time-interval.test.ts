import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contains, nextChangeMs, WEEKDAYS, type TimeInterval } from './time-interval.ts';

const MINUTE_MS = 60_000;

const OFFICE: TimeInterval = {
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  from: '09:00',
  to: '17:30',
  timeZone: 'Europe/Berlin',
};
const FRIDAY_NIGHT: TimeInterval = { days: ['friday'], from: '22:00', to: '02:00', timeZone: 'America/New_York' };
const LAST_MINUTES: TimeInterval = { from: '23:50', to: '24:00', timeZone: 'UTC' };
const WEEKEND: TimeInterval = { days: ['saturday', 'sunday'], from: '00:00', to: '24:00', timeZone: 'Asia/Kathmandu' };
const SKIPPED: TimeInterval = { days: ['sunday'], from: '02:15', to: '02:45', timeZone: 'Europe/Berlin' };
const EARLY: TimeInterval = { from: '01:30', to: '02:30', timeZone: 'Europe/Berlin' };
const TO_SEVEN: TimeInterval = { from: '23:00', to: '07:00', timeZone: 'Europe/Berlin' };

// 2026-03-29: Berlin's clocks go from 02:00 to 03:00 at 01:00Z. 2026-10-25: from 03:00 to 02:00 at 01:00Z.
test.each<[string, TimeInterval, string, readonly string[]]>([
  ['a weekday window', OFFICE, '2026-01-02T12:00Z', ['2026-01-02T16:30Z', '2026-01-05T08:00Z', '2026-01-05T16:30Z']],
  [
    'a window in local time, over the change to summer time',
    OFFICE,
    '2026-03-27T20:00Z',
    ['2026-03-30T07:00Z', '2026-03-30T15:30Z'],
  ],
  [
    'a window over midnight, which belongs to the day on which it begins',
    FRIDAY_NIGHT,
    '2026-07-03T00:00Z',
    ['2026-07-04T02:00Z', '2026-07-04T06:00Z', '2026-07-11T02:00Z'],
  ],
  ['a window up to 24:00', LAST_MINUTES, '2026-07-03T12:00Z', ['2026-07-03T23:50Z', '2026-07-04T00:00Z']],
  ['days that touch are one stretch', WEEKEND, '2026-07-03T12:00Z', ['2026-07-03T18:15Z', '2026-07-05T18:15Z']],
  [
    'a window that the clock skips does not come',
    SKIPPED,
    '2026-03-22T12:00Z',
    ['2026-04-05T00:15Z', '2026-04-05T00:45Z'],
  ],
  [
    'a window of which the clock skips half is half as long',
    EARLY,
    '2026-03-28T12:00Z',
    ['2026-03-29T00:30Z', '2026-03-29T01:00Z', '2026-03-29T23:30Z'],
  ],
  [
    'a window that the clock shows twice holds twice',
    EARLY,
    '2026-10-24T12:00Z',
    ['2026-10-24T23:30Z', '2026-10-25T00:30Z', '2026-10-25T01:00Z', '2026-10-25T01:30Z', '2026-10-26T00:30Z'],
  ],
  ['a night of seven hours', TO_SEVEN, '2026-03-28T12:00Z', ['2026-03-28T22:00Z', '2026-03-29T05:00Z']],
  ['a night of nine hours', TO_SEVEN, '2026-10-24T12:00Z', ['2026-10-24T21:00Z', '2026-10-25T06:00Z']],
])('%s', (_name, interval, from, changes) => {
  let atMs = Date.parse(from);
  let holds = contains(interval, atMs);
  for (const change of changes) {
    const nextMs = nextChangeMs(interval, atMs) ?? NaN;
    expect(new Date(nextMs).toISOString()).toBe(change.replace('Z', ':00.000Z'));
    expect(contains(interval, nextMs - 1)).toBe(holds);
    holds = !holds;
    expect(contains(interval, nextMs)).toBe(holds);
    atMs = nextMs;
  }
});

test('a window of whole days, every day, never ends', () => {
  const always: TimeInterval = { from: '00:00', to: '24:00', timeZone: 'Europe/Berlin' };
  expect(contains(always, Date.parse('2026-03-29T01:00Z'))).toBe(true);
  expect(nextChangeMs(always, Date.parse('2026-03-28T12:00Z'))).toBeUndefined();
});

test('an unknown time zone is an error', () => {
  expect(() => contains({ ...OFFICE, timeZone: 'Europe/Atlantis' }, 0)).toThrow(RangeError);
});

/** The wall clock as text, and from it what the window says: slow, and with nothing of the code under test. */
function oracle({ days = WEEKDAYS, from, to, timeZone }: TimeInterval, minutes: readonly number[]): boolean[] {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return minutes.map((atMs) => {
    const [date = '', time = ''] = clock.format(atMs).split(' ');
    const today = (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;
    const isOn = (day: number) => days.some((name) => WEEKDAYS.indexOf(name) === (day + 7) % 7);
    if (from < to) return isOn(today) && time >= from && time < to;
    return (isOn(today) && time >= from) || (isOn(today - 1) && time < to);
  });
}

const time = (max: number) =>
  fc.integer({ min: 0, max }).map((minute) => {
    const two = (count: number) => String(count).padStart(2, '0');
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  });

const intervals = fc.record(
  {
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
    from: fc.oneof(time(1439), fc.constantFrom('00:00', '02:00', '02:30', '23:59')),
    to: fc.oneof(time(1439), fc.constantFrom('24:00', '00:00', '00:01', '02:30', '03:00')),
    timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'),
  },
  { requiredKeys: ['from', 'to', 'timeZone'] },
);

/** Hours around which the clocks of these places change, or do not. */
const moments = fc
  .tuple(
    fc.constantFrom(
      '2026-03-08T07:00Z',
      '2026-03-29T01:00Z',
      '2026-04-04T15:00Z',
      '2026-07-15T00:00Z',
      '2026-10-03T15:30Z',
      '2026-10-25T01:00Z',
      '2026-11-01T06:00Z',
    ),
    fc.integer({ min: -2 * 1440, max: 1440 }),
  )
  .map(([moment, minutes]) => Date.parse(moment) + minutes * MINUTE_MS);

test('it holds, and changes next, as the wall clock says minute by minute', () => {
  fc.assert(
    fc.property(intervals, moments, (interval, fromMs) => {
      fc.pre(interval.from !== interval.to);
      const minutes = Array.from({ length: 1.5 * 1440 }, (_, index) => fromMs + index * MINUTE_MS);
      const shown = oracle(interval, minutes);
      expect(contains(interval, fromMs + 59_999)).toBe(shown[0]);
      const change = shown.findIndex((holds) => holds !== shown[0]);
      const nextMs = nextChangeMs(interval, fromMs) ?? Infinity;
      if (change >= 0) expect(nextMs).toBe(minutes[change]);
      else expect(nextMs).toBeGreaterThan(minutes.at(-1) ?? NaN);
    }),
    { numRuns: 150 },
  );
});
