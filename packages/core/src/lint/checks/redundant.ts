import { formatPattern, parsePattern, PatternSyntaxError, type JsonComparison } from '../../pattern/index.ts';
import { isAlwaysThere } from '../aws/field-at.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import { conditionImplies, conditionsImply } from '../logic/implication.ts';
import { maySatisfy, type Condition } from '../logic/satisfiable.ts';
import { quoteOf, spanOf } from '../logic/span-of.ts';
import { saysPresent } from './absence.ts';
import { withoutClause } from './without-clause.ts';

/** Clauses without which the pattern would match the same. */
export function checkRedundant({ pattern, text }: LintedPattern): readonly PatternComplaint[] {
  if (pattern.kind !== 'json' || !maySatisfy([pattern.condition])) return [];
  return redundantIn(pattern.condition, [], text);
}

function redundantIn(condition: Condition, beside: readonly Condition[], text: string): PatternComplaint[] {
  if (condition.kind !== 'and' && condition.kind !== 'or') return [];
  const complaints: PatternComplaint[] = [];
  let kept = condition.operands;
  // From the back, so that of two equals the second goes.
  for (const operand of condition.operands.toReversed()) {
    const others = kept.filter((other) => other !== operand);
    if (condition.kind === 'and' && isPresenceOfAlwaysThere(operand) && others.length > 0) {
      kept = others;
      complaints.push(alwaysThere(operand, text));
      continue;
    }
    const cause =
      condition.kind === 'and' ? causeIn(operand, others, beside) : others.find((o) => conditionImplies(operand, o));
    if (cause === undefined || isStatedPresence(operand, cause)) continue;
    kept = others;
    complaints.push(complaint(condition.kind, operand, cause, text));
  }
  for (const operand of kept) {
    const others = condition.kind === 'and' ? kept.filter((other) => other !== operand) : [];
    complaints.push(...redundantIn(operand, [...beside, ...others], text));
  }
  return complaints;
}

function isPresenceOfAlwaysThere(condition: Condition): condition is JsonComparison {
  return condition.kind === 'compare' && saysPresent(condition) && isAlwaysThere(condition.selector);
}

function alwaysThere(comparison: JsonComparison, text: string): PatternComplaint {
  return {
    code: 'redundant-clause',
    span: comparison.span,
    message: `${quoteOf(comparison, text)} says nothing more: every record has one`,
    hint: 'take it out',
  };
}

/** `$.a = * && $.a != x` says that records without the field are left out on purpose. */
function isStatedPresence(operand: Condition, cause: Condition): boolean {
  const isNotEqual = cause.kind === 'compare' && cause.test.kind === 'equality' && cause.test.operator === '!=';
  return isNotEqual && operand.kind === 'compare' && saysPresent(operand);
}

/** What makes the operand of a conjunction hold anyway: one of the others if one will do. */
function causeIn(
  operand: Condition,
  others: readonly Condition[],
  beside: readonly Condition[],
): Condition | undefined {
  const known = [...others, ...beside];
  const one = known.find((other) => conditionImplies(other, operand));
  if (one !== undefined || !conditionsImply(known, operand)) return one;
  return known[0];
}

function complaint(kind: 'and' | 'or', operand: Condition, cause: Condition, text: string): PatternComplaint {
  const [quoted, because] = [quoteOf(operand, text), quoteOf(cause, text)];
  const isSame = same(operand, cause);
  const fixed = removed(operand, text);
  return {
    code: isSame ? 'duplicate-clause' : 'redundant-clause',
    span: spanOf(operand),
    message: isSame
      ? `${quoted} stands here twice`
      : kind === 'and'
        ? `${quoted} says nothing more: it holds wherever ${because} does`
        : `${quoted} adds nothing: where it holds, ${because} does too`,
    hint: 'take it out',
    ...(fixed && { replacement: fixed }),
  };
}

function same(a: Condition, b: Condition): boolean {
  return formatPattern({ kind: 'json', condition: a }) === formatPattern({ kind: 'json', condition: b });
}

/** The change that takes the clause out: only where the rest then reads as it did. */
function removed(operand: Condition, text: string): PatternComplaint['replacement'] {
  const cut = withoutClause(text, spanOf(operand));
  if (cut === undefined) return undefined;
  const rest = text.slice(0, cut.offset) + text.slice(cut.offset + cut.length);
  try {
    const [before, after] = [parsePattern(text), parsePattern(rest)];
    if (before.kind !== 'json' || after.kind !== 'json') return undefined;
    const isUnchanged =
      conditionImplies(before.condition, after.condition) && conditionImplies(after.condition, before.condition);
    return isUnchanged ? { span: cut, text: '' } : undefined;
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    return undefined;
  }
}
