import type { CompiledRule } from '../compiled-rules/index.ts';
// Not the folder's index: that brings the schema, which has no business in a Lambda.
import { contains } from '../time-interval/time-interval.ts';

/** The last moment that a clock can show, in epoch milliseconds: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const MAX_TIME_MS = 8.64e15;

/**
 * Whether a rule counts events of this moment: one in `during`, where it has any, and in none of `notDuring`. Where the time of an
 * event is not known, or no time, it is counted: nothing is lost by a bad timestamp.
 */
export function isRuleTime({ during, notDuring }: Pick<CompiledRule, 'during' | 'notDuring'>, atMs: number): boolean {
  if (!(Math.abs(atMs) <= MAX_TIME_MS)) return true;
  const isIn = (interval: Parameters<typeof contains>[0]) => contains(interval, atMs);
  return (during?.some(isIn) ?? true) && !(notDuring?.some(isIn) ?? false);
}
