import { describeActivity, type Activity } from '@trailbell/core/cloudtrail';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import type { RuleMatch } from '@trailbell/core/matcher';
import { matchedClause, type MatchedClause } from '@trailbell/core/notification';
import { parsePattern, type ParsedEvent } from '@trailbell/core/pattern';

/** What a page will tell of a match. */
export type DescribeMatch = (match: RuleMatch, event: ParsedEvent) => Activity;

/** Tells a match as an activity, with what of its rule's pattern decided, and without what must not be told. */
export function matchDescriber({
  rules,
  redactedPaths = [],
}: Pick<CompiledRules, 'rules' | 'redactedPaths'>): DescribeMatch {
  const patterns = new Map(rules.map(({ name, filterPattern }) => [name, filterPattern]));
  const clauses = new Map<string, MatchedClause>();
  const clauseOf = (rule: string): MatchedClause | undefined => {
    const pattern = patterns.get(rule);
    if (pattern === undefined) return undefined;
    const clause = clauses.get(rule) ?? matchedClause(parsePattern(pattern));
    clauses.set(rule, clause);
    return clause;
  };
  return ({ identity }, event) =>
    describeActivity(event.root, { redactedPaths, matchedClause: clauseOf(identity.rule)?.(event) });
}
