import type { Expression, JsonComparison } from '../../pattern/index.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import { selectorKey } from '../logic/selector-key.ts';

/**
 * Alternatives for one field beside an `&&`, without parentheses: `$.a = "x" && $.b = "y" || $.b = "z"`. As && binds tighter, the
 * last alternative holds on its own. Parentheses around either part say that it was meant.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function checkParentheses({ pattern, text }: LintedPattern): readonly PatternComplaint[] {
  return pattern.kind === 'json' ? ambiguousIn(pattern.condition, text) : [];
}

function ambiguousIn(condition: Expression<JsonComparison>, text: string): readonly PatternComplaint[] {
  if (condition.kind !== 'and' && condition.kind !== 'or') return [];
  const within = condition.operands.flatMap((operand) => ambiguousIn(operand, text));
  if (condition.kind === 'and') return within;
  const found = condition.operands.flatMap((left, index) => {
    const right = condition.operands[index + 1];
    return right === undefined ? [] : ambiguousPair(left, right, text);
  });
  return [...found.slice(0, 1), ...within];
}

function ambiguousPair(
  left: Expression<JsonComparison>,
  right: Expression<JsonComparison>,
  text: string,
): readonly PatternComplaint[] {
  if ((left.kind === 'and') === (right.kind === 'and')) return [];
  const one = left.kind === 'and' ? left.operands.at(-1) : left;
  const other = right.kind === 'and' ? right.operands[0] : right;
  if (!isEquals(one) || !isEquals(other) || selectorKey(one.selector) !== selectorKey(other.selector)) return [];
  const between = text.slice(one.span.offset + one.span.length, other.span.offset);
  if (/[()]/.test(between)) return [];
  const asWritten = ({ span: { offset, length } }: JsonComparison) => text.slice(offset, offset + length);
  const alone = left.kind === 'and' ? other : one;
  return [
    {
      code: 'missing-parentheses',
      span: alone.span,
      message: `${asWritten(alone)} holds on its own, whatever stands beside the other: && binds tighter than ||`,
      hint: `write (${asWritten(one)} || ${asWritten(other)}); or put the && part in parentheses where this was meant`,
    },
  ];
}

function isEquals(
  condition: Expression<JsonComparison> | undefined,
): condition is Extract<JsonComparison, { readonly kind: 'compare' }> {
  return condition?.kind === 'compare' && condition.test.kind === 'equality' && condition.test.operator === '=';
}
