import { RE2JS } from 're2js';
import type { RegexLiteral } from '../ast.ts';
import { type CodePointRange, type RegexPiece, parseRegex } from './regex-syntax.ts';

/**
 * A search for a regular expression that takes time in proportion to the text, whatever the text says. RE2 is also what
 * CloudWatch's own answers point to: it takes lazy counts and refuses possessive ones.
 */
export function compileRegex(regex: RegexLiteral): (text: string) => boolean {
  const { alternatives } = parseRegex(regex.source);
  const compiled = RE2JS.compile(alternatives.map((pieces) => pieces.map(toRe2).join('')).join('|'));
  return (text) => compiled.test(text);
}

/** Written out in code points, so that nothing depends on RE2's own reading of escapes and classes. */
function toRe2(piece: RegexPiece): string {
  switch (piece.kind) {
    case 'start':
      return '\\A';
    case 'end':
      return '\\z';
    case 'set':
      return toRe2Set(piece.ranges) + toRe2Count(piece.min, piece.max);
  }
}

function toRe2Set(ranges: readonly CodePointRange[]): string {
  const [only] = ranges;
  if (only === undefined) return '[^\\x{0}-\\x{10ffff}]';
  if (ranges.length === 1 && only[0] === only[1]) return toRe2Character(only[0]);
  return `[${ranges.map(([first, last]) => `${toRe2Character(first)}-${toRe2Character(last)}`).join('')}]`;
}

function toRe2Character(codePoint: number): string {
  return `\\x{${codePoint.toString(16)}}`;
}

function toRe2Count(min: number, max: number): string {
  if (min === 1 && max === 1) return '';
  if (max !== Infinity) return `{${min},${max}}`;
  return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
}
