import { comparisonsOf } from '../../pattern/index.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import { isNever, maySatisfy, type Condition } from '../logic/satisfiable.ts';
import { quoteOf, spanOf } from '../logic/span-of.ts';
import { selectorKey } from '../logic/selector-key.ts';

/** Patterns that no event matches, and alternatives that none can meet. What is impossible by itself has a check of its own. */
export function checkImpossible({ pattern, text }: LintedPattern): readonly PatternComplaint[] {
  if (pattern.kind !== 'json' || [...comparisonsOf(pattern.condition)].some(isNever)) return [];
  if (!maySatisfy([pattern.condition])) return [impossible(pattern.condition, text)];
  return deadClauses(pattern.condition, [], text);
}

function impossible(condition: Condition, text: string): PatternComplaint {
  const { first, second } = contradictionIn(condition);
  const quoted = quoteOf(second, text);
  if (first === undefined) {
    return { code: 'never-matches', span: spanOf(second), message: `no record can match: ${quoted} holds for none` };
  }
  return {
    code: 'never-matches',
    span: spanOf(second),
    message: `no record can match: ${quoted} contradicts ${quoteOf(first, text)}`,
    hint: cureFor(first, second),
  };
}

function cureFor(first: Condition, second: Condition): string {
  const isOneField =
    first.kind === 'compare' &&
    second.kind === 'compare' &&
    selectorKey(first.selector) === selectorKey(second.selector) &&
    [first, second].every(({ test }) => test.kind === 'equality' && test.operator === '=');
  return isOneField
    ? 'a field has one value: for either of two join them with || in parentheses'
    : 'take one of them out';
}

/** The operand with which a conjunction becomes impossible, and the earlier one that it cannot stand beside, where one alone does it. */
function contradictionIn(condition: Condition): { readonly first?: Condition; readonly second: Condition } {
  if (condition.kind === 'or') {
    const [operand = condition] = condition.operands;
    return operand === condition ? { second: condition } : contradictionIn(operand);
  }
  if (condition.kind !== 'and') return { second: condition };
  const operands = condition.operands.flatMap(conjuncts);
  for (const [index, operand] of operands.entries()) {
    if (maySatisfy(operands.slice(0, index + 1))) continue;
    if (!maySatisfy([operand])) return contradictionIn(operand);
    const first = operands.slice(0, index).find((earlier) => !maySatisfy([earlier, operand]));
    return { ...(first !== undefined && { first }), second: operand };
  }
  return { second: condition };
}

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.operands.flatMap(conjuncts) : [condition];
}

/** Alternatives that cannot hold beside what always holds around them. */
function deadClauses(condition: Condition, beside: readonly Condition[], text: string): readonly PatternComplaint[] {
  switch (condition.kind) {
    case 'and':
      return condition.operands.flatMap((operand) => {
        const others = condition.operands.filter((other) => other !== operand);
        return deadClauses(operand, [...beside, ...others], text);
      });
    case 'or':
      return condition.operands.flatMap((operand) =>
        maySatisfy([operand, ...beside]) ? deadClauses(operand, beside, text) : [dead(operand, beside, text)],
      );
    case 'compare':
    case 'is':
    case 'not-exists':
      return [];
  }
}

function dead(operand: Condition, beside: readonly Condition[], text: string): PatternComplaint {
  const opponent = beside.find((other) => !maySatisfy([operand, other]));
  const isNeverMet = !maySatisfy([operand]);
  const why = isNeverMet || opponent === undefined ? '' : `: beside ${quoteOf(opponent, text)} it cannot hold`;
  return {
    code: 'dead-clause',
    span: spanOf(operand),
    message: `no record can meet ${quoteOf(operand, text)}${why}`,
    hint: 'take it out, or look for the clause that was meant',
  };
}
