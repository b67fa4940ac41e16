import { comparisonsOf, formatPattern, type Span } from '../../pattern/index.ts';
import type { Condition } from './satisfiable.ts';

/** Where a condition stands in its pattern: from its first comparison to the end of its last, without parentheses around it. */
export function spanOf(condition: Condition): Span {
  const comparisons = [...comparisonsOf(condition)];
  const first = comparisons.at(0);
  const last = comparisons.at(-1);
  if (first === undefined || last === undefined) return { offset: 0, length: 0 };
  return { offset: first.span.offset, length: last.span.offset + last.span.length - first.span.offset };
}

/** A part of a pattern on one line: a clause as its author wrote it, several in the language's canonical form. */
export function quoteOf(condition: Condition, text: string): string {
  const { offset, length } = spanOf(condition);
  const isClause = condition.kind !== 'and' && condition.kind !== 'or';
  const quoted = isClause
    ? text.slice(offset, offset + length).replaceAll(/\s+/g, ' ')
    : formatPattern({ kind: 'json', condition }).slice(2, -2);
  return quoted.length > 80 ? `${quoted.slice(0, 79)}…` : quoted;
}
