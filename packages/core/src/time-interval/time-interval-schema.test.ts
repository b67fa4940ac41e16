import { expect, test } from 'vitest';
import { TIME_INTERVAL_SCHEMA } from './time-interval-schema.ts';

const NIGHT = { from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' };

test.each([
  ['a window every day', NIGHT],
  ['a window of named days', { ...NIGHT, days: ['saturday', 'sunday'] }],
  ['a window up to midnight', { ...NIGHT, to: '24:00' }],
  ['Coordinated Universal Time', { ...NIGHT, timeZone: 'UTC' }],
])('%s is taken as it is', (_name, interval) => {
  expect(TIME_INTERVAL_SCHEMA.parse(interval)).toEqual(interval);
});

test.each<[string, object, string, object | string]>([
  ['an hour of one digit', { from: '9:00' }, 'from', 'a time of day from 00:00 to 23:59, such as 09:30'],
  ['an hour that no day has', { from: '24:00' }, 'from', 'a time of day from 00:00 to 23:59, such as 09:30'],
  ['a minute that no hour has', { to: '17:60' }, 'to', 'a time of day up to 24:00, such as 17:30'],
  ['no days', { days: [] }, 'days', 'Too small: expected array to have >=1 items'],
  [
    'a window of no length',
    { to: '22:00' },
    'to',
    { code: 'empty-window', hint: 'for whole days write from: 00:00 and to: 24:00' },
  ],
  [
    'a misspelt place',
    { timeZone: 'Europe/Berlinn' },
    'timeZone',
    { code: 'unknown-time-zone', hint: 'did you mean Europe/Berlin?' },
  ],
  [
    'no place at all',
    { timeZone: 'somewhere else entirely' },
    'timeZone',
    { code: 'unknown-time-zone', hint: 'expected a name such as Europe/Berlin or UTC' },
  ],
  [
    'an offset',
    { timeZone: '+02:00' },
    'timeZone',
    {
      code: 'unknown-time-zone',
      hint: 'an offset knows no summer time: name a place, such as Europe/Berlin, or UTC',
    },
  ],
])('%s is refused', (_name, change, path, expected) => {
  const { error } = TIME_INTERVAL_SCHEMA.safeParse({ ...NIGHT, ...change });
  const [issue] = error?.issues ?? [];
  expect(issue?.path.join('.')).toBe(path);
  if (typeof expected === 'string') expect(issue?.message).toBe(expected);
  else expect(issue).toMatchObject({ code: 'custom', params: expected });
});
