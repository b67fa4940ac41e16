import type { PatternSyntaxError } from '@trailbell/core/pattern';
import { displayWidth, graphemesOf } from './display-width.ts';
import { harmless } from './harmless.ts';

/** How many characters of a line are shown before and from the one that is pointed at. */
const [SHOWN_BEFORE, SHOWN_AFTER] = [60, 40];

/**
 * A pattern that could not be read, over several lines: the pattern (of many lines the one that matters, of a long line a part),
 * a caret under the character, what was found and expected, and the hint.
 */
export function showPatternProblem(pattern: string, problem: PatternSyntaxError): string {
  const { offset, length, message, hint } = problem;
  const start = pattern.slice(0, offset).lastIndexOf('\n') + 1;
  const end = endOfLine(pattern, offset);
  const before = lastOf(pattern.slice(start, offset), SHOWN_BEFORE);
  const marked = pattern.slice(offset, Math.min(offset + Math.max(length, 1), end));
  const shown = before + firstOf(pattern.slice(offset, end), SHOWN_AFTER);
  const mark = '^'.padEnd(Math.min(displayWidth(harmless(marked)), SHOWN_AFTER), '~');
  return [
    ...(pattern.includes('\n') ? [`  line ${pattern.slice(0, start).split('\n').length}:`] : []),
    `  ${harmless(shown)}`,
    `  ${blanksFor(harmless(before))}${mark}`,
    `  ${hint === undefined ? message : message.slice(0, -hint.length).trimEnd()}`,
    ...(hint === undefined ? [] : [`  ${hint}`]),
  ].join('\n');
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

/** As wide as the text: a tab for a tab, so that both lines agree however far tabs reach. */
function blanksFor(text: string): string {
  return text
    .split('\t')
    .map((part) => ' '.repeat(displayWidth(part)))
    .join('\t');
}

/** A grapheme has seldom more UTF-16 units than this: so much of a long text is looked at. */
const UNITS = 8;

function lastOf(text: string, count: number): string {
  const graphemes = graphemesOf(text.slice(-count * UNITS));
  return graphemes.length <= count ? text : `…${graphemes.slice(-count).join('')}`;
}

function firstOf(text: string, count: number): string {
  const graphemes = graphemesOf(text.slice(0, count * UNITS));
  return graphemes.length <= count ? text : `${graphemes.slice(0, count).join('')}…`;
}
