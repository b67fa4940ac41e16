/** Parts of a pattern as they were typed, as far as it makes a difference: `$.x = true` is not what `$.x = "true"` looks like. */
import type { FieldComparison, JsonComparison, Literal, ValueTest } from '../ast.ts';
import { formatComparison, formatFieldComparison, formatLiteral, formatSelector, globText } from '../format-pattern.ts';

/** A comparison of a JSON pattern, its value without quotes where it was typed without them. */
export function comparisonAsTyped(comparison: JsonComparison): string {
  return comparison.kind === 'compare'
    ? `${formatSelector(comparison.selector)} ${testAsTyped(comparison.test)}`
    : formatComparison(comparison);
}

/** A comparison of a field, its value without quotes where it was typed without them. */
export function fieldComparisonAsTyped(name: string, comparison: FieldComparison): string {
  return comparison.kind === 'compare'
    ? `${name} ${testAsTyped(comparison.test)}`
    : formatFieldComparison(name, comparison);
}

function testAsTyped({ operator, literal }: ValueTest): string {
  const bare = withoutQuotes(literal);
  // Quotes take two characters more.
  return `${operator} ${bare?.length === literal.span.length ? bare : formatLiteral(literal)}`;
}

function withoutQuotes(literal: Literal): string | undefined {
  if (literal.kind === 'text') return literal.text;
  return literal.kind === 'glob' ? globText(literal) : undefined;
}
