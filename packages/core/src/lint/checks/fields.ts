import { comparisonsOf, type JsonComparison } from '../../pattern/index.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import { selectorKey } from '../logic/selector-key.ts';
import { misspeltAbsence } from './absence.ts';
import { fieldType } from './field-types.ts';
import { fieldValue } from './field-values.ts';
import { unknownField } from './unknown-fields.ts';

/** Fields that records do not have, and comparisons that their fields never meet: at most one complaint a comparison. */
export function checkFields({ pattern, text }: LintedPattern): readonly PatternComplaint[] {
  if (pattern.kind !== 'json') return [];
  const comparisons = [...comparisonsOf(pattern.condition)];
  const booleans = new Set(comparisons.filter(isBooleanTest).map(({ selector }) => selectorKey(selector)));
  return comparisons.flatMap((comparison) => {
    const complaint =
      unknownField(comparison.selector, text) ??
      misspeltAbsence(comparison) ??
      fieldType(comparison, text, booleans.has(selectorKey(comparison.selector))) ??
      fieldValue(comparison);
    return complaint ?? [];
  });
}

function isBooleanTest(comparison: JsonComparison): boolean {
  return comparison.kind === 'is' && comparison.constant !== 'NULL';
}
