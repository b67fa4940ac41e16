import { describeActivity, type Activity } from '@trailbell/core/cloudtrail';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import type { RuleMatch } from '@trailbell/core/matcher';
import { matchedClause } from '@trailbell/core/notification';

/** What a page will tell of a match. */
export type DescribeMatch = (match: RuleMatch, message: string) => Activity;

/** Tells a match as an activity, with what of its rule's pattern decided, and without what must not be told. */
export function matchDescriber({
  rules,
  redactedPaths = [],
}: Pick<CompiledRules, 'rules' | 'redactedPaths'>): DescribeMatch {
  const patterns = new Map(rules.map(({ name, pattern }) => [name, pattern]));
  return ({ identity }, message) => {
    const pattern = patterns.get(identity.rule);
    return describeActivity(message, {
      redactedPaths,
      matchedClause: pattern && matchedClause(pattern, message),
    });
  };
}
