import { expect, test } from 'vitest';
import { compareTimeline, type TimelineRun } from './compare-timeline.ts';

const RUN: TimelineRun = {
  counted: 1,
  states: [
    { atMs: 0, state: 'OK' },
    { atMs: 60_000, state: 'ALARM' },
    { atMs: 420_000, state: 'OK' },
  ],
  notifications: [
    { atMs: 60_000, state: 'ALARM' },
    { atMs: 420_000, state: 'OK' },
  ],
};

const compare = (
  expect: Parameters<typeof compareTimeline>[0]['expect'],
  notifications?: TimelineRun['notifications'],
) => compareTimeline({ name: 't', events: [], expect, ...(notifications && { notifications }) }, RUN);

test('the state at a time is the one that came last, at that time included', () => {
  const { isAsExpected, states, notifications } = compare([
    { atMs: 59_000, state: 'OK' },
    { atMs: 60_000, state: 'ALARM' },
    { atMs: 419_000, state: 'ALARM' },
    { atMs: 9_000_000, state: 'OK' },
  ]);
  expect(isAsExpected).toBe(true);
  expect(notifications).toEqual([]);
  expect(states.map(({ atMs, expected, actual }) => [atMs, expected, actual])).toEqual([
    [0, undefined, 'OK'],
    [59_000, 'OK', 'OK'],
    [60_000, 'ALARM', 'ALARM'],
    [419_000, 'ALARM', 'ALARM'],
    [420_000, undefined, 'OK'],
    [9_000_000, 'OK', 'OK'],
  ]);
});

test('a state that is another is shown among what happened', () => {
  const { isAsExpected, states } = compare([{ atMs: 420_000, state: 'ALARM' }]);
  expect(isAsExpected).toBe(false);
  expect(states.at(-1)).toEqual({ atMs: 420_000, expected: 'ALARM', actual: 'OK', isAsExpected: false });
});

test('notifications are all that are sent, each at its time', () => {
  const expected = [{ atMs: 0, state: 'OK' }] as const;
  expect(compare(expected, RUN.notifications).isAsExpected).toBe(true);
  const missing = compare(expected, [...RUN.notifications, { atMs: 500_000, state: 'ALARM' }]);
  expect(missing.notifications.at(-1)).toEqual({ atMs: 500_000, expected: 'ALARM', isAsExpected: false });
  const surplus = compare(expected, RUN.notifications.slice(0, 1));
  expect(surplus.notifications.at(-1)).toEqual({ atMs: 420_000, actual: 'OK', isAsExpected: false });
  expect(compare(expected, []).isAsExpected).toBe(false);
});

test('two notifications of one time are two', () => {
  const twice = { ...RUN, notifications: [RUN.notifications, RUN.notifications].flat() };
  const timeline = { name: 't', events: [], expect: [], notifications: RUN.notifications };
  expect(compareTimeline(timeline, twice).notifications.filter(({ isAsExpected }) => !isAsExpected)).toHaveLength(2);
});
