import { expect, test } from 'vitest';
import { check } from './check.ts';
import { WORLD_FOR_NOW } from './known-failures.ts';

const RUNS_A_SEED = 500;

const seconds = Number(process.env.TRAILBELL_SOAK_SECONDS ?? '60');
const firstSeed = Number(process.env.TRAILBELL_SOAK_SEED ?? Date.now() % 2 ** 31);

test('the model holds for as long as it is run', async () => {
  const endsMs = Date.now() + seconds * 1000;
  let runs = 0;
  let seed = firstSeed;
  for (; Date.now() < endsMs; seed++) {
    const withinMs = endsMs - Date.now();
    const result = await check({ seed, runs: RUNS_A_SEED, withinMs, world: WORLD_FOR_NOW });
    runs += result.runs;
    expect(result.failure?.text).toBeUndefined();
  }
  console.log(`${runs} runs, seeds ${firstSeed} to ${seed - 1} (TRAILBELL_SOAK_SEED), ${RUNS_A_SEED} runs each`);
});
