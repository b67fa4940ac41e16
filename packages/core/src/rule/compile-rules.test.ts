import { resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { compileRules } from './compile-rules.ts';
import { readCompiledRules } from './compiled-rules.ts';
import { loadRules } from './load-rules.ts';

/** What compiled rules have beside the rules. */
const COMPILED = { format: 3, version: 1, routes: [], silences: [], scannerImage: '' };

const VERSION = Date.UTC(2026, 10, 22);

function compile(text: string) {
  const { rules, problems } = loadRules([{ path: 'x.yaml', text }]);
  expect(problems).toEqual([]);
  return compileRules(rules, { version: VERSION });
}

const TEXT = `name: a-rule
title: Something was copied
severity: info
description: Look at it.
references: [R-1]
runbook: https://example.com/a
filterPattern: '{ $.a = 12345678901234567890123 && $.b != %x% }'
groupBy: [$.recipientAccountId]
metricValue: $.bytes
exceptions:
  - { filterPattern: '{ $.c IS TRUE }', reason: r, owner: o, expires: 2027-06-30 }
alarm: { datapointsToAlarm: 1 }
examples: { matches: [{ a: 1 }], ignores: [{}] }
timelines: [{ name: t, events: [], expect: [{ at: 0s, state: OK }] }]
`;

test('compiled rules hold what the Lambda needs, parsed, and no examples', () => {
  const [rule] = compile(TEXT).rules;
  expect(Object.keys(rule ?? {}).toSorted()).toEqual([
    'alarm',
    'description',
    'exceptions',
    'filterPattern',
    'groupBy',
    'groupLimit',
    'metricValue',
    'name',
    'references',
    'runbook',
    'severity',
    'title',
  ]);
  expect(rule).toMatchObject({
    groupBy: [
      { text: '$.recipientAccountId', selector: { steps: [{ kind: 'property', name: 'recipientAccountId' }] } },
    ],
    metricValue: { text: '$.bytes', selector: { steps: [{ kind: 'property', name: 'bytes' }] } },
    exceptions: [{ filterPattern: expect.any(String) as string }],
    alarm: { period: 300, datapointsToAlarm: 1 },
  });
});

test('an exception holds to the end of its last day, in UTC', () => {
  const [exception] = compile(TEXT).rules[0]?.exceptions ?? [];
  expect(exception?.expiresAtMs).toBe(Date.UTC(2027, 6, 1));
});

test('compiled rules are the same after a trip through JSON', () => {
  const compiled = compile(TEXT);
  expect(readCompiledRules(JSON.parse(JSON.stringify(compiled)))).toEqual(compiled);
});

test('a rule is shipped as staged, or with when its ALARM is told again, where it says so', () => {
  const rule = "name: a\ntitle: t\nseverity: info\nfilterPattern: ''\n";
  expect(compile(`${rule}mode: page\n`).rules[0]).not.toHaveProperty('mode');
  expect(compile(`${rule}mode: stage\nrenotify: { everyMinutes: 30 }\n`).rules[0]).toMatchObject({
    mode: 'stage',
    renotify: { everyMinutes: 30 },
  });
});

test('what a rule leaves out is left out', () => {
  const [rule] = compile("name: a\ntitle: t\nseverity: info\nfilterPattern: ''\ndefaultValue: 0\n").rules;
  expect(rule).toMatchObject({ filterPattern: '', defaultValue: 0, metricValue: 1, exceptions: [] });
  expect(rule).not.toHaveProperty('runbook');
  expect(rule).not.toHaveProperty('renotify');
  expect(rule).not.toHaveProperty('description');
});

test('no rules at all are compiled rules too', () => {
  expect(readCompiledRules(compileRules([], { version: VERSION }))).toMatchObject({
    format: 3,
    version: VERSION,
    routes: [],
    silences: [],
    rules: [],
  });
});

test.each([
  ['nothing', undefined, 'expected an object'],
  ['text', '{}', 'expected an object'],
  ['a list', [], 'expected an object'],
  ['no format', {}, 'format undefined cannot be read'],
  ['an older format', { format: 2, version: 1, rules: [] }, 'format 2 cannot be read by this code, which reads 3'],
  ['a newer format', { format: 4, version: 1, rules: [] }, 'format 4 cannot be read by this code, which reads 3'],
  ['no version', { format: 3, rules: [] }, 'expected a numeric version'],
  ['no rules', { format: 3, version: 1 }, 'expected a numeric version, lists of rules, routes and silences'],
  ['a rule that is not compiled', { ...COMPILED, rules: [{ name: 'a', filterPattern: '' }] }, 'entry 0'],
  ['a torn rule', { ...COMPILED, rules: [...compile(TEXT).rules, null] }, 'entry 1'],
])('%s is refused at cold start', (_name, json, message) => {
  expect(() => readCompiledRules(json)).toThrow(message);
});

test.each(['filterPattern', 'exceptions', 'groupBy', 'groupLimit', 'metricValue', 'alarm', 'references'] as const)(
  'a rule without its %s is refused at cold start',
  (key) => {
    const torn = { ...compile(TEXT).rules[0], [key]: undefined };
    expect(() => readCompiledRules({ ...COMPILED, rules: [torn] })).toThrow('entry 0');
  },
);

test('the entry point for Lambdas bundles neither YAML nor a schema', async () => {
  const { metafile } = await build({
    absWorkingDir: resolve(import.meta.dirname, '..'),
    entryPoints: ['compiled-rules/index.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
  });
  expect(Object.keys(metafile.inputs).toSorted()).toEqual([
    'compiled-rules/index.ts',
    'json/json-object.ts',
    'rule/compiled-rules.ts',
  ]);
});
