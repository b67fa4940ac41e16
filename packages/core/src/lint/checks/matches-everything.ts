import type { JsonComparison } from '../../pattern/index.ts';
import { formatComparison } from '../../pattern/format-pattern.ts';
import { isAlwaysThere } from '../aws/field-at.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import { areDisjoint } from '../logic/literals.ts';
import type { Condition } from '../logic/satisfiable.ts';
import { selectorKey, wildcardAt } from '../logic/selector-key.ts';
import { quoteOf, spanOf } from '../logic/span-of.ts';
import { saysPresent } from './absence.ts';

/** Patterns, and alternatives in them, that hold for nearly every record. */
export function checkMatchesEverything({ pattern, text }: LintedPattern): readonly PatternComplaint[] {
  if (pattern.kind === 'everything') {
    return [
      {
        code: 'matches-everything',
        span: { offset: 0, length: text.length },
        message: 'the empty pattern matches every record',
      },
    ];
  }
  if (pattern.kind === 'space' && pattern.entries.length === 0) {
    return [
      { code: 'matches-everything', span: { offset: 0, length: text.length }, message: '[] matches every record' },
    ];
  }
  if (pattern.kind !== 'json') return [];
  const { condition } = pattern;
  const always = conjunctsOf(condition);
  if (always.every((part) => isPresence(part))) {
    return [
      {
        code: 'matches-everything',
        span: spanOf(condition),
        message: `${quoteOf(condition, text)} holds for every record`,
      },
    ];
  }
  return [...notEqualsJoinedByOr(condition), ...topAlternatives(condition)];
}

function conjunctsOf(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.operands.flatMap(conjunctsOf) : [condition];
}

function isPresence(condition: Condition): boolean {
  return condition.kind === 'compare' && isAlwaysThere(condition.selector) && saysPresent(condition);
}

type NotEqual = Extract<JsonComparison, { kind: 'compare' }>;

function isNotEqual(condition: Condition): condition is NotEqual {
  return (
    condition.kind === 'compare' &&
    condition.test.kind === 'equality' &&
    condition.test.operator === '!=' &&
    wildcardAt(condition.selector) === -1
  );
}

/** `a != x || a != y` holds for every a. */
function* notEqualsJoinedByOr(condition: Condition): Generator<PatternComplaint> {
  if (condition.kind !== 'and' && condition.kind !== 'or') return;
  if (condition.kind === 'or') {
    const negations = condition.operands.filter(isNotEqual);
    for (const [index, second] of negations.entries()) {
      const first = negations
        .slice(0, index)
        .find(
          (other) =>
            selectorKey(other.selector) === selectorKey(second.selector) &&
            areDisjoint(other.test.literal, second.test.literal),
        );
      if (first === undefined) continue;
      yield {
        code: 'matches-everything',
        span: second.span,
        message: `of ${formatComparison(first)} and ${formatComparison(second)} one always holds`,
        hint: 'for neither of two values join them with &&',
      };
      return;
    }
  }
  for (const operand of condition.operands) yield* notEqualsJoinedByOr(operand);
}

/** `... || $.eventName != "x"` at the top of a pattern lets nearly every record through. */
function topAlternatives(condition: Condition): readonly PatternComplaint[] {
  if (condition.kind !== 'or' || [...notEqualsJoinedByOr(condition)].length > 0) return [];
  const loose = condition.operands.filter(isNotEqual).find(({ selector }) => isAlwaysThere(selector));
  if (loose === undefined) return [];
  return [
    {
      code: 'matches-everything',
      span: loose.span,
      message: `nearly every record matches: ${formatComparison(loose)} alone is enough`,
      hint: 'to leave something out join it with &&, and put the alternatives in parentheses',
    },
  ];
}
