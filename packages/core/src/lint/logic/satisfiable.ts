import type { Expression, JsonComparison, ValueTest } from '../../pattern/index.ts';
import { comparisonsClash } from './comparisons.ts';
import { selectorKey, wildcardAt } from './selector-key.ts';
import { isImpossible, testsClash } from './value-tests.ts';

/** A condition of a JSON pattern. */
export type Condition = Expression<JsonComparison>;

/** So many choices are tried; conditions with more are taken for satisfiable. */
const MAX_CHOICES = 20_000;

/**
 * Whether some event may meet all of the conditions. False is proved; true only says that no contradiction was found. Of each
 * disjunction one operand is chosen, the shortest first, until no two of the chosen comparisons clash.
 */
export function maySatisfy(conditions: readonly Condition[]): boolean {
  const search = new Search();
  return search.choose(conditions, []);
}

class Search {
  #choicesLeft = MAX_CHOICES;

  choose(pending: readonly Condition[], chosen: readonly JsonComparison[]): boolean {
    const disjunctions: Extract<Condition, { kind: 'or' }>[] = [];
    const met = [...chosen];
    const queue = [...pending];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (next.kind === 'and') queue.push(...next.operands);
      else if (next.kind === 'or') disjunctions.push(next);
      else if (clashesWithAny(next, met)) return false;
      else met.push(next);
    }
    const [first, ...rest] = disjunctions.sort((a, b) => a.operands.length - b.operands.length);
    if (first === undefined) return !valuesClash(met);
    for (const operand of first.operands) {
      this.#choicesLeft -= 1;
      if (this.#choicesLeft < 0 || this.choose([operand, ...rest], met)) return true;
    }
    return false;
  }
}

function clashesWithAny(comparison: JsonComparison, others: readonly JsonComparison[]): boolean {
  return isNever(comparison) || others.some((other) => other !== comparison && comparisonsClash(other, comparison));
}

/** Whether no event meets the comparison, whatever stands beside it. */
export function isNever(comparison: JsonComparison): boolean {
  return comparison.kind === 'compare' && wildcardAt(comparison.selector) === -1 && isImpossible(comparison.test);
}

/** Whether a field would have to hold a value that no value is, though any two of its tests agree. */
function valuesClash(comparisons: readonly JsonComparison[]): boolean {
  const tests = new Map<string, ValueTest[]>();
  for (const comparison of comparisons) {
    if (comparison.kind !== 'compare' || wildcardAt(comparison.selector) !== -1) continue;
    const key = selectorKey(comparison.selector);
    const known = tests.get(key);
    if (known === undefined) tests.set(key, [comparison.test]);
    else known.push(comparison.test);
  }
  return [...tests.values()].some((ofOneField) => ofOneField.length > 2 && testsClash(ofOneField));
}
