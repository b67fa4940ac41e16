import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { test } from 'vitest';
import { parsePattern } from '../pattern/index.ts';
import { message } from '../pattern/test/arbitrary-messages.ts';
import { patternText } from '../pattern/test/arbitrary-patterns.ts';
import { EngineTrial } from './test/check-engines.ts';

test('any patterns and any messages: both engines say what the plain evaluator says', () => {
  const texts = fc.array(patternText, { minLength: 1, maxLength: 6 });
  const messages = fc.array(message, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(texts, messages, (patterns, logMessages) => {
      const trial = new EngineTrial(patterns.map((text) => parsePattern(text)));
      const logEvents = logMessages.map((text, index) => ({ id: String(index), timestamp: index, message: text }));
      trial.checkPayload(Buffer.from(JSON.stringify({ logEvents })));
    }),
    { numRuns: 500 },
  );
});
