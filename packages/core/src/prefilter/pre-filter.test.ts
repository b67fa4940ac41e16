import { expect, test } from 'vitest';
import { evaluatePattern, parsePattern } from '../pattern/index.ts';
import { preFilterFor, type PreFilterOptions } from './index.ts';

const ruleOf = (filterPattern: string, index: number) => ({ name: `rule-${index}`, filterPattern });

/** What the filter is, from nothing but the patterns of rules. */
function filterOf(patterns: readonly string[], options: PreFilterOptions = {}): string {
  return preFilterFor(patterns.map(ruleOf), options).pattern;
}

test.for<[why: string, patterns: readonly string[], filter: string]>([
  ['a name', ['{ $.eventName = "StopLogging" }'], '{$.eventName=StopLogging}'],
  [
    'names of several rules, in order',
    ['{ $.eventName = "B" }', '{ $.eventName = "A*" }'],
    '{$.eventName=A*||$.eventName=B}',
  ],
  [
    'a name under a beginning that another rule asks for',
    ['{ $.eventName = "Delete*" }', '{ $.eventName = "DeleteTrail" }'],
    '{$.eventName=Delete*}',
  ],
  [
    'a rare name does not need its guards',
    ['{ $.eventName = "StopLogging" && $.eventSource = "cloudtrail.amazonaws.com" }'],
    '{$.eventName=StopLogging}',
  ],
  [
    'a frequent name does',
    ['{ $.eventName = "AssumeRole" && $.userIdentity.type = "AWSAccount" }'],
    '{$.eventName=AssumeRole&&$.userIdentity.type=AWSAccount}',
  ],
  [
    'guards without a name, where they tell calls apart',
    ['{ $.userIdentity.type = "Root" && $.eventVersion != "1.04" }'],
    '{$.userIdentity.type=Root&&$.eventVersion=*}',
  ],
  [
    'what only negates',
    ['{ $.eventName != "Get*" && $.eventName != "List*" }'],
    '{$.eventName!=Get*&&$.eventName!=List*}',
  ],
  ['a property that is missing', ['{ $.eventSource NOT EXISTS }'], '{$.eventSource NOT EXISTS}'],
  ['constants', ['{ $.readOnly IS FALSE && $.a IS NULL }'], '{$.readOnly IS FALSE&&$.a IS NULL}'],
  ['a number, only as something that is there', ['{ $.count >= 4 }', '{ $.b = 1.0 }'], '{$.count=*||$.b=*}'],
  ['a text that a number may be written as', ['{ $.a = "1.0E7" }'], '{$.a=*}'],
  [
    'an account, which is no such text',
    ['{ $.recipientAccountId = "012345678901" }'],
    '{$.recipientAccountId="012345678901"}',
  ],
  ['the beginning of an address', ['{ $.sourceIPAddress = "10.*" }'], '{$.sourceIPAddress="10.*"}'],
  ['a text beyond ASCII', ['{ $.a = "é" }'], '{$.a=*}'],
  ['a text with a quote', [String.raw`{ $.a = "x\"y" }`], '{$.a=*}'],
  ['a text with an asterisk inside', ['{ $.a = "x*y" }'], '{$.a=*}'],
  ['words that mean something', ['{ $.a = "null" && $.b = "IS" }'], '{$.a="null"&&$.b="IS"}'],
  ['a hyphen', ['{ $.a = "web-prod" }'], '{$.a="web-prod"}'],
  [
    'a regular expression of names',
    ['{ $.eventName = %^StopLogging$|^DeleteTr.*l% }'],
    '{$.eventName=DeleteTr*||$.eventName=StopLogging}',
  ],
  [
    'a regular expression with what it always finds',
    ['{ $.a = %x+Policy[a-z]% }', '{ $.b = %[0-9]z$% }'],
    '{$.a=*Policy*||$.b=*z}',
  ],
  ['a regular expression that begins anywhere', ['{ $.a = %xy[0-9]% }'], '{$.a=*xy*}'],
  [
    'what only looks like what another clause says',
    ['{ $.errorCode = "xDenied*" }', '{ $.errorCode = "*Denied" }', '{ $.errorCode = "*Den" }'],
    '{$.errorCode=xDenied*||$.errorCode=*Denied||$.errorCode=*Den}',
  ],
  ['one that always finds nothing in particular', ['{ $.a = %[xy]% }'], '{$.a=*}'],
  [
    'alternatives in a conjunction',
    ['{ $.eventName = "AssumeRole" && ($.a = "x" || $.b = "y") }'],
    '{$.eventName=AssumeRole&&($.a=x||$.b=y)}',
  ],
  [
    'names in a disjunction of a conjunction',
    ['{ $.a = "x" && ($.eventName = "StopLogging" || $.b = "y") }'],
    '{$.eventName=StopLogging||$.b=y&&$.a=x}',
  ],
  [
    'what another clause says already',
    ['{ $.errorCode = "AccessDenied*" }', '{ $.errorCode = "AccessDeniedException" && $.a = "x" }'],
    '{$.errorCode=AccessDenied*}',
  ],
  ['a wildcard beside something that can be said', ['{ $.a[*] = "x" && $.b = "y" }'], '{$.b=y}'],
])('%s', ([, patterns, filter]) => {
  expect(filterOf(patterns)).toBe(filter);
});

