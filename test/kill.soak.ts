import { Clock, MATCHER, RECONCILER, drive, startDeployment } from '@trailbell/local';
import { expect, test } from 'vitest';
import { countsByAlarm } from './support/alarm-items.ts';
import { cisRules, sampleDay } from './support/sample-day.ts';

const SECONDS = Number(process.env.TRAILBELL_SOAK_SECONDS ?? 60);
const part = await sampleDay('09:00', '15:00');
const startMs = (part[0]?.timeMs ?? 0) - 60_000;

/** A small generator with a seed, so that a run can be made again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function run(seed: number, kills: boolean) {
  const random = seeded(seed);
  const delivery = { deliversTwice: true, shuffle: { seed, windowMs: 600_000 } };
  await using deployment = await startDeployment({
    clock: new Clock(startMs),
    rules: await cisRules(startMs),
    delivery,
  });
  const { dynamoDb, lambda, sns, pagerDuty } = deployment;
  let killed = 0;
  const maybeKill = (chance: number) => {
    if (kills && random() < chance) killed += lambda.kill(MATCHER) + lambda.kill(RECONCILER);
  };
  dynamoDb.onRequest(() => {
    maybeKill(0.01);
  });
  sns.onDelivery(() => {
    maybeKill(0.01);
  });
  await drive(deployment, part);
  const open = pagerDuty.incidents().filter(({ resolvedAtMs }) => resolvedAtMs === undefined);
  return { counts: await countsByAlarm(deployment), open, killed, lost: deployment.failedBatches.deadLetters };
}

test('killing the functions at random under load loses nothing, doubles nothing and leaves nothing open', async () => {
  const first = Number(process.env.TRAILBELL_SOAK_SEED ?? Date.now() % 1_000_000);
  const { counts } = await run(first, false);
  const endMs = performance.now() + SECONDS * 1000;
  let [runs, killed] = [0, 0];
  for (let seed = first; performance.now() < endMs; seed++) {
    const outcome = await run(seed, true);
    expect(outcome.counts, `seed ${seed}`).toEqual(counts);
    expect(outcome.open, `seed ${seed}`).toEqual([]);
    expect(outcome.lost, `seed ${seed}`).toEqual([]);
    runs += 1;
    killed += outcome.killed;
  }
  console.log(`${runs} runs from seed ${first}, ${killed} processes killed`);
  expect(killed).toBeGreaterThan(runs);
});
