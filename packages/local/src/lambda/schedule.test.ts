import { expect, test } from 'vitest';
import { Clock } from '../clock/clock.ts';
import { Schedule } from './index.ts';
import type { LocalLambda } from './index.ts';

const START_MS = Date.UTC(2026, 5, 1, 12, 0, 30);

function scheduled() {
  const clock = new Clock(START_MS);
  const ticks: { readonly time: string; readonly source: string }[] = [];
  const lambda = {
    location: { accountId: '444455556666', region: 'eu-west-1' },
    invokeAsync(functionName: string, payload: unknown) {
      expect(functionName).toBe('reconciler');
      ticks.push(payload as (typeof ticks)[number]);
      return 'request';
    },
  } as Partial<LocalLambda> as LocalLambda;
  return { clock, ticks, schedule: new Schedule({ clock, lambda, functionName: 'reconciler' }) };
}

test('a tick invokes the function now, with the event that Scheduler sends', () => {
  const { schedule, ticks } = scheduled();
  schedule.tick();
  expect(ticks).toEqual([
    {
      version: '0',
      id: expect.any(String) as string,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: '444455556666',
      time: '2026-06-01T12:00:30Z',
      region: 'eu-west-1',
      resources: ['arn:aws:scheduler:eu-west-1:444455556666:schedule/default/reconciler'],
      detail: '{}',
    },
  ]);
});

test('between start and stop it ticks at the beginning of every minute', async () => {
  const { clock, schedule, ticks } = scheduled();
  schedule.start();
  await clock.advanceTo(START_MS + 29_999);
  expect(ticks).toEqual([]);
  await clock.advanceTo(START_MS + 150_000);
  expect(ticks.map(({ time }) => time)).toEqual([
    '2026-06-01T12:01:00Z',
    '2026-06-01T12:02:00Z',
    '2026-06-01T12:03:00Z',
  ]);
  schedule.stop();
  await clock.advanceTo(START_MS + 600_000);
  expect(ticks).toHaveLength(3);
});

test('started again, it ticks once a minute as before', async () => {
  const { clock, schedule, ticks } = scheduled();
  schedule.start();
  schedule.stop();
  schedule.start();
  await clock.advanceTo(START_MS + 150_000);
  expect(ticks).toHaveLength(3);
});
