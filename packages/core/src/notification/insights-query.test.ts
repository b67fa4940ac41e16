import { expect, test } from 'vitest';
import { MISSING_GROUP_VALUE } from '../matcher/index.ts';
import { insightsQueries } from './insights-query.ts';
import { notificationInput, stopLogging } from './notification-fixture.ts';
import type { AlarmContext } from './notification-input.ts';

function queries(filterPattern: string, more: Partial<AlarmContext> = {}): readonly string[] {
  const { context } = notificationInput();
  return insightsQueries({ ...context, groupValues: [], ...more, rule: { ...context.rule, filterPattern } });
}

/** What the closest query filters by; undefined where it does not. */
function filterOf([query = '']: readonly string[]): string | undefined {
  return /\| filter (.*)\n/.exec(query)?.[1];
}

test.each([
  ['{ $.eventName = "StopLogging" }', 'eventName = "StopLogging"'],
  ['{ $.eventName != StopLogging }', 'eventName != "StopLogging"'],
  ['{ ($.eventName = A) || ($.eventName = B) }', 'eventName in ["A", "B"]'],
  [
    '{ $.eventSource = "iam.amazonaws.com" && ($.eventName = A || $.eventName = B) && $.errorCode NOT EXISTS }',
    '(eventSource = "iam.amazonaws.com" and eventName in ["A", "B"] and not ispresent(errorCode))',
  ],
  ['{ ($.eventName = A) || ($.errorCode = B) }', '(eventName = "A" or errorCode = "B")'],
  ['{ ($.eventName = A) || ($.eventName = B*) }', '(eventName = "A" or eventName like /^B/)'],
  ['{ $.errorCode = "*UnauthorizedOperation" }', 'errorCode like /UnauthorizedOperation$/'],
  ['{ $.errorCode = AccessDenied* }', 'errorCode like /^AccessDenied/'],
  ['{ $.errorMessage = "*a.b/c*" }', 'errorMessage like /a\\.b\\/c/'],
  ['{ $.errorMessage != "*a*" }', 'errorMessage not like /a/'],
  ['{ $.eventName = * }', 'ispresent(eventName)'],
  ['{ $.requestParameters.count >= 10 }', 'requestParameters.count >= 10'],
  ['{ $.resources[0].ARN = "arn:aws:s3:::logs" }', 'resources.0.ARN = "arn:aws:s3:::logs"'],
])('%s is searched for as %s', (pattern, condition) => {
  expect(filterOf(queries(pattern))).toBe(condition);
});

test.each([
  ['a list of which any may do', '{ $.resources[*].ARN = x && $.eventName = A }', 'eventName = "A"'],
  ['a constant', '{ $.readOnly IS TRUE && $.eventName = A }', 'eventName = "A"'],
  ['an expression', '{ $.eventName = %Stop|Delete% && $.a = 1 }', 'a = 1'],
  ['a value that could end its quotes', '{ $.eventName = "A\\" or 1 = 1" && $.a = 1 }', 'a = 1'],
  ['a name that needs quotes', `{ $.requestParameters.['x.y'] = 1 && $.a = 1 }`, 'a = 1'],
  ['a field that begins with a digit', '{ $.0a = 1 && $.a = 1 }', 'a = 1'],
  ['one alternative of several', '{ ($.eventName = A || $.readOnly IS TRUE) && $.a = 1 }', 'a = 1'],
])('%s, which the search cannot say, makes it wider', (_, pattern, condition) => {
  expect(filterOf(queries(pattern))).toBe(condition);
});

test.each(['{ $.readOnly IS TRUE }', '{ $.eventName = A || $.readOnly IS TRUE }', 'StopLogging', '[a, b = x]', ''])(
  'where nothing of the pattern can be said (%s), the actions that were seen are searched for',
  (pattern) => {
    expect(filterOf(queries(pattern))).toBe('eventName in ["StopLogging"]');
    expect(filterOf(queries(pattern, { examples: [] }))).toBeUndefined();
    const hostile = [stopLogging({ eventName: 'A"] or 1 in ["' })];
    expect(filterOf(queries(pattern, { examples: hostile }))).toBeUndefined();
  },
);

test("the alarm's group is part of every search, a field that the events lack as well", () => {
  const groupValues = [
    { selector: '$.recipientAccountId', value: '111122223333' },
    { selector: '$.userIdentity.arn', value: MISSING_GROUP_VALUE },
    { selector: '$.userAgent', value: 'x" or "1" = "1' },
    { selector: '', value: 'of a rule that changed' },
  ];
  const group = 'recipientAccountId = "111122223333" and not ispresent(userIdentity.arn)';
  const all = queries('{ $.eventName = A }', { groupValues });
  expect(all.map((query) => filterOf([query]))).toEqual([
    `eventName = "A" and ${group}`,
    `eventName in ["StopLogging"] and ${group}`,
    group,
  ]);
});
