import { expect, test } from 'vitest';
import { EngineTrial } from './test/check-engines.ts';
import { archiveOf, collectedMessages, collectedPatterns, payloadOf } from './test/collected.ts';

const messages = collectedMessages();
const patterns = collectedPatterns();

test.runIf(messages.length > 0)(
  'every collected event is judged against every collected pattern as the plain evaluator judges it',
  () => {
    for (let part = 0; part < 8; part++) {
      const trial = new EngineTrial(patterns.filter((_, index) => index % 8 === part));
      expect(trial.checkPayload(payloadOf(messages))).toBe(messages.length);
      expect(trial.checkArchive(archiveOf(messages))).toBe(messages.length);
    }
  },
);