test.for<[why: string, patterns: readonly string[], unfilteredBy: readonly string[]]>([
  ['a rule that looks at text', ['{ $.a = "x" }', '"StopLogging"'], ['rule-1']],
  ['a rule that looks at fields of lines', ['[a, b = x]'], ['rule-0']],
  ['a rule that is a regular expression', ['%x%'], ['rule-0']],
  ['a rule that takes everything', [''], ['rule-0']],
  ['a rule of which nothing is certain', ['{ $.a = "x" }', '{ $.a[0] = "x" || $.b = "y" }'], ['rule-1']],
  ['a rule that takes nearly every call', ['{ $.eventName = * }'], []],
])('%s lets everything through', ([, patterns, unfilteredBy]) => {
  expect(preFilterFor(patterns.map(ruleOf))).toEqual({
    pattern: '',
    estimatedShare: 1,
    unfilteredBy,
    ownCallsLeftOut: [],
  });
});

const VERBS = ['Create', 'Delete', 'Put', 'Update', 'Attach', 'Detach', 'Enable', 'Disable', 'Modify', 'Revoke'];
const THINGS = ['Trail', 'Detector', 'Key', 'Rule', 'Gateway', 'Vpc', 'User', 'Login', 'Bucket', 'Policy', 'Recorder'];
const NAMES = VERBS.flatMap((verb) => THINGS.map((thing) => `${verb}${thing}`));
const names = NAMES.map((name) => `{ $.eventName = "${name}" && $.eventSource = "x.amazonaws.com" }`);

const passes = (filter: string, event: object) =>
  evaluatePattern(parsePattern(filter, { limits: 'cloudwatch' }), JSON.stringify(event)) !== undefined;

test.for([true, false])('where all names do not fit, their beginnings do (regular expression: %s)', (allowsRegex) => {
  const filter = filterOf(names, { allowsRegex });
  expect(filter.length).toBeLessThanOrEqual(1024);
  expect(filter.length).toBeGreaterThan(allowsRegex ? 900 : 200);
  expect(filter.includes('%')).toBe(allowsRegex);
  const eventSource = 'x.amazonaws.com';
  expect(NAMES.filter((eventName) => !passes(filter, { eventName, eventSource }))).toEqual([]);
  expect(passes(filter, { eventName: 'DescribeInstances', eventSource })).toBe(false);
  expect(passes(filter, { eventName: 'AssumeRole', eventSource })).toBe(false);
});

test('a regular expression is used only where it saves much', () => {
  expect(filterOf(names.slice(0, 5))).not.toContain('%');
  expect(filterOf(names)).toContain('%');
});

test('clauses that are too many for any text leave no filter', () => {
  const wide = Array.from({ length: 80 }, (_, index) => `{ $.requestParameters.property${index} = "x" }`);
  expect(filterOf(wide)).toBe('');
});

test('the same rules give the same text', () => {
  expect(filterOf([...names])).toBe(filterOf([...names]));
});

test('the share is that of an ordinary trail', () => {
  const share = (pattern: string) => preFilterFor([ruleOf(pattern, 0)]).estimatedShare;
  expect(share('{ $.eventName = "StopLogging" }')).toBe(0);
  expect(share('{ $.eventName = "Describe*" }')).toBeGreaterThan(0.2);
  expect(share('{ $.eventName != "Describe*" }')).toBeCloseTo(1 - share('{ $.eventName = "Describe*" }'), 10);
});
