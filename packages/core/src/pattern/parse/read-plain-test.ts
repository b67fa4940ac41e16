/** Reads ` = "text"` and ` != word` in one go: what nearly all comparisons end with. */
import type { EqualityTest } from '../ast.ts';
import { endOfMatch, skipBlanks } from '../characters.ts';
import { textOrGlob } from './text-or-glob.ts';

/** A quoted text without escapes, or a word of ASCII that cannot go on. */
const PLAIN_TEST = / *!?= *(?:"[^"\\]+"|[A-Za-z_][\w.-]*(?=[ )]))/y;

/** Undefined for all other tests, and for what is wrong: those are read token by token, as a plain one could be, with the same outcome. */
export function readPlainTest(text: string, offset: number): EqualityTest | undefined {
  const end = endOfMatch(PLAIN_TEST, text, offset);
  if (end === undefined) return undefined;
  const sign = text.indexOf('=', offset);
  const start = skipBlanks(text, sign + 1);
  const isQuoted = text.charAt(start) === '"';
  const value = isQuoted ? text.slice(start + 1, end - 1) : text.slice(start, end);
  if (!isQuoted && isNull(value)) return undefined;
  return {
    kind: 'equality',
    operator: text.charAt(sign - 1) === '!' ? '!=' : '=',
    literal: textOrGlob(value, { offset: start, length: end - start }),
  };
}

function isNull(word: string): boolean {
  return word.length === 4 && word.toUpperCase() === 'NULL';
}
