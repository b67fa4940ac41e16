import type { GlobLiteral, Span, TextLiteral } from '../ast.ts';

/** A `*` at either end stands for anything, quoted or not; elsewhere it is itself. */
export function textOrGlob(text: string, span: Span): TextLiteral | GlobLiteral {
  const openStart = text.startsWith('*');
  const openEnd = text.endsWith('*');
  if (!openStart && !openEnd) return { kind: 'text', text, span };
  const inner = text.slice(openStart ? 1 : 0, openEnd ? -1 : undefined);
  return { kind: 'glob', text: inner, openStart, openEnd, span };
}
