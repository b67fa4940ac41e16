import { formatSelector, type JsonComparison } from '../../pattern/index.ts';
import { fieldAt } from '../aws/field-at.ts';
import type { PatternComplaint } from '../finding.ts';
import { isAnything } from '../logic/literals.ts';
import { isNever } from '../logic/satisfiable.ts';

/** What other languages call nothing. CloudTrail leaves a field out that has no value. */
const NOTHING = /^(?:null|nil|none|undefined|nan)$/i;

/** Comparisons that were meant to say that a field is missing, or that it is there. */
export function misspeltAbsence(comparison: JsonComparison): PatternComplaint | undefined {
  const selector = formatSelector(comparison.selector);
  const absent = `${selector} NOT EXISTS`;
  const { span } = comparison;
  if (comparison.kind === 'compare' && isNever(comparison)) {
    return {
      code: 'misspelt-absence',
      span,
      message: `${selector} != * never holds: it needs a value, and every value equals *`,
      hint: `for a field that is missing write ${absent}`,
      replacement: { span, text: absent },
    };
  }
  const at = fieldAt(comparison.selector);
  if (at.kind !== 'field' || (at.field.kind !== 'text' && at.field.kind !== 'map')) return undefined;
  if (comparison.kind === 'is' && comparison.constant === 'NULL') {
    return {
      code: 'misspelt-absence',
      span,
      message: `${selector} is never null: CloudTrail leaves it out where there is no value`,
      hint: `write ${absent}`,
      replacement: { span, text: absent },
    };
  }
  if (comparison.kind !== 'compare' || comparison.test.kind !== 'equality') return undefined;
  const { operator, literal } = comparison.test;
  if (literal.kind !== 'text' || !NOTHING.test(literal.text)) return undefined;
  const meant = operator === '=' ? absent : `${selector} = *`;
  return {
    code: 'misspelt-absence',
    span,
    message: `${selector} never holds the text ${literal.text}: CloudTrail leaves it out where there is no value`,
    hint: `write ${meant}`,
    replacement: { span, text: meant },
  };
}

/** Whether a comparison holds for every string and number: the way to say that a field is there. */
export function saysPresent(comparison: JsonComparison): boolean {
  return (
    comparison.kind === 'compare' &&
    comparison.test.kind === 'equality' &&
    comparison.test.operator === '=' &&
    isAnything(comparison.test.literal)
  );
}
