import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { judgeExamples, ruleTests } from '../rule-test/index.ts';
import { problemLinesOfRuleWith } from './problem-lines.fixture.ts';
import { loadRules } from './load-rules.ts';
import { ruleJsonSchema } from './rule-json-schema.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const REFERENCE = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8');

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode | false;
}

function fieldNames(node: SchemaNode): string[] {
  const below = Object.entries(node.properties ?? {}).flatMap(([key, child]) => [key, ...fieldNames(child)]);
  const inside = [node.items, node.additionalProperties].filter((child) => child !== undefined && child !== false);
  return [...below, ...inside.flatMap(fieldNames)];
}

test('the reference of the rule file names every field', () => {
  const { $defs } = ruleJsonSchema() as unknown as { readonly $defs: Readonly<Record<string, SchemaNode>> };
  const isNamed = (name: string) => new RegExp(`\`[^\`\\n]*\\b${name}\\b[^\`\\n]*\``).test(REFERENCE);
  const names = ['rule', 'extension', 'shared'].flatMap((kind) => fieldNames($defs[kind] ?? {}));
  expect(names).toEqual(expect.arrayContaining(['threshold', 'extends', 'timeIntervals', 'timeZone']));
  expect(names.filter((name) => !isNamed(name))).toEqual([]);
  expect(isNamed('colour')).toBe(false);
});

test('the table of the fields has those that a rule has, and no others', () => {
  const { $defs } = ruleJsonSchema() as unknown as { readonly $defs: Readonly<Record<string, SchemaNode>> };
  const [, section = ''] = /^## The fields\n(.*?)^##/ms.exec(REFERENCE) ?? [];
  const rows = Array.from(section.matchAll(/^\| `(\w+)`/gm), ([, name]) => name);
  expect(rows.toSorted()).toEqual(Object.keys($defs.rule?.properties ?? {}).sort());
});

test('what the reference shows is good, and its examples hold', () => {
  const shown = [...REFERENCE.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = ''], i) => ({
    path: `docs/${i}.yaml`,
    text,
  }));
  const packs = readdirSync(join(ROOT, 'rules/cis')).map((name) => `rules/cis/${name}`);
  const library = packs.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
  const loaded = shown.map((file) => loadRules([file], { library: [...library, ...shown] }));
  expect(loaded.flatMap(({ problems }) => problems)).toEqual([]);
  const rules = loaded.flatMap((one) => one.rules);
  expect(rules.length).toBeGreaterThanOrEqual(4);
  for (const rule of rules) {
    const tests = ruleTests(rule).flatMap((one) => (one.kind === 'timeline' ? [] : [one]));
    expect(judgeExamples(rule, tests, Date.parse('2027-01-01')).filter(({ failure }) => failure)).toEqual([]);
  }
});

test('the problems in the reference look as they are shown', () => {
  const shown = [...REFERENCE.matchAll(/^rules\/own\/root\.yaml:\d+:\d+ (.*)$/gm)].map(([, line = '']) => line);
  const found = [
    ...problemLinesOfRuleWith('alarm: { period: 90 }').problems,
    ...problemLinesOfRuleWith(
      "exceptions: [{ filterPattern: '{ $.a == 1 }', reason: r, owner: o, expires: 2027-06-30 }]",
    ).problems,
  ].map((line) => line.replace(/^\S+ /, ''));
  expect(shown).toHaveLength(3);
  expect(shown).toEqual(expect.arrayContaining(found));
});

test('the reference explains every code that the sources report', () => {
  const sources = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(name))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
  const codes = new Set(
    sources.flatMap((text) => [...text.matchAll(/code: '([a-z]+-[a-z-]+)'/g)].map(([, code = '']) => code)),
  );
  expect(codes.size).toBeGreaterThan(15);
  expect([...codes].filter((code) => !REFERENCE.includes(`\`${code}\``))).toEqual([]);
});
