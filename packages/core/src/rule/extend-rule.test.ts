import { expect, test } from 'vitest';
import { whereWritten } from './loaded-rule.ts';
import { loadRules } from './load-rules.ts';
import { formatProblem } from './problem.ts';

const BASE = `name: root-use
title: Root was used
severity: critical
references: [CIS-1.2-3.3]
filterPattern: '{ $.type = "Root" }'
exceptions:
  - { filterPattern: '{ $.a = 1 }', reason: base, owner: o, expires: 2027-01-01 }
alarm: { period: 600, evaluationPeriods: 3, datapointsToAlarm: 2 }
examples:
  matches: [{ name: sign-in, event: { type: Root } }, { event: { type: Root, b: 1 } }]
  ignores: [{ name: user, event: { type: User } }]
timelines:
  - { name: one, events: [], expect: [{ at: 0s, state: OK }] }
`;

function load(files: Readonly<Record<string, string>>, library: Readonly<Record<string, string>> = {}) {
  const list = (texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).map(([path, text]) => ({ path, text }));
  const loaded = loadRules(list(files), { library: list(library) });
  return { rules: loaded.rules, problems: loaded.problems.map(formatProblem) };
}

function extended(lines: string) {
  const { rules, problems } = load({
    'rules/cis/root.yaml': BASE,
    'rules/own/root.yaml': `extends: cis/root-use\n${lines}`,
  });
  expect(problems).toEqual([]);
  expect(rules).toHaveLength(1);
  const [rule] = rules;
  if (rule === undefined) throw new Error('there is no rule');
  return rule;
}

test('a rule that extends another takes its place, under its name', () => {
  const rule = extended('severity: warning');
  expect(rule).toMatchObject({
    name: 'root-use',
    title: 'Root was used',
    severity: 'warning',
    filterPattern: '{ $.type = "Root" }',
    source: { file: 'rules/own/root.yaml' },
  });
});

test('settings of the alarm change one by one, lists grow, other fields are replaced', () => {
  const rule = extended(`alarm: { threshold: 5 }
references: [TICKET-1]
groupBy: [$.a]
exceptions:
  - { filterPattern: '{ $.c = 1 }', reason: own, owner: o, expires: 2027-01-01 }`);
  expect(rule.alarm).toMatchObject({ period: 600, evaluationPeriods: 3, datapointsToAlarm: 2, threshold: 5 });
  expect(rule.references).toEqual(['CIS-1.2-3.3', 'TICKET-1']);
  expect(rule.groupBy).toEqual(['$.a']);
  expect(rule.exceptions.map(({ reason }) => reason)).toEqual(['base', 'own']);
});

test('with a name of its own it stands beside the rule that it extends', () => {
  const { rules } = load({
    'rules/cis/root.yaml': BASE,
    'rules/own/root.yaml': 'extends: cis/root-use\nname: root-use-exact\nseverity: info',
  });
  expect(rules.map(({ name, severity }) => [name, severity])).toEqual([
    ['root-use', 'critical'],
    ['root-use-exact', 'info'],
  ]);
});

test('the tests of the base go on, but for those whose names are given anew', () => {
  const rule = extended(`exceptions: [{ filterPattern: '{ $.mfa = 1 }', reason: r, owner: o, expires: 2027-01-01 }]
examples:
  matches: [{ name: new, event: { type: Root, c: 1 } }]
  ignores: [{ name: sign-in, event: { type: Root, mfa: 1 } }]
timelines: [{ name: two, events: [], expect: [{ at: 1m, state: OK }] }]`);
  expect(rule.examples.matches.map(({ name, event }) => [name, event])).toEqual([
    [undefined, { type: 'Root', b: 1 }],
    ['new', { type: 'Root', c: 1 }],
  ]);
  expect(rule.examples.ignores.map(({ name }) => name)).toEqual(['user', 'sign-in']);
  expect(rule.timelines.map(({ name }) => name)).toEqual(['one', 'two']);
});

