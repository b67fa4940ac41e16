import { formatSelector, type Expression, type JsonComparison } from '../pattern/index.ts';

type Condition = Expression<JsonComparison>;

/** One way in which a rule can match: one of the names, where there are any, and all of the guards. */
export interface Alternative {
  readonly names?: readonly NameTest[];
  readonly guards: readonly Condition[];
}

/** `$.eventName = text`, or `text*`. */
export interface NameTest {
  readonly text: string;
  readonly isPrefix: boolean;
}

/** Ways in which a condition can hold: where it does, at least one of them does. */
export function alternativesOf(condition: Condition): readonly Alternative[] {
  const names = namesOf(condition);
  if (names !== undefined) return [{ names, guards: [] }];
  if (condition.kind === 'or') return condition.operands.flatMap(alternativesOf);
  if (condition.kind !== 'and') return [{ guards: [condition] }];
  const operands = condition.operands.flatMap((operand) => (operand.kind === 'and' ? operand.operands : [operand]));
  const [named] = operands.filter((operand) => alternativesOf(operand).some((alternative) => alternative.names));
  const rest = operands.filter((operand) => operand !== named);
  if (named === undefined) return [{ guards: rest }];
  return alternativesOf(named).map(({ guards, ...names }) => ({ ...names, guards: [...guards, ...rest] }));
}

/** The names of a condition that asks for one of them and nothing else. */
export function namesOf(condition: Condition): readonly NameTest[] | undefined {
  if (condition.kind === 'or') {
    const lists = condition.operands.map(namesOf).filter((names) => names !== undefined);
    return lists.length === condition.operands.length ? lists.flat() : undefined;
  }
  if (condition.kind !== 'compare' || formatSelector(condition.selector) !== '$.eventName') return undefined;
  const { literal, operator } = condition.test;
  if (operator !== '=' || (literal.kind !== 'text' && literal.kind !== 'glob')) return undefined;
  if (!/^[A-Za-z]\w*$/.test(literal.text)) return undefined;
  if (literal.kind === 'text') return [{ text: literal.text, isPrefix: false }];
  return literal.openStart ? undefined : [{ text: literal.text, isPrefix: true }];
}
