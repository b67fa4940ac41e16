import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluatePattern, parsePattern } from '../pattern/index.ts';
import { compileRules } from './compile-rules.ts';
import { readCompiledRules } from './compiled-rules.ts';
import { loadRules } from './load-rules.ts';
import type { Rule, RuleExample } from './rule.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');

const paths = readdirSync(join(ROOT, 'rules'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.ya?ml$/.test(path) && !path.startsWith('own'))
  .map((path) => join('rules', path))
  .toSorted();
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { rules, problems } = loadRules(
  paths.map((path) => ({ path, text: read(path) })),
  { readFile: read },
);

test('the packs load without a problem, one rule a file, named as its file', () => {
  expect(problems).toEqual([]);
  expect(rules.map(({ source, name }) => [source.file, name])).toEqual(
    paths.map((path) => [path, path.replace(/^.*\/|\.yaml$/g, '')]),
  );
  expect(rules.length).toBeGreaterThanOrEqual(5);
});

test.each(paths)('%s names the schema for editors in its first line', (path) => {
  expect(read(path)).toMatch(/^# yaml-language-server: \$schema=\.\.\/rule\.schema\.json\n/);
});

test('the packs survive the way to the Lambda', () => {
  const compiled = compileRules(rules, { version: 1 });
  expect(readCompiledRules(JSON.parse(JSON.stringify(compiled)))).toEqual(compiled);
});

/** Exceptions filter before anything is counted; those of the packs are judged as if none had ended. */
function counts(rule: Rule, { event }: RuleExample): boolean {
  const message = typeof event === 'string' ? event : JSON.stringify(event);
  const matches = (pattern: string) => evaluatePattern(parsePattern(pattern), message) !== undefined;
  return matches(rule.filterPattern) && !rule.exceptions.some(({ filterPattern }) => matches(filterPattern));
}

describe.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
  const { matches, ignores } = rule.examples;

  test('counts what it says it matches and nothing that it says it ignores', () => {
    expect(matches.filter((example) => !counts(rule, example)).map(({ name }) => name)).toEqual([]);
    expect(ignores.filter((example) => counts(rule, example)).map(({ name }) => name)).toEqual([]);
    expect(matches.length).toBeGreaterThanOrEqual(3);
    expect(ignores.length).toBeGreaterThanOrEqual(3);
  });

  test('has examples that say what they show, each a record of its own', () => {
    const examples = [...matches, ...ignores];
    expect(examples.filter(({ name }) => name === undefined)).toEqual([]);
    const ids = examples.map(({ event }) => (event as { readonly eventID?: string }).eventID);
    expect(new Set(ids).size).toBe(examples.length);
  });

  test('has a timeline that goes off and one that is over again', () => {
    const states = rule.timelines.flatMap(({ expect: states }) => states.map(({ state }) => state));
    expect(states).toContain('ALARM');
    expect(states).toContain('OK');
  });

  test('tells the person on call what to look at, and where to read on', () => {
    expect(rule.description?.length).toBeGreaterThan(100);
    expect(rule.runbook).toBeDefined();
    expect(rule.references).not.toEqual([]);
  });

  test('has a pattern that CloudWatch takes as it is', () => {
    expect(parsePattern(rule.filterPattern, { limits: 'cloudwatch' }).kind).toBe('json');
  });

  test('has examples that belong to nobody', () => {
    const text = JSON.stringify([rule.examples, rule.timelines]);
    const accounts = ['111122223333', '444455556666', '777788889999'];
    expect((text.match(/(?<![0-9a-f-])\d{12}(?!\d)/g) ?? []).filter((id) => !accounts.includes(id))).toEqual([]);
    const documentation = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./;
    expect((text.match(/(?<=")\d+\.\d+\.\d+\.\d+(?=")/g) ?? []).filter((ip) => !documentation.test(ip))).toEqual([]);
  });
});
