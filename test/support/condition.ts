import { fieldOf } from '@trailbell/core/json';

/**
 * Whether an event meets a condition of PagerDuty's orchestrations, as far as our documents use their language: comparisons joined by
 * `and`, `or` and `not`, without parentheses. Throws for what is none.
 * https://developer.pagerduty.com/docs/pcl-overview
 */
export function meetsCondition(condition: string, data: object): boolean {
  return condition.split(' or ').some((all) => all.split(' and ').every((each) => meetsOne(each, data)));
}

const COMPARISON =
  /^(?<not>not )?(?<path>(?:event|raw_event)(?:\.[A-Za-z_]\w*|\[\d+\])+) (?:(?<exists>exists)|(?<operator>==|>=|matches(?: part| regex)?)(?<exactly> exactly)? (?<operand>'[^']*'|\d+|true|false))$/;

function meetsOne(text: string, data: object): boolean {
  const groups = COMPARISON.exec(text)?.groups;
  if (groups === undefined) throw new Error(`not a condition: ${text}`);
  const value = valueAt(groups.path ?? '', data);
  const holds = groups.exists === undefined ? compares(groups, value) : value !== undefined;
  return holds !== (groups.not !== undefined);
}

function compares(
  { operator, exactly, operand = '' }: Readonly<Record<string, string | undefined>>,
  value: unknown,
): boolean {
  if (operator === '==') return value === JSON.parse(operand.replaceAll("'", '"'));
  if (operator === '>=') return typeof value === 'number' && value >= Number(operand);
  if (value === undefined || value === null) return false;
  // Lists and objects are compared as their JSON.
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const asked = operand.slice(1, -1);
  if (operator === 'matches regex') return new RegExp(asked, exactly === undefined ? 'i' : '').test(text);
  const [left, right] = exactly === undefined ? [text.toLowerCase(), asked.toLowerCase()] : [text, asked];
  return operator === 'matches' ? left === right : left.includes(right);
}

function valueAt(path: string, data: object): unknown {
  return Array.from(path.matchAll(/\w+/g), ([step]) => step).reduce<unknown>(fieldOf, data);
}
