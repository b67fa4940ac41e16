import { expect, test } from 'vitest';
import { loadRules } from './load-rules.ts';
import { formatProblem } from './problem.ts';

const rule = (name: string, lines: string) => `name: ${name}\ntitle: t\nseverity: info\n${lines}\n`;

function load(files: Readonly<Record<string, string>>, library: Readonly<Record<string, string>> = {}) {
  const list = (texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).map(([path, text]) => ({ path, text }));
  const loaded = loadRules(list(files), { library: list(library) });
  return { rules: loaded.rules, problems: loaded.problems.map(formatProblem) };
}

test('a list is named in a pattern and an exception, whatever file defines it', () => {
  const { rules, problems } = load({
    'rules/own/a.yaml': rule(
      'a',
      `filterPattern: '{ $.account != @trusted }'
exceptions:
  - { filterPattern: '{ $.ip = @offices }', reason: r, owner: o, expires: 2027-01-01 }`,
    ),
    'rules/own/shared.yaml': `values:\n  trusted: ['111122223333']\n  offices: [10.0.0.0/8, 192.0.2.1]\n`,
  });
  expect(problems).toEqual([]);
  expect(rules).toMatchObject([
    {
      filterPattern: '{ $.account != "111122223333" }',
      exceptions: [{ filterPattern: '{ ($.ip = "10.*" || $.ip = "192.0.2.1") }' }],
      sharedValues: [
        { name: 'trusted', values: ['111122223333'] },
        { name: 'offices', values: ['10.0.0.0/8', '192.0.2.1'] },
      ],
    },
  ]);
});

test('problems stand where the pattern was written, before and after a name', () => {
  const { problems } = load({
    'x.yaml': `values: { l: [a, b, c] }
---
name: x
title: t
severity: info
filterPattern: >-
  { $.a = @l
  && $.b == 1 }
exceptions:
  - filterPattern: '{ $.a = @m && $.b = @l }'
    reason: r
    owner: o
    expires: 2027-01-01
`,
  });
  expect(problems).toEqual([
    "x.yaml:8:11 pattern-syntax: After '=' a value is expected, not '='. (Write = in place of ==.)",
    'x.yaml:10:29 unknown-shared-value: there is no shared list @m (did you mean @l?)',
  ]);
});

test.each([
  ['values: { l: x }', '1:14 wrong-type: values.l is "x"; expected a list'],
  ['values: { l: [] }', '1:14 out-of-range: values.l is an empty list; expected at least 1 entry'],
  [
    'values: { l: [111122223333] }',
    '1:15 wrong-type: values.l[0] is 111122223333; expected text (put it in quotes: an account id without quotes is a number, and loses its zeros)',
  ],
  ['values: { 9l: [x] }', '1:15 invalid-format: "9l" is no name; expected letters, digits, - and _, a letter first'],
  [
    'values: { l: [10.0.0.1/8] }',
    '1:15 unusable-value: 10.0.0.1/8 does not begin where the block begins (write 10.0.0.0/8)',
  ],
  [
    `values: { l: ['%(a)%'] }`,
    "1:15 unusable-value: the expression %(a)% cannot be read: '(' is not allowed in a regular expression, escaped or not. There are no groups; | separates whole alternatives. For the character itself write \\x28.",
  ],
  ['values: { l: [a] }\nvalue: {}', '2:1 unknown-key: unknown key "value" (did you mean values?)'],
  [
    'timeIntervals: { night: { from: "22:00", to: "06:00", timeZone: Europe/Berln } }',
    '1:65 unknown-time-zone: "Europe/Berln" is no time zone of the IANA database (did you mean Europe/Berlin?)',
  ],
])('%s', (text, problem) => {
  const [found] = load({ 'x.yaml': text }).problems;
  expect(found).toBe(`x.yaml:${problem}`);
});

test('a list with a mistake takes no other with it, and rules that name it say so', () => {
  const { rules, problems } = load({
    'a.yaml': 'values: { torn: [10.0.0.1/8], good: [x] }',
    'b.yaml': rule('b', "filterPattern: '{ $.a = @good }'"),
    'c.yaml': rule('c', "filterPattern: '{ $.a = @torn }'"),
  });
  expect(rules.map(({ name }) => name)).toEqual(['b']);
  expect(problems).toEqual([
    expect.stringContaining('a.yaml:1:18 unusable-value'),
    'c.yaml:4:25 unknown-shared-value: the shared list @torn has a problem of its own',
  ]);
});

test('a name has one meaning in all files; what the library says counts less and is not reported', () => {
  const files = {
    'a.yaml': 'values: { l: [first] }',
    'b.yaml': 'values: { l: [second] }',
    'c.yaml': rule('c', "filterPattern: '{ $.a = @l && $.b = @m }'"),
  };
  const { rules, problems } = load(files, { 'd.yaml': 'values: { l: [third], m: [fourth] }' });
  expect(problems).toEqual([
    'b.yaml:1:11 duplicate-shared-name: values.l is defined already (all rule folders together have one list of names)',
  ]);
  expect(rules[0]?.filterPattern).toBe('{ $.a = "first" && $.b = "fourth" }');
});

test('a rule names time intervals, one or several', () => {
  const { rules, problems } = load({
    'a.yaml': `timeIntervals:
  office-hours: { days: [monday], from: '09:00', to: '17:00', timeZone: Europe/Berlin }
  patch-night: { from: '22:00', to: '04:00', timeZone: UTC }
`,
    'b.yaml': rule('b', "filterPattern: ''\nduring: office-hours\nnotDuring: [patch-night, office-hours]"),
    'c.yaml': rule('c', "filterPattern: ''\nduring: ofice-hours"),
    'd.yaml': rule('d', "filterPattern: ''\nnotDuring: [patch-night, weekend]"),
    'e.yaml': rule('e', "filterPattern: ''\nduring: { from: '09:00' }"),
  });
  expect(rules).toHaveLength(1);
  expect(rules[0]?.during).toMatchObject([{ name: 'office-hours', interval: { from: '09:00' } }]);
  expect(rules[0]?.notDuring?.map(({ name }) => name)).toEqual(['patch-night', 'office-hours']);
  expect(problems).toEqual([
    'c.yaml:5:9 unknown-time-interval: there is no time interval "ofice-hours" (did you mean office-hours?)',
    'd.yaml:5:26 unknown-time-interval: there is no time interval "weekend" (expected office-hours or patch-night)',
    'e.yaml:5:9 wrong-type: during is a map; expected the name of a time interval, or a list of names (Time intervals, by their names: only records of these times count.)',
  ]);
});

test('values inside a rule are pointed to a document of their own', () => {
  const { problems } = load({ 'a.yaml': rule('a', "filterPattern: ''\nvalues: { l: [x] }") });
  expect(problems).toEqual([
    'a.yaml:5:1 unknown-key: unknown key "values" (what rules share stands in a document of its own: put a line with --- between it and the rule)',
  ]);
});
