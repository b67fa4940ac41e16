import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadRules } from './load-rules.ts';
import { formatProblem } from './problem.ts';

const MINIMAL = `name: stop-logging
title: A trail was stopped
severity: error
filterPattern: '{ $.eventName = "StopLogging" }'
`;

function load(...texts: readonly string[]) {
  const loaded = loadRules(texts.map((text, i) => ({ path: `rules/${i + 1}.yaml`, text })));
  return { ...loaded, names: loaded.rules.map(({ name }) => name), lines: loaded.problems.map(formatProblem) };
}

test('what a rule leaves out has a default', () => {
  const { rules, problems } = load(MINIMAL);
  expect(problems).toEqual([]);
  expect(rules).toEqual([
    {
      source: rules[0]?.source,
      name: 'stop-logging',
      title: 'A trail was stopped',
      severity: 'error',
      references: [],
      filterPattern: '{ $.eventName = "StopLogging" }',
      groupBy: [],
      groupLimit: 100,
      metricValue: 1,
      exceptions: [],
      alarm: {
        statistic: 'Sum',
        period: 300,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        treatMissingData: 'notBreaching',
      },
      examples: { matches: [], ignores: [] },
      timelines: [],
    },
  ]);
});

test('a rule that says everything is loaded as it is written', () => {
  const { rules, lines } = load(`name: large-exports
title: Many objects were copied out
severity: critical
description: |
  Two lines
  of text
references: [SEC-12, https://example.com/controls/12]
runbook: https://example.com/runbooks/exports?rule=large#top
filterPattern: '{ $.eventName = "GetObject" }'
groupBy: [$.recipientAccountId, "$.['user.id']"]
groupLimit: 20
metricValue: $.additionalEventData.bytesTransferredOut
exceptions:
  - { filterPattern: '{ $.userIdentity.userName = "backup" }', reason: nightly, owner: ops@example.com, expires: 2028-02-29 }
alarm:
  statistic: Maximum
  period: 3600
  evaluationPeriods: 24
  datapointsToAlarm: 3
  threshold: 1.5e9
  comparisonOperator: GreaterThanThreshold
  treatMissingData: ignore
  evaluationRange: 48
examples:
  matches: [{ eventName: GetObject }, { name: named, event: { eventName: GetObject } }]
  ignores: [plain text, { event: more text }]
timelines:
  - name: quiet
    events: [{ at: 0s, event: { eventName: GetObject } }, { at: 1h30m, event: text }]
    expect: [{ at: 90s, state: ALARM }, { at: 2h, state: OK }]
`);
  expect(lines).toEqual([]);
  expect(rules[0]).toEqual({
    source: rules[0]?.source,
    name: 'large-exports',
    title: 'Many objects were copied out',
    severity: 'critical',
    description: 'Two lines\nof text',
    references: ['SEC-12', 'https://example.com/controls/12'],
    runbook: 'https://example.com/runbooks/exports?rule=large#top',
    filterPattern: '{ $.eventName = "GetObject" }',
    groupBy: ['$.recipientAccountId', "$.['user.id']"],
    groupLimit: 20,
    metricValue: '$.additionalEventData.bytesTransferredOut',
    exceptions: [
      {
        filterPattern: '{ $.userIdentity.userName = "backup" }',
        reason: 'nightly',
        owner: 'ops@example.com',
        expires: '2028-02-29',
      },
    ],
    alarm: {
      statistic: 'Maximum',
      period: 3600,
      evaluationPeriods: 24,
      datapointsToAlarm: 3,
      threshold: 1.5e9,
      comparisonOperator: 'GreaterThanThreshold',
      treatMissingData: 'ignore',
      evaluationRange: 48,
    },
    examples: {
      matches: [{ event: { eventName: 'GetObject' } }, { name: 'named', event: { eventName: 'GetObject' } }],
      ignores: [{ event: 'plain text' }, { event: 'more text' }],
    },
    timelines: [
      {
        name: 'quiet',
        events: [
          { atMs: 0, event: { eventName: 'GetObject' } },
          { atMs: 5_400_000, event: 'text' },
        ],
        expect: [
          { atMs: 90_000, state: 'ALARM' },
          { atMs: 7_200_000, state: 'OK' },
        ],
      },
    ],
  });
});

