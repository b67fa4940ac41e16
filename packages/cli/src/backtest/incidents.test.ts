import type { SimulatedNotification } from '@trailbell/functions/simulation/alarm-simulation';
import { expect, test } from 'vitest';
import { Incidents, MAX_TOLD_INCIDENTS } from './incidents.ts';

/** What an alarm says at a time; what else a notification holds is not looked at. */
function says(state: 'ALARM' | 'OK', rule: string, atMs: number, count = 1): SimulatedNotification {
  const episode = { count, isAtLeast: false, examples: [{ eventName: `at ${atMs}` }] };
  const notification = { state, reason: 'because', episode };
  return { atMs, identity: { rule, group: [] }, notification, isRepeated: false } as unknown as SimulatedNotification;
}

test('an alarm that rings opens an incident, and its OK resolves it with the last count', () => {
  const incidents = new Incidents();
  incidents.note(says('ALARM', 'a', 1));
  incidents.note(says('OK', 'a', 5, 3));
  incidents.note(says('ALARM', 'a', 9));
  expect(incidents.of('a')).toEqual([
    expect.objectContaining({ openedMs: 1, resolvedMs: 5, count: 3, activities: [{ eventName: 'at 1' }] }),
    expect.not.objectContaining({ resolvedMs: expect.anything() as unknown }),
  ]);
});

test('an OK without an ALARM before it, and what is repeated, open nothing', () => {
  const incidents = new Incidents();
  incidents.note(says('OK', 'a', 1));
  incidents.note({ ...says('ALARM', 'a', 2), isRepeated: true });
  expect(incidents.of('a')).toEqual([]);
});

test('of too many incidents a bounded number keep their activities, evenly over the time, and the quiet rule keeps all', () => {
  const incidents = new Incidents();
  const loud = MAX_TOLD_INCIDENTS * 3;
  for (let at = 0; at < loud; at++) {
    incidents.note(says('ALARM', 'loud', at));
    incidents.note(says('OK', 'loud', at));
    if (at % 1000 === 0) incidents.note(says('ALARM', `quiet-${at}`, at));
  }
  const told = incidents.of('loud').flatMap(({ activities }, place) => (activities.length > 0 ? [place] : []));
  expect(incidents.of('loud')).toHaveLength(loud);
  expect(told.length).toBeGreaterThan(MAX_TOLD_INCIDENTS / 4);
  expect(told.length).toBeLessThanOrEqual(MAX_TOLD_INCIDENTS);
  const steps = new Set(told.slice(1).map((place, index) => place - (told[index] ?? 0)));
  expect([...steps]).toEqual([4]);
  expect(incidents.of('quiet-5000')[0]?.activities).toHaveLength(1);
});
