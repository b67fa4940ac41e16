import { compileRules, loadRules } from '@trailbell/core/rule';
import { RuleSet } from '@trailbell/core/matcher';
import { parseEvent } from '@trailbell/core/pattern';
import { expect, test } from 'vitest';
import { BatchMatches } from './batch-matches.ts';
import { matchDescriber } from './describe-match.ts';

const RULE = `
name: any-call
title: Any call
severity: info
filterPattern: '{ $.eventSource = "iam.amazonaws.com" && ($.eventName = "CreateUser" || $.eventName = "DeleteUser") }'
alarm: { threshold: 1, period: 60 }
`;

const { rules } = loadRules([{ path: 'any-call.yaml', text: RULE }]);
const compiled = compileRules(rules, { version: 1, redact: ['$.requestParameters.path'] });

/** The examples that a batch of calls leaves, each by a user and from an address. */
function examplesOf(calls: readonly (readonly [user: string, sourceIPAddress: string])[]): readonly unknown[] {
  const ruleSet = RuleSet.compile(compiled.rules);
  const gathered = new BatchMatches(matchDescriber(compiled));
  for (const [index, [userName, sourceIPAddress]] of calls.entries()) {
    const message = JSON.stringify({
      eventID: `event-${index}`,
      eventSource: 'iam.amazonaws.com',
      eventName: 'DeleteUser',
      sourceIPAddress,
      requestParameters: { userName: 'mallory', path: '/secret-path/' },
      userIdentity: { type: 'IAMUser', userName },
    });
    const logEvent = { id: String(index), timestamp: 0, message };
    for (const match of ruleSet.match(logEvent).matches) gathered.add(match, parseEvent(message));
  }
  return gathered.all().flatMap(({ examples }) => examples.flatMap(({ activities }) => activities));
}

test('an example says what of the pattern decided, and not what must not be told', () => {
  expect(examplesOf([['alice', '203.0.113.9']])).toMatchObject([
    {
      matchedClause: '$.eventSource = "iam.amazonaws.com" && $.eventName = "DeleteUser"',
      resources: ['mallory'],
      requestParameters: ['path: [redacted]'],
    },
  ]);
});

test('of many calls a few are kept, and of the others who made them and from where', () => {
  const calls = Array.from(
    { length: 40 },
    (_, n) => [n < 4 ? 'alice' : `user-${n % 3}`, `203.0.113.${n % 2}`] as const,
  );
  const [first, ...rest] = examplesOf(calls);
  expect(rest).toHaveLength(2);
  expect(rest[0]).not.toHaveProperty('others');
  expect(first).toMatchObject({
    actor: { name: 'alice (IAM user)' },
    others: {
      actors: [
        ['user-1 (IAM user)', 12],
        ['user-2 (IAM user)', 12],
        ['user-0 (IAM user)', 12],
        ['alice (IAM user)', 1],
      ],
      sourceIps: [
        ['203.0.113.1', 19],
        ['203.0.113.0', 18],
      ],
    },
  });
});

test('of very many calls only so many are looked at, and the examples stay small', () => {
  const examples = examplesOf(
    Array.from({ length: 2000 }, (_, n) => [`user-${n}-${'x'.repeat(100)}`, `10.0.${n >> 8}.${n & 255}`]),
  );
  expect(JSON.stringify(examples).length).toBeLessThan(4096);
  expect(examples.length).toBeGreaterThan(1);
});
