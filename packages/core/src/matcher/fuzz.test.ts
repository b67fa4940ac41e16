import { expect, test } from 'vitest';
import { Chances } from './test/chances.ts';
import { trialsOf } from './test/check-engines.ts';
import { fuzzArchive, fuzzPayload } from './test/fuzz-payload.ts';
import { FUZZ_PATTERNS } from './test/fuzz-patterns.ts';

const trials = trialsOf(FUZZ_PATTERNS);

test.each(Array.from({ length: 10 }, (_, index) => index * 7919 + 1))(
  'both engines judge mutated payloads and archives as the plain evaluator does (seed %i)',
  (seed) => {
    const chances = new Chances(seed);
    let judged = 0;
    for (let round = 0; round < 60; round++) {
      const trial = chances.pick(trials);
      judged += trial.checkPayload(fuzzPayload(chances)) + trial.checkArchive(fuzzArchive(chances));
    }
    expect(judged).toBeGreaterThan(200);
  },
);
