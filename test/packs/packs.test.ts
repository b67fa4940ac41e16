import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilePattern, evaluatePattern, parseEvent, parsePattern } from '@trailbell/core/pattern';
import { compileRules, readCompiledRules, type RuleExample } from '@trailbell/core/rule';
import { expect, test } from 'vitest';
import { readPacks, ringingRules } from '../../scripts/packs/read-packs.ts';

const PROJECT = join(import.meta.dirname, '../..');
const packs = readPacks();
const rules = packs.flatMap((pack) => pack.rules);

/** The names of the rules of which something is not true. */
const exceptions = (isTrue: (rule: (typeof rules)[number]) => boolean) =>
  rules.filter((rule) => !isTrue(rule)).map(({ name }) => name);

test('there are at least sixty rules that ring, one a file, named as its file, and no name twice', () => {
  expect(ringingRules(packs).length).toBeGreaterThanOrEqual(60);
  expect(exceptions(({ name, source }) => source.file.endsWith(`/${name}.yaml`))).toEqual([]);
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
});

test('each file names the schema for editors in its first line', () => {
  const firstLine = '# yaml-language-server: $schema=../rule.schema.json\n';
  const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8');
  expect(exceptions(({ source }) => read(source.file).startsWith(firstLine))).toEqual([]);
});

test('each rule tells the person on call what to look at, and where to read on', () => {
  expect(exceptions(({ description }) => (description ?? '').length > 100)).toEqual([]);
  expect(exceptions(({ runbook }) => runbook !== undefined)).toEqual([]);
});

test('each rule that rings names techniques of MITRE ATT&CK', () => {
  const technique = /^MITRE-T\d{4}(\.\d{3})?$/;
  const without = ringingRules(packs).filter(({ references }) => !references.some((text) => technique.test(text)));
  expect(without.map(({ name }) => name)).toEqual([]);
  expect(
    exceptions(({ references }) => references.every((text) => text.startsWith('CIS-') || technique.test(text))),
  ).toEqual([]);
});

test('both evaluators count at least three examples of each rule, and ignore at least three', () => {
  const textOf = ({ event }: RuleExample) => (typeof event === 'string' ? event : JSON.stringify(event));
  const wrong = rules.flatMap(({ name, filterPattern, examples }) => {
    const pattern = parsePattern(filterPattern);
    const compiled = compilePattern(pattern);
    const verdicts = (kind: 'matches' | 'ignores') =>
      examples[kind]
        .map(textOf)
        .map((text) => [evaluatePattern(pattern, text) !== undefined, compiled.matchesEvent(parseEvent(text))]);
    const [matches, ignores] = [verdicts('matches'), verdicts('ignores')];
    const isRight =
      matches.length >= 3 && ignores.length >= 3 && matches.flat().every(Boolean) && !ignores.flat().some(Boolean);
    return isRight ? [] : [name];
  });
  expect(wrong).toEqual([]);
});

test('each example says what it shows, and is a record of its own', () => {
  const idOf = ({ event }: RuleExample) => (event as { readonly eventID?: string }).eventID;
  expect(
    exceptions(({ examples: { matches, ignores } }) => {
      const all = [...matches, ...ignores];
      return all.every(({ name }) => name !== undefined) && new Set(all.map(idOf)).size === all.length;
    }),
  ).toEqual([]);
});

test('each rule has a timeline that goes off and one that is over again', () => {
  expect(
    exceptions(({ timelines }) => {
      const states = timelines.flatMap((timeline) => timeline.expect.map(({ state }) => state));
      return states.includes('ALARM') && states.includes('OK');
    }),
  ).toEqual([]);
});

test('CloudWatch takes each pattern as it is', () => {
  const isTaken = (filterPattern: string) => parsePattern(filterPattern, { limits: 'cloudwatch' }).kind === 'json';
  expect(exceptions(({ filterPattern }) => isTaken(filterPattern))).toEqual([]);
});

test('the examples belong to nobody', () => {
  const accounts = /^(111122223333|444455556666|777788889999)$/;
  const documentation = /^(192\.0\.2|198\.51\.100|203\.0\.113|10\.0\.0|169\.254\.170)\./;
  expect(
    exceptions(({ examples, timelines }) => {
      const text = JSON.stringify([examples, timelines]);
      const ids = text.match(/(?<![0-9a-f-])\d{12}(?!\d)/g) ?? [];
      const addresses = text.match(/(?<=")\d+\.\d+\.\d+\.\d+(?=")/g) ?? [];
      return ids.every((id) => accounts.test(id)) && addresses.every((address) => documentation.test(address));
    }),
  ).toEqual([]);
});

test('the packs survive the way to the Lambda', () => {
  const compiled = compileRules(rules, { version: 1 });
  expect(readCompiledRules(JSON.parse(JSON.stringify(compiled)))).toEqual(compiled);
});

test('every control of every version of the benchmark has a rule, and the exact text of one', () => {
  const versions = ['1.2', '1.4', '1.5', '2.0', '3.0', '4.0', '5.0', '6.0', '7.0'];
  const controls = versions.flatMap((version) => {
    const section = version === '1.2' ? 3 : Number(version) >= 6 ? 5 : 4;
    const count = version === '1.2' ? 14 : 15;
    return Array.from({ length: count }, (_, index) => `CIS-${version}-${section}.${index + 1}`);
  });
  for (const name of ['cis', 'cis-exact'] as const) {
    const named = packs.find((pack) => pack.name === name)?.rules.flatMap(({ references }) => references) ?? [];
    expect(controls.filter((control) => !named.includes(control))).toEqual([]);
    expect(named.filter((reference) => reference.startsWith('CIS-') && !controls.includes(reference))).toEqual([]);
  }
});
