import fc from 'fast-check';
import { test } from 'vitest';
import {
  checkCuts,
  checkImplication,
  checkImpossibility,
  conditionAndEvents,
  conditionsAndEvents,
} from './test/properties.ts';

const seconds = Number(process.env.TRAILBELL_SOAK_SECONDS ?? '60');
const seed = Number(process.env.TRAILBELL_SOAK_SEED ?? Date.now() % 2 ** 31);

/** Runs a property for a third of the time, and says how often it had something to check and how to run it again. */
function soak<Values>(name: string, values: fc.Arbitrary<Values>, check: (values: Values) => boolean): void {
  test(name, () => {
    let claims = 0;
    const property = fc.property(values, (one) => {
      if (check(one)) claims += 1;
    });
    const result = fc.check(property, {
      seed,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: (seconds * 1000) / 3,
    });
    console.log(`${name}: ${claims} claims in ${result.numRuns} runs, TRAILBELL_SOAK_SEED=${seed}`);
    if (result.failed) throw new Error(fc.defaultReportMessage(result) ?? 'failed');
  });
}

soak('what is impossible is met by no event', conditionAndEvents, checkImpossibility);
soak('what is implied holds', conditionsAndEvents, checkImplication);
soak('what is redundant can go', conditionAndEvents, checkCuts);
