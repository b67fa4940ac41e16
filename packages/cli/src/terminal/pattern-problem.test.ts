import { PatternSyntaxError, parsePattern } from '@trailbell/core/pattern';
import { expect, test } from 'vitest';
import { displayWidth } from './display-width.ts';
import { showPatternProblem } from './pattern-problem.ts';

function show(pattern: string): readonly string[] {
  try {
    parsePattern(pattern);
  } catch (error) {
    if (error instanceof PatternSyntaxError) return showPatternProblem(pattern, error).split('\n');
    throw error;
  }
  throw new Error(`${pattern} was accepted`);
}

/** The column at which a mark stands, tabs reaching to every eighth column. */
function columnOf(line: string, mark: string): number {
  let column = 0;
  for (const part of line.slice(0, line.indexOf(mark)).split(/(\t)/)) {
    column = part === '\t' ? (Math.floor(column / 8) + 1) * 8 : column + displayWidth(part);
  }
  return column;
}

test.each([
  ['plain text', '{ $.a == 1 }', '= 1'],
  ['wide characters', '{ $.名前 = "日本" && $.b == 1 }', '= 1'],
  ['halfwidth and combining characters', '{ $.x = "ｱe\u0301" && $.b == 1 }', '= 1'],
  ['emoji', '{ $.x = "👩‍👩‍👧🇩🇪👍🏽" && $.b == 1 }', '= 1'],
  ['tabs', '{\t$.x\t= a &&\t$.b == 1 }', '= 1'],
  ['tabs after wide characters', '{ $.x = "日"\t&& $.b == 1 }', '= 1'],
  ['invisible characters', '{ $.x = "\u001b[31m\u200b" && $.b == 1 }', '= 1'],
  ['line breaks before it', '{ $.x = 1\n && $.b == 1\n }', '= 1'],
  ['a long pattern', `{ ${'$.x = "日本" && '.repeat(40)}$.b == 1 ${'&& $.x = 1 '.repeat(40)}}`, '= 1'],
])('the caret stands under the character, behind %s', (_what, pattern, marked) => {
  const lines = show(pattern);
  const caret = lines.findIndex((line) => /^\s*\^/.test(line));
  expect(columnOf(lines[caret] ?? '', '^')).toBe(columnOf(lines[caret - 1] ?? '', marked));
});

test('the pattern, the caret, what was found and the hint are lines of their own', () => {
  expect(show('{ $.a == 1 }')).toEqual([
    '  { $.a == 1 }',
    '         ^',
    "  After '=' a value is expected, not '='.",
    '  Write = in place of ==.',
  ]);
});

test('of a pattern with line breaks the line that matters is shown, with its number', () => {
  expect(show('{ $.x = 1\n && $.b == 1\n }').slice(0, 2)).toEqual(['  line 2:', '   && $.b == 1']);
});

test('of a long pattern a part is shown', () => {
  const [shown = ''] = show(`{ ${'$.x = 1 && '.repeat(10_000)}$.b == 1 ${'&& $.x = 1 '.repeat(10_000)}}`);
  expect(shown).toMatch(/^ {2}….{50,60}= 1 &&.*…$/);
  expect(shown.length).toBeLessThan(120);
});

test('the end of a pattern can be pointed at', () => {
  const [pattern = '', caret = ''] = show('{ $.a = 1');
  expect(pattern).toBe('  { $.a = 1');
  expect(caret.indexOf('^')).toBe(pattern.length - 1);
});
