import { expect, test } from 'vitest';
import { loadRules } from '../rule/index.ts';
import { coverageOf } from './coverage.ts';
import { ruleWith } from './loaded-rule.fixture.ts';

const uncovered = (lines: string) => coverageOf(ruleWith(lines)).uncovered.map(({ text }) => text);

test.each([
  ['an alternative that no record needs', '{ $.a = 1 || $.a = 2 }', '[{ a: 1 }]', '[{ a: 3 }]', ['$.a = 2']],
  ['each alternative has its record', '{ $.a = 1 || $.a = 2 }', '[{ a: 1 }, { a: 2 }]', '[]', []],
  [
    'a record that two alternatives let in needs neither',
    '{ $.a = 1 || $.b = 1 }',
    '[{ a: 1, b: 1 }]',
    '[]',
    ['$.a = 1', '$.b = 1'],
  ],
  ['a condition that keeps nothing out', '{ $.a = 1 && $.b = 1 }', '[{ a: 1, b: 1 }]', '[{ a: 2, b: 1 }]', ['$.b = 1']],
  [
    'a record that two conditions keep out needs neither',
    '{ $.a = 1 && $.b = 1 }',
    '[{ a: 1, b: 1 }]',
    '[{ a: 2 }]',
    ['$.a = 1', '$.b = 1'],
  ],
  ['each condition has its record', '{ $.a = 1 && $.b NOT EXISTS }', '[{ a: 1 }]', '[{ a: 2 }, { a: 1, b: 1 }]', []],
  [
    'alternatives below a condition',
    '{ ($.a = 1 || $.a = 2) && $.b = 1 }',
    '[{ a: 2, b: 1 }]',
    '[{ a: 2 }]',
    ['$.a = 1'],
  ],
  ['a lone comparison wants a record that it keeps out', '{ $.a = 1 }', '[{ a: 1 }]', '[]', ['$.a = 1']],
])('%s', (_name, pattern, matches, ignores, expected) => {
  expect(uncovered(`filterPattern: '${pattern}'\nexamples: { matches: ${matches}, ignores: ${ignores} }`)).toEqual(
    expected,
  );
});

test('an exception is needed by a record that it alone takes out', () => {
  const rule = (ignores: string) => `filterPattern: '{ $.a = 1 }'
exceptions:
  - { filterPattern: '{ $.b = 1 }', reason: r, owner: o, expires: 2027-01-01 }
  - { filterPattern: '{ $.c = 1 }', reason: r, owner: o, expires: 2027-01-01 }
examples: { matches: [{ a: 1 }], ignores: [{ a: 2 }, ${ignores}] }`;
  expect(uncovered(rule('{ a: 1, b: 1 }'))).toEqual(['{ $.c = 1 }']);
  expect(uncovered(rule('{ a: 1, b: 1, c: 1 }'))).toEqual(['{ $.b = 1 }', '{ $.c = 1 }']);
  expect(uncovered(rule('{ a: 2, b: 1 }, { a: 1, c: 1 }'))).toEqual(['{ $.b = 1 }']);
});

test('records of timelines count', () => {
  expect(
    uncovered(`filterPattern: '{ $.a = 1 || $.a = 2 }'
timelines: [{ name: t, events: [{ at: 0s, event: { a: 1 } }, { at: 1s, event: { a: 2 } }], expect: [{ at: 0s, state: OK }] }]`),
  ).toEqual([]);
});

test('a rule without tests has none, and every clause is open', () => {
  expect(coverageOf(ruleWith(`filterPattern: '{ $.a = 1 && $.b = 1 }'`))).toMatchObject({
    hasTests: false,
    clauses: 2,
  });
  expect(coverageOf(ruleWith(`filterPattern: 'ERROR -fine'`))).toMatchObject({ clauses: 0, uncovered: [] });
});

test('of a shared list one entry is enough, and what is open stands where the list is named', () => {
  const text = `values: { l: [x, y, z], m: [p, q] }
---
name: r
title: t
severity: info
filterPattern: '{ $.a = @l && $.b != @m }'
examples: { matches: [{ a: y, b: n }], ignores: [{ a: n, b: n }] }
`;
  const [rule] = loadRules([{ path: 'r.yaml', text }]).rules;
  expect(rule && coverageOf(rule)).toEqual({
    hasTests: true,
    clauses: 2,
    exceptions: 0,
    uncovered: [{ kind: 'clause', text: '$.b != "p"', file: 'r.yaml', line: 6, column: 31 }],
  });
});
