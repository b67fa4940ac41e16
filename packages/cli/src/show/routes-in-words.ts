import { routesFor, type Route } from '@trailbell/core/config';
import type { Rule } from '@trailbell/core/rule';

/** The routes that alarms of a rule take, a line each: which of them it is may depend on the accounts that an alarm is about. */
export function routesInWords(
  { name, severity }: Pick<Rule, 'name' | 'severity'>,
  routes: readonly Route[],
): readonly string[] {
  const alarm = { rule: name, severity };
  const anywhere = routesFor({ ...alarm, accounts: [] }, routes);
  const byAccount = routes.flatMap((route) => {
    const taken =
      route.accounts?.filter((account) => routesFor({ ...alarm, accounts: [account] }, [route]).length > 0) ?? [];
    // The default takes what is left, too: only what it takes by its lists is said here.
    return taken.length === 0 || route.default ? [] : [`${route.name}: where it is about ${taken.join(', ')}`];
  });
  const rest = anywhere.map((route) => (byAccount.length > 0 ? `${route}: otherwise` : route));
  return [...byAccount, ...rest];
}
