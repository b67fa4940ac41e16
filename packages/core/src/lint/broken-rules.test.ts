import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { LINT_CATALOGUE } from './catalogue.ts';
import { findingsIn, inShort } from './linted.fixture.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../test/broken-rules');

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

/** What a file says of itself: `# expect: 5:50 error never-matches`. */
function expected(text: string): readonly string[] {
  return Array.from(text.matchAll(/^# expect: (.*)$/gm), ([, finding = '']) => finding);
}

test.each(files)('%s: every finding is where the file says, and there is no other', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  expect(expected(text)).not.toEqual([]);
  expect(inShort(findingsIn(text))).toEqual(expected(text));
});

test('the broken rules show every code', () => {
  const shown = new Set(
    files.flatMap((name) => expected(readFileSync(join(FOLDER, name), 'utf8'))).map((line) => line.split(' ').at(-1)),
  );
  expect(Object.keys(LINT_CATALOGUE).filter((code) => !shown.has(code))).toEqual([]);
  expect(files.length).toBeGreaterThanOrEqual(40);
});