test.each([
  ['a default value of zero where silence alarms', 'defaultValue: 0\nalarm: { comparisonOperator: LessThanThreshold }'],
  ['groups and a default value that does not breach', 'groupBy: [$.a]\ndefaultValue: 0'],
  ['a day of minutes', 'alarm: { period: 60, evaluationPeriods: 1440, datapointsToAlarm: 1 }'],
  ['a week of hours', 'alarm: { period: 3600, evaluationPeriods: 168, datapointsToAlarm: 1 }'],
  ['a week in one period', 'alarm: { period: 604800 }'],
  ['a negative metric value', 'metricValue: -1.5'],
])('%s is allowed', (_name, lines) => {
  expect(load(MINIMAL + lines)).toMatchObject({ lines: [], names: ['stop-logging'] });
});

test('a file holds one rule, a list of rules, or several documents', () => {
  const rule = (name: string) => MINIMAL.replace('stop-logging', name);
  const item = (name: string) => `- ${rule(name).trimEnd().replaceAll('\n', '\n  ')}\n`;
  expect(
    load(rule('a'), `${item('b')}${item('c')}`, `${rule('d')}---\n# none here\n---\n${item('e')}...\n`),
  ).toMatchObject({
    lines: [],
    names: ['a', 'b', 'c', 'd', 'e'],
  });
});

test('a broken rule takes no other with it, wherever it stands', () => {
  const good = (name: string) => MINIMAL.replace('stop-logging', name);
  const { names, lines } = load(
    `${good('a')}---\nname: [broken\n---\n${good('b')}`,
    `- name: no-title\n- ${good('c').trimEnd().replaceAll('\n', '\n  ')}\n- name: x\n  name: y\n`,
    good('d'),
    '[[['.repeat(100_000),
    good('e'),
  );
  expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'rules/1.yaml:7:1 yaml-syntax:',
    'rules/2.yaml:1:3 missing-key:',
    'rules/2.yaml:1:3 missing-key:',
    'rules/2.yaml:1:3 missing-key:',
    'rules/2.yaml:7:3 duplicate-key:',
    expect.stringMatching(/^rules\/4\.yaml:1:\d+ yaml-syntax:$/),
  ]);
});

test('of two rules with one name the first stays, and the problem says where it is', () => {
  const { rules, lines } = load(MINIMAL, MINIMAL.replace('A trail', 'Another trail'));
  expect(rules.map(({ title }) => title)).toEqual(['A trail was stopped']);
  expect(lines).toEqual([
    'rules/2.yaml:1:7 duplicate-rule-name: the name stop-logging is taken by the rule at rules/1.yaml:1 (alarms are told apart by the names of their rules; give this rule another)',
  ]);
});

test('a rule that was left out does not hold its name', () => {
  expect(load(MINIMAL.replace('error', 'fatal'), MINIMAL).names).toEqual(['stop-logging']);
});

test('parts of events are shared with anchors and merge keys', () => {
  const { rules, lines } = load(`${MINIMAL}examples:
  matches:
    - event: &stop { eventName: StopLogging, userIdentity: &root { type: Root } }
    - { <<: *stop, userIdentity: { <<: *root, invokedBy: x } }
`);
  expect(lines).toEqual([]);
  expect(rules[0]?.examples.matches[1]).toEqual({
    event: { eventName: 'StopLogging', userIdentity: { type: 'Root', invokedBy: 'x' } },
  });
});

