/** Real events and deployed patterns, and CloudWatch's recorded answers, where a copy of them lies beside the project. */
import { expect, test } from 'vitest';
import { parsePattern } from '../pattern/index.ts';
import { EngineTrial } from './test/check-engines.ts';
import { archiveOf, collectedMessages, collectedPatterns, payloadOf, recordedCases } from './test/collected.ts';

const messages = collectedMessages();
const patterns = collectedPatterns();
const recorded = recordedCases();

/** Every event against every pattern takes long and is in the soak; here each event meets an eighth of the patterns. */
test.runIf(messages.length > 0)(
  'every collected event is judged against collected patterns as the plain evaluator judges it',
  () => {
    // Most patterns cover nearly all events between them, so that alone they show more of what is skipped.
    for (let part = 0; part < 8; part++) {
      const trial = new EngineTrial(patterns.filter((_, index) => index % 8 === part));
      const some = messages.filter((_, index) => index % 8 === part);
      expect(trial.checkPayload(payloadOf(some))).toBe(some.length);
      expect(trial.checkArchive(archiveOf(some))).toBe(some.length);
    }
  },
);

test.runIf(recorded.length > 0)("CloudWatch's recorded answers hold for messages within payloads", () => {
  const cases = recorded.filter(({ match }) => match !== null);
  for (const { pattern, message, match } of cases) {
    const trial = new EngineTrial([parsePattern(pattern)]);
    expect([pattern, message, trial.verdicts(message).length > 0]).toEqual([pattern, message, match]);
    trial.checkPayload(payloadOf([message, `${message} `, message]));
  }
  const everything = new EngineTrial(cases.map(({ pattern }) => parsePattern(pattern)));
  everything.checkPayload(payloadOf(cases.map(({ message }) => message)));
});
