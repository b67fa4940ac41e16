import { coverOf } from '../../matcher/plan/cover.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import type { Condition } from '../logic/satisfiable.ts';
import { quoteOf, spanOf } from '../logic/span-of.ts';

/** Patterns of which nothing can be looked up, so that each record is parsed and tried. */
export function checkIndexHelp({ pattern, text }: LintedPattern): readonly PatternComplaint[] {
  if (pattern.kind !== 'json' || coverOf(pattern) !== undefined) return [];
  const culprit = culpritIn(pattern.condition);
  return [
    {
      code: 'no-index',
      span: spanOf(culprit),
      message: `every record is tried: nothing in ${quoteOf(culprit, text)} can be looked up`,
      hint: 'add $.eventSource = "..." or $.eventName = "...": a text, or one with * at one end, can be looked up',
    },
  ];
}

/** The first alternative without anything to look up, where the others have something. */
function culpritIn(condition: Condition): Condition {
  if (condition.kind !== 'or') return condition;
  const culprit = condition.operands.find((operand) => coverOf({ kind: 'json', condition: operand }) === undefined);
  return culprit === undefined ? condition : culpritIn(culprit);
}