test('a change of when the alarm goes off leaves the timelines of the base out, one of the pattern its examples too', () => {
  const counts = (lines: string) => {
    const { examples, timelines } = extended(lines);
    return [examples.matches.length, examples.ignores.length, timelines.length];
  };
  expect(counts('severity: info')).toEqual([2, 1, 1]);
  expect(counts('alarm: { threshold: 2 }')).toEqual([2, 1, 0]);
  expect(counts('groupBy: [$.a]')).toEqual([2, 1, 0]);
  expect(counts(`filterPattern: '{ $.type = "X" }'`)).toEqual([0, 0, 0]);
});

test('every part is known by where it was written', () => {
  const rule = extended(`severity: info
alarm: { threshold: 5 }
exceptions:
  - { filterPattern: '{ $.c = 1 }', reason: own, owner: o, expires: 2027-01-01 }
examples:
  ignores:
    - x`);
  const places = (['title', 'severity', 'filterPattern'] as const).map((field) => whereWritten(rule, [field]));
  expect(places.map(({ file, line }) => `${file}:${line}`)).toEqual([
    'rules/cis/root.yaml:2',
    'rules/own/root.yaml:2',
    'rules/cis/root.yaml:5',
  ]);
  expect(whereWritten(rule, ['alarm', 'period'])).toMatchObject({ file: 'rules/cis/root.yaml', line: 8 });
  expect(whereWritten(rule, ['alarm', 'threshold'])).toMatchObject({ file: 'rules/own/root.yaml', line: 3 });
  expect(whereWritten(rule, ['exceptions', 0, 'reason'])).toMatchObject({ file: 'rules/cis/root.yaml', line: 7 });
  expect(whereWritten(rule, ['exceptions', 1, 'reason'])).toMatchObject({ file: 'rules/own/root.yaml', line: 5 });
  expect(whereWritten(rule, ['examples', 'ignores', 0])).toMatchObject({ file: 'rules/cis/root.yaml', line: 11 });
  expect(whereWritten(rule, ['examples', 'ignores', 1])).toMatchObject({ file: 'rules/own/root.yaml', line: 8 });
  expect(rule.source.positionInText(['exceptions', 1, 'filterPattern'], 2)).toEqual({ line: 5, column: 25 });
  expect(rule.source.positionInText(['filterPattern'], 2)).toEqual({ line: 1, column: 10 });
});

test('rules extend each other through several folders, and the last takes the place of all', () => {
  const { rules, problems } = load({
    'rules/team/root.yaml': 'extends: own/root-use\nalarm: { threshold: 7 }',
    'rules/own/root.yaml': 'extends: cis/root-use\nseverity: info\ntitle: Ours',
    'rules/cis/root.yaml': BASE,
  });
  expect(problems).toEqual([]);
  expect(rules).toMatchObject([{ name: 'root-use', title: 'Ours', severity: 'info', alarm: { threshold: 7 } }]);
  expect(rules[0]?.extended?.base.extended?.base.title).toBe('Root was used');
});

test('a rule of the library is extended, is not among the rules, and files of examples stay beside their own rule', () => {
  const base = BASE.replace('event: { type: Root }', 'file: e.json');
  const files = [
    { path: 'rules/own/root.yaml', text: 'extends: cis/root-use\nexamples: { ignores: [{ file: e.json }] }' },
  ];
  const { rules, problems } = loadRules(files, {
    library: [
      { path: 'rules/cis/root.yaml', text: base },
      { path: 'rules/cis/broken.yaml', text: 'name: [' },
      ...files,
    ],
    readFile: (path) => JSON.stringify({ path }),
  });
  expect(problems).toEqual([]);
  expect(rules).toHaveLength(1);
  expect(rules[0]?.examples.matches[0]?.event).toEqual({ path: 'rules/cis/e.json' });
  expect(rules[0]?.examples.ignores[1]?.event).toEqual({ path: 'rules/own/e.json' });
});

