import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { evaluatePattern, parsePattern } from '../pattern/index.ts';
import { problemLinesOfRuleWith } from './problem-lines.fixture.ts';
import { loadRules } from './load-rules.ts';
import { ruleJsonSchema } from './rule-json-schema.ts';

const REFERENCE = readFileSync(resolve(import.meta.dirname, '../../../../docs/rules.md'), 'utf8');

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

function fieldNames(node: SchemaNode): string[] {
  const below = Object.entries(node.properties ?? {}).flatMap(([key, child]) => [key, ...fieldNames(child)]);
  return node.items === undefined ? below : [...below, ...fieldNames(node.items)];
}

test('the reference of the rule file names every field', () => {
  const { $defs } = ruleJsonSchema() as unknown as { readonly $defs: { readonly rule: SchemaNode } };
  const isNamed = (name: string) => new RegExp(`\`[^\`\\n]*\\b${name}\\b[^\`\\n]*\``).test(REFERENCE);
  expect(fieldNames($defs.rule).filter((name) => !isNamed(name))).toEqual([]);
  expect(isNamed('colour')).toBe(false);
});

test('the rules in the reference are good rules, and their examples hold', () => {
  const texts = [...REFERENCE.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => text);
  const { rules, problems } = loadRules(texts.map((text, i) => ({ path: `${i}.yaml`, text })));
  expect(problems).toEqual([]);
  expect(rules).toHaveLength(texts.length);
  for (const { filterPattern, examples } of rules) {
    const counts = ({ event }: { readonly event: unknown }) =>
      evaluatePattern(parsePattern(filterPattern), typeof event === 'string' ? event : JSON.stringify(event)) !==
      undefined;
    expect(examples.matches.every(counts)).toBe(true);
    expect(examples.ignores.some(counts)).toBe(false);
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
