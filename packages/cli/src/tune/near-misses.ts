import {
  formatPattern,
  type Expression,
  type JsonComparison,
  type JsonPattern,
  type Pattern,
} from '@trailbell/core/pattern';

/** A pattern with one of its clauses left out: what it matches beyond the pattern itself failed in that clause alone. */
export interface Relaxation {
  /** The clause that was left out, in the pattern's language. */
  readonly clause: string;
  readonly pattern: Pattern;
}

/** One for each clause that a JSON pattern joins by `&&` at its top; none for other patterns. */
export function relaxations(pattern: Pattern): readonly Relaxation[] {
  if (pattern.kind !== 'json' || pattern.condition.kind !== 'and') return [];
  const { operands } = pattern.condition;
  return operands.map((left, index) => ({
    clause: clauseText(left),
    pattern: jsonPattern(operands.filter((_, at) => at !== index)),
  }));
}

function jsonPattern(operands: readonly Expression<JsonComparison>[]): JsonPattern {
  const [first, ...rest] = operands;
  if (first === undefined) throw new Error('a conjunction has at least two operands');
  return { kind: 'json', condition: rest.length === 0 ? first : { kind: 'and', operands } };
}

function clauseText(condition: Expression<JsonComparison>): string {
  return formatPattern({ kind: 'json', condition }).slice(2, -2);
}
