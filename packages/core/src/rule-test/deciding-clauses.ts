import type { Explanation } from '../pattern/index.ts';

/** The comparisons that made a pattern say what it said: of those that fail where it fails, of those that hold where it holds. */
export function decidingClauses(explanation: Explanation): readonly Explanation[] {
  const { children, verdict } = explanation;
  if (children.length === 0) return [explanation];
  return children.filter((child) => child.verdict === verdict).flatMap(decidingClauses);
}
