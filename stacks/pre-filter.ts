import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { preFilterFor } from '@trailbell/core/prefilter';
import type { Stage } from '@trailbell/core/config';
import type { Text } from './text.ts';

/** The subscription's filter pattern. Empty, which takes everything, where the pre-filter is off. */
export function preFilterPattern(
  { preFilter, excludeOwnCalls }: Stage,
  { rules }: CompiledRules,
  ownRoleArns: readonly Text[],
): $util.Output<string> {
  if (!preFilter) return $output('');
  return $resolve([...ownRoleArns]).apply(
    (arns) => preFilterFor(rules, excludeOwnCalls ? { ownRoles: { arns } } : {}).pattern,
  );
}
