import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { docsPageOf, LINT_CATALOGUE, type LintCode } from './catalogue.ts';
import { findingsIn } from './linted.fixture.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');

const codes = Object.keys(LINT_CATALOGUE) as LintCode[];

const pages = [...new Set(codes.map((code) => docsPageOf(code).replace(/#.*$/, '')))];

function sectionsOf(page: string): ReadonlyMap<string, string> {
  const [, ...sections] = readFileSync(resolve(ROOT, page), 'utf8').split(/^## /m);
  return new Map(sections.map((text) => [text.slice(0, text.indexOf('\n')), text] as const));
}

function snippet(section: string, label: 'Wrong' | 'Right'): string {
  return new RegExp(`${label}:\n\n\`\`\`yaml\n([\\s\\S]*?)\`\`\``).exec(section)?.[1] ?? '';
}

const REST = {
  name: 'name: a-rule',
  title: 'title: A rule',
  severity: 'severity: info',
  filterPattern: `filterPattern: '{ $.eventName = "StopLogging" }'`,
};

/** A snippet shows the fields that matter; the rule needs some more. */
function wholeRule(fields: string): string {
  const missing = Object.entries(REST).filter(
    ([key]) => !new RegExp(`^${key}:`, 'm').test(fields.split('---')[0] ?? ''),
  );
  return `${missing.map(([, line]) => `${line}\n`).join('')}${fields}`;
}

test.each(codes)('the docs show what %s finds, and what it is content with', (code) => {
  const page = docsPageOf(code).replace(/#.*$/, '');
  const section = sectionsOf(page).get(code) ?? '';
  expect(section.split('\n\n')[1]?.toLowerCase()).toMatch(new RegExp(`^${LINT_CATALOGUE[code].severity}\\. `));
  const found = (label: 'Wrong' | 'Right') =>
    findingsIn(wholeRule(snippet(section, label))).map((finding) => finding.code);
  expect(snippet(section, 'Right')).not.toBe('');
  expect(found('Wrong')).toContain(code);
  expect(found('Right')).not.toContain(code);
});

test('the docs describe no code that there is not, and list all that there are', () => {
  const described = pages.flatMap((page) => [...sectionsOf(page).keys()]);
  expect(described.toSorted()).toEqual(codes.toSorted());
  const list = readFileSync(resolve(ROOT, 'docs/lint/README.md'), 'utf8');
  const listed = Array.from(list.matchAll(/^\| \[`([a-z-]+)`\]\(([a-z]+)\.md#\1\) +\| (\w+) +\| (.*?) +\|$/gm));
  expect(listed.map(([, code, page, severity, title]) => [code, { severity, title, page }])).toEqual(
    Object.entries(LINT_CATALOGUE),
  );
});