test('a rule is as good extended as it would be if it were written out', () => {
  const { rules, problems } = load({
    'rules/cis/root.yaml': BASE,
    'rules/own/root.yaml': 'extends: cis/root-use\nalarm: { evaluationPeriods: 1 }',
  });
  expect(rules.map(({ source }) => source.file)).toEqual(['rules/cis/root.yaml']);
  expect(problems).toEqual([
    'rules/own/root.yaml:1:10 out-of-range: alarm.datapointsToAlarm is 2; expected at most evaluationPeriods, which is 1',
  ]);
});

test.each([
  [
    'extends: cis/root-usee',
    '1:10 unknown-base: there is no rule cis/root-usee to extend (did you mean cis/root-use?)',
  ],
  [
    'extends: own/root-use\nname: x',
    '1:10 unknown-base: there is no rule own/root-use to extend (did you mean cis/root-use?)',
  ],
  [
    'extends: zz/zzzzzzzzz',
    '1:10 unknown-base: there is no rule zz/zzzzzzzzz to extend (expected folder/name, of the folders cis or own)',
  ],
  ['extends: root-use', '1:10 unknown-base: there is no rule root-use to extend (did you mean cis/root-use?)'],
  [
    'extends: own/x\nname: x',
    '1:10 extends-in-a-circle: the rules extend each other: own/x, own/x (one of them must stand for itself)',
  ],
  ['extends: cis/root-use\nseverty: info', '2:1 unknown-key: unknown key "severty" (did you mean severity?)'],
  [
    'extends: cis/root-use\nseverity: fatal',
    '2:11 unknown-value: severity is "fatal"; expected critical, error, warning or info',
  ],
  ['extends: cis/root-use\nduring: never', '2:9 unknown-time-interval: there is no time interval "never"'],
  [
    'extends: cis/root-use\nexamples: { matches: [{ file: none.json }] }',
    '2:23 example-file: there is no file rules/own/none.json',
  ],
])('%j is refused, and the rule of the pack stays', (text, problem) => {
  const { rules, problems } = load({
    'rules/cis/root.yaml': BASE,
    'rules/own/x.yaml': text,
    'rules/own/y.yaml': 'extends: cis/root-use\nname: y',
  });
  expect(rules.map(({ name }) => name)).toEqual(['root-use', 'y']);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`rules/own/x.yaml:${problem}`);
});

test('the place of a rule is taken once', () => {
  const { rules, problems } = load({
    'rules/cis/root.yaml': BASE,
    'rules/own/a.yaml': 'extends: cis/root-use\nseverity: info',
    'rules/own/b.yaml': 'extends: cis/root-use\nseverity: error',
  });
  expect(rules.map(({ severity }) => severity)).toEqual(['info']);
  expect(problems).toEqual([
    'rules/own/b.yaml:1:10 extended-twice: the place of the rule root-use is taken already, at rules/own/a.yaml:1 (put both changes into one, or give this rule a name of its own)',
  ]);
});

test('of a rule that is broken itself nothing is extended', () => {
  const { rules, problems } = load({
    'rules/cis/root.yaml': BASE.replace('critical', 'fatal'),
    'rules/own/a.yaml': 'extends: cis/root-use\nseverity: info',
  });
  expect(rules).toEqual([]);
  expect(problems[1]).toBe(
    'rules/own/a.yaml:1:10 broken-base: the rule cis/root-use has problems of its own, in rules/cis/root.yaml',
  );
});

test('two rules that extend each other are both left out', () => {
  const { rules, problems } = load({ 'a/x.yaml': 'extends: b/x\nname: x', 'b/x.yaml': 'extends: a/x\nname: x' });
  expect(rules).toEqual([]);
  expect(problems.map((line) => line.split(' ')[1])).toEqual(['broken-base:', 'extends-in-a-circle:']);
});
