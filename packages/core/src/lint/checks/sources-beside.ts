import type { JsonComparison, Literal } from '../../pattern/index.ts';
import type { Condition } from '../logic/satisfiable.ts';
import { selectorKey } from '../logic/selector-key.ts';

/**
 * The sources that can stand in a record which meets a comparison, as far as the pattern names them around it; undefined where it
 * leaves them open.
 */
export function sourcesBeside(condition: Condition, comparison: JsonComparison): readonly string[] | undefined {
  return sourcesAround(condition, comparison)?.sources;
}

interface Around {
  /** Undefined: any. */
  readonly sources: readonly string[] | undefined;
}

/** Undefined where the comparison is not in the condition. */
function sourcesAround(condition: Condition, comparison: JsonComparison): Around | undefined {
  if (condition === comparison) return { sources: undefined };
  if (condition.kind !== 'and' && condition.kind !== 'or') return undefined;
  for (const operand of condition.operands) {
    const inner = sourcesAround(operand, comparison);
    if (inner === undefined) continue;
    if (condition.kind === 'or') return inner;
    const others = condition.operands.filter((other) => other !== operand);
    return { sources: narrowest([inner.sources, ...others.map(sourcesOf)]) };
  }
  return undefined;
}

function narrowest(sets: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  return sets.reduce((a, b) => {
    if (a === undefined || b === undefined) return a ?? b;
    return a.filter((source) => b.includes(source));
  });
}

/** The sources that a condition lets through, where it names them all. */
function sourcesOf(condition: Condition): readonly string[] | undefined {
  switch (condition.kind) {
    case 'and':
      return narrowest(condition.operands.map(sourcesOf));
    case 'or': {
      const sets = condition.operands.map(sourcesOf);
      return sets.every((set) => set !== undefined) ? sets.flat() : undefined;
    }
    case 'compare': {
      const { test } = condition;
      if (selectorKey(condition.selector) !== '$.eventSource') return undefined;
      return test.kind === 'equality' && test.operator === '=' ? exactly(test.literal) : undefined;
    }
    case 'is':
    case 'not-exists':
      return undefined;
  }
}

function exactly(literal: Literal): readonly string[] | undefined {
  return literal.kind === 'text' ? [literal.text] : undefined;
}
