import { expect, test } from 'vitest';
import type { LoadedRule } from '../rule/index.ts';
import { loadRules } from '../rule/index.ts';
import { decidingClauses } from './deciding-clauses.ts';
import { judgeExamples } from './judge-examples.ts';
import { ruleWith } from './loaded-rule.fixture.ts';
import { ruleTests } from './rule-tests.ts';

const NOW_MS = Date.parse('2027-06-01T12:00:00Z');

/** What is wrong with each example, in the order of the rule; undefined where nothing is. */
function failures(rule: LoadedRule) {
  const tests = ruleTests(rule).flatMap((one) => (one.kind === 'timeline' ? [] : [one]));
  return judgeExamples(rule, tests, NOW_MS).map(({ failure }) => failure);
}

test('examples that the rule counts and ignores as it says pass', () => {
  const rule = ruleWith(`filterPattern: '{ $.a = 1 }'
examples: { matches: [{ a: 1 }, '{"a": 1.0}'], ignores: [{ a: 2 }, plain text, { b: 1 }] }`);
  expect(failures(rule)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('a record that the pattern does not match comes with the clauses that decided', () => {
  const rule = ruleWith(`filterPattern: '{ $.a = 1 && ($.b = x || $.b = y) && $.c NOT EXISTS }'
examples: { matches: [{ a: 1, b: z, c: 1 }] }`);
  const [failure] = failures(rule);
  expect(failure?.kind).toBe('no-match');
  const clauses = failure?.kind === 'no-match' ? decidingClauses(failure.explanation) : [];
  expect(clauses.map(({ label, seen }) => [label, ...seen])).toEqual([
    ['$.b = x', '"z"'],
    ['$.b = y', '"z"'],
    ['$.c NOT EXISTS', '1'],
  ]);
});

test('a record that an exception takes out comes with that exception', () => {
  const rule = ruleWith(`filterPattern: '{ $.a = 1 }'
exceptions:
  - { filterPattern: '{ $.b = 1 }', reason: first, owner: o, expires: 2027-06-01 }
  - { filterPattern: '{ $.c = 1 }', reason: second, owner: o, expires: 2027-06-01 }
examples: { matches: [{ a: 1, c: 1 }], ignores: [{ a: 1, b: 1 }] }`);
  expect(failures(rule)).toMatchObject([{ kind: 'excepted', exception: { index: 1, reason: 'second' } }, undefined]);
});

test('an exception that has ended by now takes nothing out, whenever the record happened', () => {
  const rule = ruleWith(`filterPattern: '{ $.a = 1 }'
exceptions:
  - { filterPattern: '{ $.b = 1 }', reason: gone, owner: o, expires: 2027-05-31 }
  - { filterPattern: '{ $.c = 1 }', reason: in force, owner: o, expires: 2027-06-01 }
examples:
  matches: [{ a: 1, b: 1, eventTime: '2026-01-01T00:00:00Z' }]
  ignores: [{ a: 1, b: 1, eventTime: '2026-01-01T00:00:00Z' }, { a: 1, c: 1, eventTime: '2030-01-01T00:00:00Z' }]`);
  expect(failures(rule)).toMatchObject([
    undefined,
    { kind: 'counted', expired: [{ index: 0, reason: 'gone' }] },
    undefined,
  ]);
});

test('a rule with time conditions judges records by their eventTime, and wants one', () => {
  const text = `timeIntervals:
  office-hours: { days: [monday], from: '09:00', to: '17:00', timeZone: Europe/Berlin }
---
name: r
title: t
severity: info
filterPattern: '{ $.a = 1 }'
notDuring: office-hours
examples:
  matches: [{ a: 1, eventTime: '2027-01-04T18:00:00Z' }, { a: 1, eventTime: '2027-01-04T09:00:00Z' }]
  ignores: [{ a: 1, eventTime: '2027-01-04T09:00:00Z' }, { a: 2 }]
`;
  const [rule] = loadRules([{ path: 'r.yaml', text }]).rules;
  expect(rule && failures(rule)).toMatchObject([
    undefined,
    { kind: 'wrong-time', intervals: [{ name: 'office-hours' }] },
    undefined,
    { kind: 'no-time' },
  ]);
});

test('a record whose value is no number is not counted', () => {
  const rule = ruleWith(`filterPattern: '{ $.a = 1 }'
metricValue: $.bytes
examples: { matches: [{ a: 1, bytes: 5 }, { a: 1, bytes: many }], ignores: [{ a: 1 }] }`);
  expect(failures(rule)).toEqual([undefined, { kind: 'no-value', selector: '$.bytes' }, undefined]);
});

test('a record that counts and should not comes with what held', () => {
  const rule = ruleWith(`filterPattern: '{ $.a = 1 && ($.b = x || $.b = y) }'
mode: stage
examples: { ignores: [{ a: 1, b: y }] }`);
  const [failure] = failures(rule);
  const clauses = failure?.kind === 'counted' ? decidingClauses(failure.explanation) : [];
  expect(clauses.map(({ label }) => label)).toEqual(['$.a = 1', '$.b = y']);
});

test('tests stand where they were written, and bear their names or their numbers', () => {
  const rule = ruleWith(`filterPattern: ''
examples:
  matches:
    - { name: first, event: {} }
    - {}
timelines:
  - name: over time
    events: []
    expect: [{ at: 0s, state: OK }]`);
  expect(ruleTests(rule).map(({ kind, name, place }) => [kind, name, place.line])).toEqual([
    ['matches', 'first', 7],
    ['matches', 'number 2', 8],
    ['timeline', 'over time', 10],
  ]);
});
