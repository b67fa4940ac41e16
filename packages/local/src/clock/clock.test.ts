import { expect, test } from 'vitest';
import { Clock } from './clock.ts';

test('sleepers wake in the order of their time, and each finishes before the next moment begins', async () => {
  const clock = new Clock(0);
  const seen: string[] = [];
  const work = (name: string, sleepMs: number, realTurns: number) => async () => {
    await clock.sleep(sleepMs);
    for (let turn = 0; turn < realTurns; turn++) await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${name}@${clock.nowMs()}`);
  };
  clock.run(work('late', 20, 0));
  clock.run(work('slow', 10, 5));
  clock.run(work('also at 10', 10, 0));
  await clock.advanceTo(100);
  expect(seen).toEqual(['slow@10', 'also at 10@10', 'late@20']);
  expect(clock.nowMs()).toBe(100);
});

test('advancing stops short of timers beyond the target and never goes back', async () => {
  const clock = new Clock(50);
  let woken = false;
  clock.run(async () => {
    await clock.sleep(100);
    woken = true;
  });
  await clock.advanceTo(149);
  expect(woken).toBe(false);
  expect(clock.nextTimerMs()).toBe(150);
  await clock.advanceTo(10);
  expect(clock.nowMs()).toBe(149);
  await clock.advanceTo(150);
  expect(woken).toBe(true);
});

test('a failure of any work reaches whoever drives the clock', async () => {
  const clock = new Clock(0);
  clock.run(async () => {
    await clock.sleep(5);
    throw new Error('broken');
  });
  await expect(clock.advanceTo(10)).rejects.toThrow('broken');
  await clock.advanceTo(20);
});
