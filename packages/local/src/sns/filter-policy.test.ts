import { expect, test } from 'vitest';
import { passesFilter } from './filter-match.ts';
import { type FilterPolicyScope, parseFilterPolicy } from './filter-policy.ts';
import type { MessageAttribute } from './message-attributes.ts';

const text = (value: string): MessageAttribute => ({ type: 'String', value });
const number = (value: number): MessageAttribute => ({ type: 'Number', value: String(value) });
const array = (...values: unknown[]): MessageAttribute => ({ type: 'String.Array', value: JSON.stringify(values) });

function passes(policy: object, attributes: Record<string, MessageAttribute>): boolean {
  const parsed = parseFilterPolicy(JSON.stringify(policy), 'MessageAttributes');
  return passesFilter(parsed, 'MessageAttributes', { body: '', attributes: new Map(Object.entries(attributes)) });
}

function bodyPasses(policy: object, body: unknown): boolean {
  const parsed = parseFilterPolicy(JSON.stringify(policy), 'MessageBody');
  const message = { body: typeof body === 'string' ? body : JSON.stringify(body), attributes: new Map() };
  return passesFilter(parsed, 'MessageBody', message);
}

interface AttributeCase {
  readonly rule: readonly unknown[];
  readonly takes: readonly MessageAttribute[];
  readonly refuses: readonly (MessageAttribute | undefined)[];
}

const ATTRIBUTE_CASES: readonly AttributeCase[] = [
  {
    rule: ['rugby', 'tennis'],
    takes: [text('rugby'), text('tennis'), array('golf', 'tennis')],
    refuses: [text('Rugby'), text('rug'), array('golf'), array(), undefined, { type: 'Binary', value: 'rugby' }],
  },
  { rule: [100], takes: [number(100), array(100)], refuses: [text('100'), number(101), array('100')] },
  { rule: ['100'], takes: [text('100'), array('100')], refuses: [number(100)] },
  { rule: [true, null], takes: [array(true), array(null)], refuses: [text('true'), text('null'), array(false)] },
  {
    rule: [{ 'anything-but': ['rugby', 'tennis'] }],
    takes: [text('golf'), array('rugby', 'golf')],
    refuses: [text('rugby'), array('rugby', 'tennis'), undefined],
  },
  { rule: [{ 'anything-but': 'rugby' }], takes: [text('golf')], refuses: [text('rugby')] },
  { rule: [{ 'anything-but': [100, 500] }], takes: [number(101), array(100, 50)], refuses: [number(500), array(100)] },
  { rule: [{ 'anything-but': { prefix: 'order-' } }], takes: [text('data')], refuses: [text('order-1'), undefined] },
  { rule: [{ 'anything-but': { suffix: 'ball' } }], takes: [text('golf')], refuses: [text('baseball')] },
  { rule: [{ prefix: 'bas' }], takes: [text('baseball'), array('x', 'bas')], refuses: [text('abas'), undefined] },
  { rule: [{ suffix: 'ball' }], takes: [text('baseball')], refuses: [text('ballet')] },
  { rule: [{ 'equals-ignore-case': 'Tennis' }], takes: [text('TENNIS')], refuses: [text('table tennis')] },
  { rule: [{ exists: true }], takes: [text('x'), number(0)], refuses: [undefined, { type: 'Binary', value: 'AQ==' }] },
  { rule: [{ exists: false }], takes: [], refuses: [text('x'), undefined] },
  { rule: [{ numeric: ['=', 301.5] }], takes: [number(301.5)], refuses: [number(301), text('301.5')] },
  { rule: [{ numeric: ['>', 0, '<=', 150] }], takes: [number(150), number(1)], refuses: [number(0), number(151)] },
  { rule: [{ numeric: ['>=', -3] }], takes: [number(-3)], refuses: [number(-4)] },
  { rule: [{ numeric: ['<', 3] }], takes: [number(2)], refuses: [number(3)] },
  { rule: [{ cidr: '10.0.0.0/24' }], takes: [text('10.0.0.255')], refuses: [text('10.0.1.0'), text('office')] },
  { rule: [{ cidr: '2001:db8::/32' }], takes: [text('2001:db8::1')], refuses: [text('2001:db9::1')] },
  { rule: ['a', { prefix: 'b' }], takes: [text('a'), text('bc')], refuses: [text('c')] },
];

