import type { Literal, RegexLiteral } from '../../pattern/index.ts';
import { parseRegex } from '../../pattern/regex/regex-syntax.ts';

/** A literal that says the same with less: an expression of plain characters is a text, or a text with `*` at its open ends. */
export function plainLiteral(literal: Literal): Literal {
  if (literal.kind !== 'regex') return literal;
  return plainRegex(literal) ?? literal;
}

/** What an expression without choices, classes and counts finds; undefined for every other. */
export function plainRegex({ source, span }: RegexLiteral): Literal | undefined {
  const [pieces, ...more] = parseRegex(source).alternatives;
  if (pieces === undefined || more.length > 0) return undefined;
  const openStart = pieces[0]?.kind !== 'start';
  const openEnd = pieces.at(-1)?.kind !== 'end' || pieces.length === 1;
  let text = '';
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'start' && index === 0) continue;
    if (piece.kind === 'end' && index === pieces.length - 1 && !openEnd) continue;
    if (piece.kind !== 'set' || piece.min !== 1 || piece.max !== 1) return undefined;
    const [only, ...others] = piece.ranges;
    if (only === undefined || others.length > 0 || only[0] !== only[1]) return undefined;
    text += String.fromCodePoint(only[0]);
  }
  return openStart || openEnd ? { kind: 'glob', text, openStart, openEnd, span } : { kind: 'text', text, span };
}
