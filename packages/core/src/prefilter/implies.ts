import { globMatches } from '../pattern/evaluate/glob.ts';
import { formatSelector, type Expression, type JsonComparison } from '../pattern/index.ts';
import { compactText } from './compact-text.ts';

type Condition = Expression<JsonComparison>;

/** Whether the second condition is known to hold wherever the first does. False says nothing. */
export function implies(condition: Condition, weaker: Condition): boolean {
  if (condition.kind === 'or') return condition.operands.every((operand) => implies(operand, weaker));
  if (weaker.kind === 'and') return weaker.operands.every((operand) => implies(condition, operand));
  if (weaker.kind === 'or') return weaker.operands.some((operand) => implies(condition, operand));
  if (condition.kind === 'and') return condition.operands.some((operand) => implies(operand, weaker));
  return compactText(condition) === compactText(weaker) || isNarrower(condition, weaker);
}

/** `$.a = "DeleteTrail"`, and `$.a = "Delete*"`. */
function isNarrower(narrow: JsonComparison, wide: JsonComparison): boolean {
  if (narrow.kind !== 'compare' || wide.kind !== 'compare') return false;
  if (formatSelector(narrow.selector) !== formatSelector(wide.selector)) return false;
  const [text, glob] = [narrow.test.literal, wide.test.literal];
  if (narrow.test.operator !== '=' || wide.test.operator !== '=' || glob.kind !== 'glob') return false;
  if (text.kind === 'text') return globMatches(glob, text.text);
  return (
    text.kind === 'glob' &&
    (glob.openStart || !text.openStart) &&
    (glob.openEnd || !text.openEnd) &&
    globMatches(glob, text.text)
  );
}
