import type { Expression, GlobLiteral, JsonComparison, Pattern } from '@trailbell/core/pattern';

/** Another way to match rules under Node: from a message to how many rules it matches. */
export interface Peer {
  readonly name: string;
  compile(patterns: readonly Pattern[]): (message: string) => number;
}

/** What the workload's patterns are made of; peers translate no more than that. */
export type PeerComparison =
  | { readonly kind: 'equals' | 'differs'; readonly path: string; readonly text: string }
  | { readonly kind: 'prefix' | 'suffix'; readonly path: string; readonly text: string }
  | { readonly kind: 'at-least'; readonly path: string; readonly number: number }
  | { readonly kind: 'false' | 'absent'; readonly path: string };

/** Puts a pattern together from translated comparisons. */
export function translate<Out>(
  pattern: Pattern,
  comparison: (comparison: PeerComparison) => Out,
  join: (kind: 'and' | 'or', operands: Out[]) => Out,
): Out {
  if (pattern.kind !== 'json') throw new Error(`peers do not know ${pattern.kind} patterns`);
  const visit = (expression: Expression<JsonComparison>): Out =>
    expression.kind === 'and' || expression.kind === 'or'
      ? join(expression.kind, expression.operands.map(visit))
      : comparison(simplify(expression));
  return visit(pattern.condition);
}

function simplify(comparison: JsonComparison): PeerComparison {
  const path = comparison.selector.steps.map((step) => (step.kind === 'property' ? step.name : '?')).join('.');
  if (comparison.kind === 'not-exists') return { kind: 'absent', path };
  if (comparison.kind === 'is' && comparison.constant === 'FALSE') return { kind: 'false', path };
  if (comparison.kind === 'compare') {
    const { test } = comparison;
    if (test.kind === 'ordering' && test.operator === '>=')
      return { kind: 'at-least', path, number: Number(test.literal.text) };
    if (test.kind === 'equality' && test.literal.kind === 'text') {
      return { kind: test.operator === '=' ? 'equals' : 'differs', path, text: test.literal.text };
    }
    if (test.kind === 'equality' && test.literal.kind === 'glob' && test.operator === '=')
      return ofGlob(path, test.literal);
  }
  throw new Error(`peers do not know this comparison of $.${path}`);
}

function ofGlob(path: string, { text, openStart, openEnd }: GlobLiteral): PeerComparison {
  if (openStart && openEnd) throw new Error('peers do not know globs with both ends open');
  return { kind: openStart ? 'suffix' : 'prefix', path, text };
}
