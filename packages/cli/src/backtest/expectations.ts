import { mostWithin, parseExpectation } from '@trailbell/core/rule';
import type { RuleResult } from './backtest-result.ts';

/** A rule's expectation, held against what would have paged. */
export interface JudgedExpectation {
  readonly rule: string;
  readonly expected: string;
  /** The most incidents in any stretch of the expected length. */
  readonly most: number;
  readonly isMet: boolean;
}

/** Judges the expectations of the rules that have one, `expect: at most 2 incidents a week`. */
export function judgeExpectations(
  rules: readonly { readonly name: string; readonly expect?: string }[],
  results: readonly RuleResult[],
): readonly JudgedExpectation[] {
  return rules.flatMap(({ name, expect }) => {
    const expectation = expect === undefined ? undefined : parseExpectation(expect);
    if (expect === undefined || expectation === undefined) return [];
    const opened = results.find((result) => result.name === name)?.incidents.map(({ openedMs }) => openedMs) ?? [];
    const most = mostWithin(opened, expectation.withinMs);
    const { maxIncidents } = expectation;
    // `1 incidents` and `2 incident` are understood, and are not said.
    const expected = expect.replace(/incidents?/, maxIncidents === 1 ? 'incident' : 'incidents');
    return [{ rule: name, expected, most, isMet: most <= maxIncidents }];
  });
}
