import { RETRY_HORIZON_MS } from '../alarm/echo.ts';
import { filterPolicyOf } from '../config/filter-policy.ts';
import { pagerDutyEndpoint } from '../config/pagerduty-endpoint.ts';
import type { RouteScope } from '../config/route.ts';
import { fieldOf, parseJson } from '../json/index.ts';
import { check, well, wrong, type Check, type Verdict } from './check.ts';
import type { AttributesSeen } from './seen.ts';

/** An endpoint has so long to answer. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const ENDPOINT_TIMEOUT_MS = 15_000;

/** What `core/alarm` allows for clocks that differ. */
const CLOCK_DIFFERENCE_MS = 120_000;

/** The subscriptions through which pages leave for PagerDuty. Their URLs are secrets: they are never shown. */
export const SUBSCRIPTION_CHECKS: readonly Check[] = [
  check('no-pagerduty', 'error', ['subscriptions'], ({ subscriptions }) => {
    const ours = pages(subscriptions);
    return ours.length === 0
      ? wrong(
          'nobody is subscribed to the topic: no page reaches anybody',
          'set the secrets of the routes and deploy again',
        )
      : well(`${ours.length} HTTPS subscriptions take pages`);
  }),
  check('pagerduty-unconfirmed', 'error', ['subscriptions'], ({ subscriptions }) =>
    each(
      subscriptions,
      ({ PendingConfirmation }) => PendingConfirmation !== 'true',
      'every subscription is confirmed',
      'was never confirmed: it gets nothing',
      'PagerDuty confirms by itself where the URL is right: set the secret of the route again and deploy',
    ),
  ),
  check('pagerduty-raw', 'error', ['subscriptions'], ({ subscriptions }) =>
    each(
      subscriptions,
      ({ RawMessageDelivery }) => RawMessageDelivery !== 'true',
      'raw message delivery is off',
      'has raw message delivery: PagerDuty drops every page without a word',
      'deploy again',
    ),
  ),
  check('pagerduty-url', 'error', ['subscriptions'], ({ subscriptions }) =>
    each(
      subscriptions,
      ({ Endpoint = '' }) => pagerDutyEndpoint(Endpoint).kind === 'endpoint',
      "every subscription leads to PagerDuty's integrations",
      "leads to no integration of PagerDuty's that understands SNS",
      'set the secret of the route to a URL as docs/pagerduty.md shows it, and deploy',
    ),
  ),
  check('pagerduty-retries', 'warning', ['subscriptions'], ({ subscriptions }) =>
    each(
      subscriptions,
      (subscription) => longestDeliveryMs(subscription) <= RETRY_HORIZON_MS - CLOCK_DIFFERENCE_MS,
      'SNS gives a delivery up within two minutes, on which the order of ALARM and OK rests',
      'is tried for longer than two minutes: an old ALARM may come after its OK and stay open',
      'deploy again: the delivery policy was changed',
    ),
  ),
  check('pagerduty-without-dead-letters', 'error', ['subscriptions'], ({ subscriptions }) =>
    each(
      subscriptions,
      ({ RedrivePolicy = '' }) => RedrivePolicy.includes('deadLetterTargetArn'),
      'what cannot be delivered is kept in a queue',
      'has no dead-letter queue: what cannot be delivered is lost',
      'deploy again',
    ),
  ),
  check('route-without-subscription', 'error', ['subscriptions'], ({ subscriptions }, { routes }) => {
    const ours = pages(subscriptions);
    if (ours.length === 0) return undefined;
    const without = routes.filter((route) => !ours.some((subscription) => takes(subscription, route, routes)));
    return without.length === 0
      ? well(`every route has its subscription: ${routes.map(({ name }) => name).join(', ')}`)
      : wrong(
          `no subscription has the filter policy of ${without.map(({ name }) => `the route ${name}`).join(', ')}`,
          'deploy again: the routes or the subscriptions have changed since',
        );
  }),
];

function pages(subscriptions: readonly AttributesSeen[]): readonly AttributesSeen[] {
  return subscriptions.filter(({ Protocol, Endpoint = '' }) => Protocol === 'https' || Endpoint.startsWith('https:'));
}

function each(
  subscriptions: readonly AttributesSeen[],
  isWell: (subscription: AttributesSeen) => boolean,
  allWell: string,
  trouble: string,
  cure: string,
): Verdict | undefined {
  const ours = pages(subscriptions);
  if (ours.length === 0) return undefined;
  const bad = ours.filter((subscription) => !isWell(subscription));
  if (bad.length === 0) return well(allWell);
  return wrong(
    bad
      .map(({ SubscriptionArn = '?' }) => `the subscription ${SubscriptionArn.split(':').at(-1) ?? ''} ${trouble}`)
      .join('; '),
    cure,
  );
}

function takes(subscription: AttributesSeen, route: RouteScope, routes: readonly RouteScope[]): boolean {
  const { FilterPolicy, FilterPolicyScope } = filterPolicyOf(route, routes);
  return (
    sameJson(subscription.FilterPolicy, FilterPolicy) &&
    (subscription.FilterPolicyScope ?? 'MessageAttributes') === FilterPolicyScope
  );
}

/** SNS may give a policy back with other white space. */
function sameJson(a: string | undefined, b: string): boolean {
  if (a === undefined) return false;
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    return false;
  }
}

/** An upper bound of how long SNS goes on with one notification; that of SNS's own policy where there is none. */
function longestDeliveryMs({ EffectiveDeliveryPolicy, DeliveryPolicy }: AttributesSeen): number {
  const policy = fieldOf(parseJson(EffectiveDeliveryPolicy ?? DeliveryPolicy ?? ''), 'healthyRetryPolicy');
  const of = (name: string, otherwise: number) => {
    const value = fieldOf(policy, name);
    return typeof value === 'number' ? value : otherwise;
  };
  const retries = of('numRetries', 3);
  const delayed = retries - of('numNoDelayRetries', 0);
  return (retries + 1) * ENDPOINT_TIMEOUT_MS + delayed * of('maxDelayTarget', 20) * 1000;
}
