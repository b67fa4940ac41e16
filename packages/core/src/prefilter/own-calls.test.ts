import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluatePattern, parsePattern } from '../pattern/index.ts';
import { preFilterFor, type PreFilter } from './index.ts';

const MATCHER = 'arn:aws:iam::111122223333:role/trailbell/trailbell-production-Matcher';
const RECONCILER = 'arn:aws:iam::111122223333:role/trailbell-production-Reconciler';
const ownRoles = { arns: [MATCHER, RECONCILER] };

const WIDE = '{ $.eventVersion = "1.*" }';
const UNAUTHORIZED = '{ $.errorCode = "AccessDenied*" }';
const ROOT = '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }';
const LOG_STREAMS = '{ $.eventName = "CreateLogStream" }';

function filterOf(...patterns: readonly string[]): PreFilter {
  return preFilterFor(
    patterns.map((filterPattern, index) => ({ name: `rule-${index}`, filterPattern })),
    { ownRoles },
  );
}

const passes = ({ pattern }: PreFilter, event: object) =>
  evaluatePattern(parsePattern(pattern, { limits: 'cloudwatch' }), JSON.stringify(event)) !== undefined;

function callOf(role: string, eventName: string, more: object = {}): object {
  return {
    eventVersion: '1.11',
    eventName,
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::111122223333:assumed-role/${role}/trailbell-production-Matcher`,
    },
    ...more,
  };
}

const OWN = callOf('trailbell-production-Matcher', 'CreateLogStream');

test('without rules that let them through, own calls need no words', () => {
  const filter = filterOf('{ $.eventName = "StopLogging" }', UNAUTHORIZED, ROOT);
  expect(filter.pattern).not.toContain('trailbell-production');
  expect(filter.ownCallsLeftOut).toEqual([]);
  expect(passes(filter, OWN)).toBe(false);
});

describe('where rules would let them through', () => {
  // What has a digit in its name cannot be told in a filter but by letting everything through.
  const everything = filterOf('{ $.eventName = %[0-9]% }', UNAUTHORIZED, ROOT);

  test('calls that no rule can match are left out', () => {
    expect(everything.ownCallsLeftOut).toContain('UpdateItem');
    for (const role of ['trailbell-production-Matcher', 'trailbell-production-Reconciler']) {
      expect(passes(everything, callOf(role, 'UpdateItem'))).toBe(false);
    }
    expect(passes(everything, callOf('other', 'UpdateItem'))).toBe(true);
  });

  test.for<[what: string, event: object]>([
    ['a call that failed', { ...OWN, errorCode: 'AccessDenied' }],
    ['a call that is not of the normal work', callOf('trailbell-production-Matcher', 'ListBuckets')],
    ['the call of a role with a longer name', callOf('trailbell-production-Matcher2', 'CreateLogStream')],
    [
      'the call of a role of this name in another account',
      callOf('x', 'CreateLogStream', {
        userIdentity: {
          type: 'AssumedRole',
          arn: 'arn:aws:sts::444455556666:assumed-role/trailbell-production-Matcher/x',
        },
      }),
    ],
    [
      'the same call by a user',
      { ...OWN, userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice' } },
    ],
    [
      'a role of which the record does not say which',
      { eventName: 'CreateLogStream', userIdentity: { type: 'AssumedRole' } },
    ],
    ['a record without a caller', { eventName: 'CreateLogStream' }],
    [
      'somebody who takes on the role',
      { eventName: 'AssumeRole', userIdentity: { type: 'IAMUser' }, requestParameters: { roleArn: MATCHER } },
    ],
    [
      'a service that takes on another role',
      { eventName: 'AssumeRole', userIdentity: { type: 'AWSService' }, requestParameters: { roleArn: `${MATCHER}2` } },
    ],
  ])('%s passes', ([, event]) => {
    expect(everything.pattern).not.toBe('');
    expect(passes(everything, event)).toBe(true);
  });

  test('Lambda that takes on the role for the function is left out, where there is room to say so', () => {
    const one = preFilterFor([{ name: 'digits', filterPattern: '{ $.eventName = %[0-9]% }' }], {
      ownRoles: { arns: [MATCHER] },
    });
    expect(one.ownCallsLeftOut).toContain('AssumeRole');
    const event = {
      eventName: 'AssumeRole',
      userIdentity: { type: 'AWSService' },
      requestParameters: { roleArn: MATCHER },
    };
    expect(passes(one, event)).toBe(false);
    expect(passes(one, { ...event, errorCode: 'AccessDenied' })).toBe(true);
  });
});

test('a call that a rule can match passes, and the others are left out', () => {
  const filter = filterOf('{ $.eventName = %[0-9]|^UpdateI% }', LOG_STREAMS);
  expect(filter.ownCallsLeftOut).toContain('Decrypt');
  expect(filter.ownCallsLeftOut).not.toContain('UpdateItem');
  expect(filter.ownCallsLeftOut).not.toContain('CreateLogStream');
  expect(passes(filter, OWN)).toBe(true);
  expect(filterOf(WIDE).ownCallsLeftOut).toEqual([]);
});

test('they take their words from the filter, not the other way round', () => {
  const names = Array.from({ length: 26 * 4 }, (_, index) => {
    const letter = String.fromCharCode(65 + (index % 26));
    return `{ $.eventName = "${letter}${'name'.repeat((index % 4) + 1)}${index}*" }`;
  });
  const beginnings = ['C', 'D', 'G', 'P', 'U', 'Q', 'R', 'I', 'S'].map(
    (letter) => `{ $.eventName = "${letter}*" && $.userIdentity.type != "AssumedRole" }`,
  );
  const filter = filterOf(...names, ...beginnings);
  expect(filter.pattern.length).toBeLessThanOrEqual(1024);
  expect(passes(filter, { eventName: 'Anamename26' })).toBe(true);
  expect(filter.ownCallsLeftOut.some((call) => passes(filter, callOf('trailbell-production-Matcher', call)))).toBe(
    false,
  );
});

test('roles too many to be named at all are not, and nothing else changes', () => {
  const rules = [{ name: 'a', filterPattern: '{ $.eventName = %[0-9]% }' }];
  const arns = Array.from({ length: 12 }, (_, index) => `arn:aws:iam::111122223333:role/${'r'.repeat(60)}${index}`);
  expect(preFilterFor(rules, { ownRoles: { arns } })).toEqual(preFilterFor(rules));
});

test('who is not the ARN of a role is refused', () => {
  expect(() =>
    preFilterFor([{ name: 'a', filterPattern: '{ $.a = x }' }], { ownRoles: { arns: ['trailbell-matcher'] } }),
  ).toThrow('not the ARN of a role: trailbell-matcher');
});

const odd = fc.constantFrom<unknown>(undefined, null, true, 1, 'x', [], [null], {}, { x: 1 });
const record = fc.record({
  eventName: fc.oneof(fc.constantFrom<unknown>('CreateLogStream', 'UpdateItem', 'AssumeRole', 'ListBuckets'), odd),
  errorCode: fc.oneof(fc.constant(undefined), odd),
  type: fc.oneof({ weight: 3, arbitrary: fc.constantFrom<unknown>('AssumedRole', 'AWSService', 'Root') }, odd),
  arn: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom<unknown>(
        'arn:aws:sts::111122223333:assumed-role/trailbell-production-Matcher/x',
        'arn:aws:sts::111122223333:assumed-role/other/x',
      ),
    },
    odd,
  ),
  roleArn: fc.oneof(fc.constantFrom<unknown>(MATCHER, 'arn:aws:iam::111122223333:role/other'), odd),
  a: fc.constantFrom<unknown>(['x'], 'x', undefined),
});
const comparison = fc.constantFrom(
  ...[
    '$.eventName = "CreateLog*"',
    '$.eventName != "U*"',
    '$.eventName IS NULL',
    '$.eventName NOT EXISTS',
    '$.eventName = *',
    '$.eventName = %Item$%',
  ],
  ...['$.eventName = %[0-9]%', '$.eventName = %[0-9]%', '$.eventName = %[0-9]|^UpdateI%'],
  ...[
    '$.errorCode NOT EXISTS',
    '$.errorCode = *',
    '$.errorCode IS NULL',
    '$.errorCode IS TRUE',
    '$.errorCode != "x"',
    '$.errorCode[0] IS NULL',
  ],
  ...[
    '$.userIdentity.type = "AssumedRole"',
    '$.userIdentity.type != "AssumedRole"',
    '$.userIdentity.type IS NULL',
    '$.userIdentity.type NOT EXISTS',
  ],
  ...[
    '$.userIdentity.arn = "arn:aws:sts::*"',
    '$.userIdentity.arn = "*/x"',
    '$.userIdentity.arn = "arn:aws:sts::111122223333:assumed-role/other/x"',
    '$.userIdentity.* = "x"',
    '$.userIdentity.type.x = 1',
    '$.userIdentity.arn NOT EXISTS',
  ],
  ...[
    '$.requestParameters.roleArn = "arn:aws:iam::111122223333:role/other"',
    '$.requestParameters NOT EXISTS',
    '$.a[0] = "x"',
    '$.a = 1',
    '$.a[*] != "y"',
  ],
);
const rule = fc
  .array(fc.tuple(comparison, fc.constantFrom(' && ', ' && ', ' || ')), { minLength: 1, maxLength: 4 })
  .map((parts) => `{ ${parts.map(([each, joint], index) => `${index === 0 ? '' : joint}${each}`).join('')} }`);

test('what is left out is named normal work of these roles, and no rule matches it', () => {
  let leftOut = 0;
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 2 }),
      fc.array(record, { minLength: 8, maxLength: 8 }),
      (rules, records) => {
        const own = filterOf(...rules);
        const all = preFilterFor(rules.map((filterPattern, index) => ({ name: `rule-${index}`, filterPattern })));
        for (const { type, arn, roleArn, ...fields } of records) {
          const event = { ...fields, userIdentity: { type, arn }, requestParameters: { roleArn } };
          const text = JSON.stringify(event);
          if (passes(own, event)) continue;
          const isMatched = rules.some((each) => evaluatePattern(parsePattern(each), text) !== undefined);
          expect(isMatched, `${own.pattern} keeps out ${text}, which one of ${rules.join()} matches`).toBe(false);
          if (passes(all, event)) leftOut += 1;
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(leftOut).toBeGreaterThan(15);
});