test.for(ATTRIBUTE_CASES)('over message attributes, $rule', ({ rule, takes, refuses }) => {
  for (const attribute of takes)
    expect({ attribute, passes: passes({ sport: rule }, { sport: attribute }) }).toEqual({ attribute, passes: true });
  for (const attribute of refuses) {
    const attributes = attribute === undefined ? {} : { sport: attribute };
    expect({ attribute, passes: passes({ sport: rule }, attributes) }).toEqual({ attribute, passes: false });
  }
});

test('exists false takes a message without the attribute', () => {
  expect(passes({ sport: [{ exists: false }] }, { other: text('x') })).toBe(true);
});

test.for<[string, object]>([
  ['a value', { sport: ['rugby'] }],
  ['anything but a value', { sport: [{ 'anything-but': 'rugby' }] }],
  ['its absence', { sport: [{ exists: false }] }],
  ['its absence, or a value', { sport: [{ exists: false }, 'rugby'] }],
  ['one of two absences', { $or: [{ sport: [{ exists: false }] }, { team: [{ exists: false }] }] }],
])('a message without any attribute is not taken by a policy over attributes that asks for %s', ([, policy]) => {
  expect(passes(policy, {})).toBe(false);
  expect(bodyPasses(policy, {})).toBe(JSON.stringify(policy).includes('false'));
});

test('every key has to match, and what the policy does not name is ignored', () => {
  const policy = { sport: ['rugby'], team: ['red'] };
  expect(passes(policy, { sport: text('rugby'), team: text('red'), place: text('here') })).toBe(true);
  expect(passes(policy, { sport: text('rugby'), team: text('blue') })).toBe(false);
  expect(passes(policy, { sport: text('rugby') })).toBe(false);
});

test('an empty policy takes everything', () => {
  expect(passes({}, {})).toBe(true);
});

test('$or takes a message that one of its alternatives takes, beside the other keys', () => {
  const policy = { source: ['own'], $or: [{ severity: ['critical'] }, { count: [{ numeric: ['>', 9] }] }] };
  expect(passes(policy, { source: text('own'), severity: text('critical') })).toBe(true);
  expect(passes(policy, { source: text('own'), severity: text('low'), count: number(10) })).toBe(true);
  expect(passes(policy, { source: text('own'), severity: text('low'), count: number(9) })).toBe(false);
  expect(passes(policy, { severity: text('critical') })).toBe(false);
});

test.for<[string, MessageAttribute]>([
  ['a String.Array that is not JSON', { type: 'String.Array', value: '[a]' }],
  ['a custom string type', { type: 'String.Name', value: 'a' }],
  ['a binary attribute', { type: 'Binary', value: 'YQ==' }],
])('%s is to the filter as if absent', ([, attribute]) => {
  expect(passes({ sport: ['a'] }, { sport: attribute })).toBe(false);
  expect(passes({ sport: [{ exists: false }] }, { sport: attribute })).toBe(true);
});

