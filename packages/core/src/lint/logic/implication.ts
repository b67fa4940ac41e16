import type { Pattern } from '../../pattern/index.ts';
import { formatPattern } from '../../pattern/index.ts';
import { comparisonImplies } from './comparisons.ts';
import type { Condition } from './satisfiable.ts';

/** Whether every event that meets one condition meets the other. True is proved; false only says that no proof was found. */
export function conditionImplies(from: Condition, to: Condition): boolean {
  return new Proof().holds(from, to);
}

/** Whether every event that meets all of some conditions meets another. */
export function conditionsImply(from: readonly Condition[], to: Condition): boolean {
  const [only, ...others] = from;
  if (only === undefined) return false;
  return conditionImplies(others.length === 0 ? only : { kind: 'and', operands: from }, to);
}

/** Whether every event that matches one pattern matches the other. True is proved. */
export function patternImplies(from: Pattern, to: Pattern): boolean {
  if (to.kind === 'everything') return true;
  if (from.kind === 'json' && to.kind === 'json') return conditionImplies(from.condition, to.condition);
  return formatPattern(from) === formatPattern(to);
}

/** Each pair of parts is looked at once: nesting would multiply them. */
class Proof {
  readonly #known = new Map<Condition, Map<Condition, boolean>>();

  holds(from: Condition, to: Condition): boolean {
    const known = this.#known.get(from)?.get(to);
    if (known !== undefined) return known;
    const result = this.#prove(from, to);
    const ofFrom = this.#known.get(from) ?? new Map<Condition, boolean>();
    ofFrom.set(to, result);
    this.#known.set(from, ofFrom);
    return result;
  }

  #prove(from: Condition, to: Condition): boolean {
    if (from === to) return true;
    if (to.kind === 'and') return to.operands.every((operand) => this.holds(from, operand));
    if (from.kind === 'or') return from.operands.every((operand) => this.holds(operand, to));
    if (to.kind === 'or' && to.operands.some((operand) => this.holds(from, operand))) return true;
    if (from.kind === 'and') return from.operands.some((operand) => this.holds(operand, to));
    return to.kind !== 'or' && comparisonImplies(from, to);
  }
}
