import { HEARTBEAT_NAME } from '../heartbeat/heartbeat-name.ts';
import type { RouteScope } from './route.ts';

/** The attributes of an SNS subscription that say what it takes: names and values as Subscribe has them, the policy as JSON. */
export interface SubscriptionFilter {
  readonly FilterPolicyScope: 'MessageAttributes' | 'MessageBody';
  readonly FilterPolicy: string;
}

/**
 * What a route's subscription takes. None takes the heartbeat, which has a way of its own.
 *
 * A message carries the names of its routes, in the attribute `routes` and in its body as `Trailbell.routes`. A route takes what
 * names it. The default also takes what names a route that is none of the others (a message of newer or older rules than the
 * subscriptions), and what names none. It cannot tell that by attributes: to SNS `exists: false` does not match a message that
 * has no attributes at all, and CloudWatch's own alarms have none. So it looks into the body.
 * https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export function filterPolicyOf(route: RouteScope, routes: readonly RouteScope[]): SubscriptionFilter {
  if (!route.default) return filter('MessageAttributes', { routes: [route.name] });
  const others = routes.filter(({ name }) => name !== route.name).map(({ name }) => name);
  const notOurs = [...others, HEARTBEAT_NAME];
  return filter('MessageBody', { Trailbell: { routes: [{ 'anything-but': notOurs }, { exists: false }] } });
}

/** What the heartbeat's queue takes: the OK of a beat. An OK is told only where its ALARM was, so it stands for both. */
export function heartbeatFilterPolicy(): SubscriptionFilter {
  return filter('MessageAttributes', { routes: [HEARTBEAT_NAME], state: ['OK'] });
}

function filter(FilterPolicyScope: SubscriptionFilter['FilterPolicyScope'], policy: object): SubscriptionFilter {
  return { FilterPolicyScope, FilterPolicy: JSON.stringify(policy) };
}
