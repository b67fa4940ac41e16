import type { RouteScope } from './route.ts';

/** The attributes of an SNS subscription that say what it takes: names and values as Subscribe has them, the policy as JSON. */
export interface SubscriptionFilter {
  readonly FilterPolicyScope: 'MessageAttributes' | 'MessageBody';
  readonly FilterPolicy: string;
}

/**
 * What a route's subscription takes; undefined where it takes everything, because there is no other.
 *
 * A message carries the names of its routes, in the attribute `routes` and in its body as `Trailbell.routes`. A route takes what
 * names it. The default also takes what names a route that is none of the others (a message of newer or older rules than the
 * subscriptions), and what names none. It cannot tell that by attributes: to SNS `exists: false` does not match a message that
 * has no attributes at all, and CloudWatch's own alarms have none. So it looks into the body.
 * https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export function filterPolicyOf(route: RouteScope, routes: readonly RouteScope[]): SubscriptionFilter | undefined {
  if (!route.default) return filter('MessageAttributes', { routes: [route.name] });
  const others = routes.filter(({ name }) => name !== route.name).map(({ name }) => name);
  if (others.length === 0) return undefined;
  return filter('MessageBody', { Trailbell: { routes: [{ 'anything-but': others }, { exists: false }] } });
}

function filter(FilterPolicyScope: SubscriptionFilter['FilterPolicyScope'], policy: object): SubscriptionFilter {
  return { FilterPolicyScope, FilterPolicy: JSON.stringify(policy) };
}
