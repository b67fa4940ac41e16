import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  type Pattern,
  PatternSyntaxError,
  compilePattern,
  evaluatePattern,
  explainPattern,
  formatPattern,
  parseEvent,
  parsePattern,
  parseSelector,
  selectScalar,
} from '../index.ts';
import { jsonEventCases, selectorCases } from './json-event.cases.ts';
import { jsonComparisonCases, wildcardCases } from './json.cases.ts';
import { regexCases } from './regex.cases.ts';
import type { PatternCase, ReferenceCase, ReferenceCases, RefusalCase, SelectorCase } from './reference-case.ts';
import { conditionCases, entryCases, extractionCases, fieldCases, limitCases, valueCases } from './space.cases.ts';
import { kindCases, termCases } from './terms.cases.ts';

const cases: ReferenceCases = {
  ...kindCases,
  ...termCases,
  ...regexCases,
  ...jsonEventCases,
  ...selectorCases,
  ...jsonComparisonCases,
  ...wildcardCases,
  ...fieldCases,
  ...entryCases,
  ...conditionCases,
  ...extractionCases,
  ...limitCases,
  ...valueCases,
};

const page = readFileSync(new URL('../../../../../docs/patterns.md', import.meta.url), 'utf8');

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

test('every statement of docs/patterns.md has a case, and every case a statement', () => {
  const numbers = [...page.matchAll(/^- \*\*(P\d+)\*\* \([odc]\)/gm)].map(([, number]) => number);
  expect(numbers).toEqual(numbers.map((_, index) => `P${index + 1}`));
  expect(Object.keys(cases)).toEqual(numbers);
});

test.each(
  Object.entries(cases).flatMap(([number, list]) => list.map((item) => ({ number, item, title: titleOf(item) }))),
)('$number: $title', ({ item }) => {
  if ('refused' in item) checkRefusal(item);
  else if ('selector' in item) checkSelector(item);
  else checkPattern(item);
});

test('P142: a selector with a wildcard is refused', () => {
  expect(() => parseSelector('$.a[*]')).toThrow(PatternSyntaxError);
  expect(() => parseSelector('$.a.*')).toThrow(/many values/);
});

function titleOf(item: ReferenceCase): string {
  if ('refused' in item) return `${shorten(item.refused)} is refused`;
  return shorten('selector' in item ? item.selector : item.pattern);
}

function checkPattern(item: PatternCase): void {
  const pattern = parsePattern(item.pattern, item.limits === undefined ? {} : { limits: item.limits });
  const shipped = JSON.parse(JSON.stringify(pattern)) as Pattern;
  const verdicts = [
    ...(item.matches ?? []).map((message) => ({ message, matches: true })),
    ...(item.ignores ?? []).map((message) => ({ message, matches: false })),
  ];
  expect(verdicts.length + (item.extracts ?? []).length).toBeGreaterThan(0);
  for (const tree of [shipped, parsePattern(formatPattern(pattern))]) {
    const compiled = compilePattern(tree);
    for (const { message, matches } of verdicts) {
      const about = shorten(message);
      expect([about, compiled.matches(message)]).toEqual([about, matches]);
      expect([about, compiled.matchesEvent(parseEvent(message))]).toEqual([about, matches]);
      expect([about, compiled.extract(message) !== undefined]).toEqual([about, matches]);
      expect([about, evaluatePattern(tree, message) !== undefined]).toEqual([about, matches]);
      expect([about, explainPattern(tree, message).verdict]).toEqual([about, matches ? 'holds' : 'fails']);
    }
    for (const [message, values] of item.extracts ?? []) {
      expect(compiled.extract(message)).toEqual(values);
      expect(evaluatePattern(tree, message)).toEqual(values);
    }
  }
}

function checkRefusal(item: RefusalCase): void {
  const offset = item.at === '' ? item.refused.length : item.refused.indexOf(item.at, item.from ?? 0);
  const expected = { offset, length: item.at.length, awsMessage: item.awsMessage };
  const options = item.limits === undefined ? {} : { limits: item.limits };
  expect(() => parsePattern(item.refused, options)).toThrow(PatternSyntaxError);
  expect(() => parsePattern(item.refused, options)).toThrow(expect.objectContaining(expected));
}

function checkSelector(item: SelectorCase): void {
  const selector = parseSelector(item.selector);
  for (const [message, value] of item.values) expect(selectScalar(selector, parseEvent(message))).toBe(value);
}
