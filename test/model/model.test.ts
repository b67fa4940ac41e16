import { expect, test } from 'vitest';
import { check, tryPlan } from './check.ts';
import { FOUND_PLANS } from './found-plans.ts';
import { tell } from './history.ts';
import { WORLD_FOR_NOW } from './known-failures.ts';

const closed = FOUND_PLANS.filter(({ isOpen }) => !isOpen);
const open = FOUND_PLANS.filter(({ isOpen }) => isOpen);

test.each(closed)('$name', async ({ plan }) => {
  const { violations, history } = await tryPlan(plan);
  expect(violations, tell(history)).toEqual([]);
});

// What waits for the code. A plan that begins to pass makes its test fail: take its `isOpen` away, and what it keeps out of
// known-failures.ts.
test.fails.each(open)('$name', async ({ plan }) => {
  const { violations } = await tryPlan(plan);
  expect(violations).toEqual([]);
});

test('whatever fails, dies, comes late, twice or out of order, pages and alarms end as the events say', async () => {
  const seed = Number(process.env.TRAILBELL_MODEL_SEED ?? '1');
  const { failure } = await check({ seed, runs: 800, world: WORLD_FOR_NOW });
  expect(failure?.text).toBeUndefined();
}, 120_000);