test.for<[object, unknown, boolean]>([
  [{ state: ['ALARM'] }, { state: 'ALARM' }, true],
  [{ state: ['ALARM'] }, { state: 'OK' }, false],
  [{ state: ['ALARM'] }, { other: { state: 'ALARM' } }, false],
  [{ count: [3] }, { count: 3 }, true],
  [{ count: [3] }, { count: '3' }, false],
  [{ on: [true] }, { on: true }, true],
  [{ on: [null] }, { on: null }, true],
  [{ on: [null] }, {}, false],
  [{ a: [{ exists: true }] }, { a: null }, false],
  [{ a: [{ exists: true }] }, { a: '' }, false],
  [{ a: [{ exists: false }] }, { a: null }, false],
  [{ a: { b: { c: ['x'] } } }, { a: { b: { c: ['y', 'x'] } } }, true],
  [{ a: { b: ['x'], c: ['y'] } }, { a: { b: 'x' } }, false],
  [{ a: { b: ['x'] } }, { a: [{ b: 'w' }, { b: 'x' }] }, true],
  [{ a: { b: ['x'], c: ['y'] } }, { a: [{ b: 'x' }, { c: 'y' }] }, false],
  [{ a: { b: [{ exists: false }] } }, {}, true],
  [{ a: { b: [{ exists: false }] } }, { a: { b: 1 } }, false],
  [{ a: { b: [{ exists: true }] } }, { a: 'b' }, false],
  [{ a: ['x'] }, 'not JSON', false],
  [{ a: [{ exists: false }] }, '[1]', false],
  [{ constructor: [{ exists: true }] }, {}, false],
])('over the message body, %j and %j: %s', ([policy, body, expected]) => {
  expect(bodyPasses(policy, body)).toBe(expected);
});

test.for<[unknown, FilterPolicyScope, string]>([
  [[], 'MessageAttributes', 'failed to parse JSON.'],
  [{ a: 'x' }, 'MessageAttributes', '"a" must be an object or an array'],
  [{ a: [] }, 'MessageAttributes', 'Empty arrays are not allowed'],
  [{ a: [{ like: 'x' }] }, 'MessageAttributes', 'Unrecognized match type like'],
  [{ a: [{ toString: 'x' }] }, 'MessageAttributes', 'Unrecognized match type toString'],
  [{ a: [{ prefix: 'x', suffix: 'y' }] }, 'MessageAttributes', 'Only one key allowed in match expression'],
  [{ a: [['x']] }, 'MessageAttributes', 'Match value must be String, number, true, false, or null'],
  [{ a: [{ exists: 'yes' }] }, 'MessageAttributes', 'exists match pattern must be either true or false.'],
  [{ a: [{ prefix: 1 }] }, 'MessageAttributes', 'prefix match pattern must be a string'],
  [{ a: [{ 'anything-but': [] }] }, 'MessageAttributes', 'Inside anything but list'],
  [{ a: [{ 'anything-but': [null] }] }, 'MessageAttributes', 'Inside anything but list'],
  [{ a: [{ 'anything-but': { exists: true } }] }, 'MessageAttributes', 'Unsupported anything-but pattern'],
  [{ a: [{ numeric: ['>'] }] }, 'MessageAttributes', 'Value of numeric must be an array'],
  [{ a: [{ numeric: ['!', 1] }] }, 'MessageAttributes', 'Unrecognized numeric range operator: !'],
  [{ a: [{ numeric: ['>', 1e10] }] }, 'MessageAttributes', 'between -1.0E9 and 1.0E9'],
  [{ a: [{ cidr: 'office' }] }, 'MessageAttributes', 'Malformed CIDR'],
  [{ a: [1], b: [1], c: [1], d: [1], e: [1], f: [1] }, 'MessageAttributes', 'more than 5 keys'],
  [{ $or: [{ a: ['x'] }] }, 'MessageAttributes', 'Unrecognized match type a'],
  [{ a: { b: ['x'] } }, 'MessageAttributes', 'does not support nested filter policy'],
  [{ a: Array.from({ length: 151 }, (_, at) => at) }, 'MessageAttributes', 'too complex'],
  [{ a: Array(13).fill('x'), b: Array(12).fill('x') }, 'MessageAttributes', 'too complex'],
  [{ a: { b: { c: Array(51).fill('x') } } }, 'MessageBody', 'too complex'],
])('the filter policy %j over %s is refused', ([policy, scope, message]) => {
  expect(() => parseFilterPolicy(JSON.stringify(policy), scope)).toThrow(message);
});

test('150 combinations are within the limit', () => {
  const policy = JSON.stringify({ a: Array(15).fill('x'), b: Array(10).fill('x') });
  expect(() => parseFilterPolicy(policy, 'MessageAttributes')).not.toThrow();
});