test('aliases that multiply are refused instead of spelled out', () => {
  const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`);
  const { names, lines } = load(`${MINIMAL}examples:\n  matches:\n    - l0: &l0 x\n      ${levels.join('\n      ')}\n`);
  expect(names).toEqual([]);
  expect(lines).toEqual(['rules/1.yaml:1:1 yaml-alias: aliases or nested values are too many to be spelled out']);
});

test('words stay words: YAML 1.2, even where a directive asks for 1.1', () => {
  const { rules } = load(
    `%YAML 1.1\n---\n${MINIMAL}examples: { matches: [{ mfa: No, day: 2026-03-02, account: 012345678901 }] }`,
  );
  expect(rules[0]?.examples.matches[0]?.event).toEqual({ mfa: 'No', day: '2026-03-02', account: 12_345_678_901 });
});

test('a key of an event never becomes part of an object', () => {
  const { rules } = load(`${MINIMAL}examples: { matches: [{ __proto__: { polluted: true }, constructor: x }] }`);
  const event = rules[0]?.examples.matches[0]?.event;
  expect(JSON.stringify(event)).toBe('{"__proto__":{"polluted":true},"constructor":"x"}');
  expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
});

test('events in files are read beside the rule file: JSON as a record, anything else as one message', () => {
  const files: Readonly<Record<string, string>> = {
    'rules/own/events/stop.json': '{ "eventName": "StopLogging" }',
    'rules/shared/line.log': '127.0.0.1 ERROR\n',
    '/tmp/abs.json': '{}',
  };
  const text = `${MINIMAL}examples:
  matches: [{ name: stopped, file: events/stop.json }, { file: ./../shared/line.log }, { file: /tmp/abs.json }]
timelines: [{ name: t, events: [{ at: 0s, event: { file: events/stop.json } }], expect: [{ at: 0s, state: ALARM }] }]
`;
  const { rules, problems } = loadRules([{ path: 'rules/own/x.yaml', text }], { readFile: (path) => files[path] });
  expect(problems).toEqual([]);
  expect(rules[0]?.examples.matches).toEqual([
    { name: 'stopped', event: { eventName: 'StopLogging' } },
    { event: '127.0.0.1 ERROR' },
    { event: {} },
  ]);
  expect(rules[0]?.timelines[0]?.events).toEqual([{ atMs: 0, event: { eventName: 'StopLogging' } }]);
});

test('a byte order mark and Windows line ends change nothing', () => {
  const { lines, names } = load(`\ufeff${MINIMAL}colour: red\n`.replaceAll('\n', '\r\n'), `\ufeff${MINIMAL}`);
  expect(names).toEqual(['stop-logging']);
  expect(lines[0]).toMatch(/^rules\/1\.yaml:5:1 unknown-key/);
});

test('no text makes loading throw, and every problem points into the file', () => {
  const piece = fc.constantFrom(
    ...MINIMAL.split(/(?<=\n)/),
    ...[
      'alarm:\n',
      '  period: 60\n',
      'groupBy: [',
      '$.a',
      '- ',
      '---\n',
      '? ',
      '&a ',
      '*a',
      '<<: ',
      '!t ',
      '|\n',
      '>\n',
      '"',
      "'",
    ],
    ...['{', '}', ']', ':', ' ', '\t', '\n', '%', 'examples: ', 'matches: ', '\u0000', '\ud800', '__proto__: '],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = pieces.join('');
      for (const problem of loadRules([{ path: 'x.yaml', text }]).problems) {
        expect(problem.line).toBeGreaterThanOrEqual(1);
        expect(problem.line).toBeLessThanOrEqual(text.split('\n').length);
        expect(problem.column).toBeGreaterThanOrEqual(1);
        expect(problem.message).not.toBe('');
      }
    }),
    { numRuns: 1000 },
  );
});

test.each<readonly [string, string, readonly string[]]>([
  [
    'a rule cannot have the name of one that is deployed with it',
    MINIMAL,
    [
      'own/mine.yaml:1:7 duplicate-rule-name: the name stop-logging is taken by the rule at cis/trail.yaml:2 (alarms are told apart by the names of their rules; give this rule another)',
    ],
  ],
  ['a rule may take the place of one by extending it', 'extends: cis/stop-logging\nseverity: info\n', []],
  ['a name that only begins alike is another', MINIMAL.replace('stop-logging', 'stop-logging-too'), []],
])('%s, whether that is loaded or not', (_name, own, lines) => {
  const library = [
    { path: 'cis/trail.yaml', text: `# A pack's.\n${MINIMAL}` },
    { path: 'own/mine.yaml', text: own },
    { path: 'other/later.yaml', text: 'extends: cis/stop-logging\nname: later\n' },
  ];
  const [mine] = library.filter(({ path }) => path === 'own/mine.yaml');
  const deployedPaths = new Set(library.map(({ path }) => path));
  const loaded = loadRules(mine === undefined ? [] : [mine], { library, deployedPaths });
  expect(loaded.problems.map(formatProblem)).toEqual(lines);
  expect(loaded.rules).toHaveLength(1);
  for (const path of ['own/mine.yaml', 'elsewhere/mine.yaml']) {
    deployedPaths.delete(path);
    expect(loadRules([{ path, text: own }], { library, deployedPaths }).problems).toEqual([]);
  }
});

test('a rule of a pack is no namesake of what takes its place, at one remove or two', () => {
  const files = [
    { path: 'cis/trail.yaml', text: MINIMAL },
    { path: 'own/mine.yaml', text: 'extends: cis/stop-logging\nseverity: info\n' },
    { path: 'team/ours.yaml', text: 'extends: own/stop-logging\nseverity: warning\n' },
  ];
  const deployedPaths = new Set(files.map(({ path }) => path));
  for (const file of files) expect(loadRules([file], { library: files, deployedPaths }).problems).toEqual([]);
});
