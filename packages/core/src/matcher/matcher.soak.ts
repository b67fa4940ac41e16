import { test } from 'vitest';
import { Chances } from './test/chances.ts';
import { trialsOf } from './test/check-engines.ts';
import { fuzzArchive, fuzzPayload } from './test/fuzz-payload.ts';
import { FUZZ_PATTERNS } from './test/fuzz-patterns.ts';

const seconds = Number(process.env.TRAILBELL_SOAK_SECONDS ?? '60');
const firstSeed = Number(process.env.TRAILBELL_SOAK_SEED ?? Date.now() % 2 ** 31);
const ENOUGH_EVENTS = 1_000_000;

test('a million mutated events are judged as the plain evaluator judges them, in the time there is', () => {
  const endMs = Date.now() + seconds * 1000;
  const trials = trialsOf(FUZZ_PATTERNS, ['scanner']);
  let seed = firstSeed;
  let judged = 0;
  try {
    for (; Date.now() < endMs && judged < ENOUGH_EVENTS; seed++) {
      const chances = new Chances(seed);
      const trial = chances.pick(trials);
      judged += trial.checkPayload(fuzzPayload(chances)) + trial.checkArchive(fuzzArchive(chances));
    }
  } catch (error) {
    throw new Error(`run again with TRAILBELL_SOAK_SEED=${seed}`, { cause: error });
  }
  console.log(`matcher: ${judged} mutated events from seed ${firstSeed} on, no difference`);
});
