import fc from 'fast-check';
import { test } from 'vitest';
import { message } from './test/arbitrary-messages.ts';
import { nearlyPattern, patternText } from './test/arbitrary-patterns.ts';
import { closeNumbers } from './test/close-numbers.ts';
import { checkAgreement, checkAnyText, checkBlanks, checkRoundTrip } from './test/properties.ts';

const seconds = Number(process.env.TRAILBELL_SOAK_SECONDS ?? '60');
const seed = Number(process.env.TRAILBELL_SOAK_SEED ?? Date.now() % 2 ** 31);

/** Runs a property for a share of the time and says how to run it again. */
function soak<Values>(name: string, share: number, property: fc.IProperty<Values>): void {
  test(name, () => {
    const result = fc.check(property, {
      seed,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: seconds * share * 1000,
    });
    console.log(`${name}: ${result.numRuns} runs, TRAILBELL_SOAK_SEED=${seed}`);
    if (result.failed) throw new Error(fc.defaultReportMessage(result) ?? 'failed');
  });
}

soak('the evaluators agree', 0.5, fc.property(patternText, message, checkAgreement));
soak(
  'the evaluators agree on close numbers',
  0.1,
  fc.property(closeNumbers, (pair) => {
    checkAgreement(...pair);
  }),
);
soak('formatted patterns parse to the same tree', 0.2, fc.property(patternText, checkRoundTrip));
soak('any text is a pattern or refused', 0.1, fc.property(nearlyPattern, checkAnyText));
soak('blanks and tabs read the same', 0.1, fc.property(fc.oneof(nearlyPattern, patternText), checkBlanks));
