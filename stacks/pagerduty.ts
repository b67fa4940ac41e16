import { filterPolicyOf, pagerDutyEndpoint, type Route } from '@trailbell/core/config';
import type { Deployment } from './deployment.ts';
import { LONGEST_RETENTION_SECONDS, allowTopic, createQueue } from './queue.ts';
import type { Notifications } from './topic.ts';

/**
 * SNS's own schedule, spelled out because the order of ALARM and OK rests on how long it goes on: four attempts, of 15 seconds
 * each, with 20 seconds between. core/alarm/echo.ts is the other half.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
const DELIVERY_POLICY = JSON.stringify({
  healthyRetryPolicy: {
    numRetries: 3,
    minDelayTarget: 20,
    maxDelayTarget: 20,
    numNoDelayRetries: 0,
    numMinDelayRetries: 0,
    numMaxDelayRetries: 0,
    backoffFunction: 'linear',
  },
});

/** One HTTPS subscription for each route, and one queue for what none of them took. Only these know the integrations' URLs. */
export function subscribePagerDuty(
  deployment: Deployment,
  { topic }: Notifications,
  routes: readonly Route[],
): { readonly undelivered: sst.aws.Queue } {
  const undelivered = createQueue('Undelivered', { retentionSeconds: LONGEST_RETENTION_SECONDS });
  const allowed = allowTopic('UndeliveredPolicy', undelivered, deployment, topic.arn);
  const endpoints = routes.map(({ endpointSecret }) => ({
    endpointSecret,
    url: new sst.Secret(endpointSecret).value,
  }));
  const checked = $util.secret($resolve(endpoints).apply(checkedUrls));

  for (const [index, route] of routes.entries()) {
    const policy = filterPolicyOf(route, routes);
    new aws.sns.TopicSubscription(
      `PagerDuty-${route.name}`,
      {
        topic: topic.arn,
        protocol: 'https',
        endpoint: checked.apply((urls) => urls[index] ?? ''),
        endpointAutoConfirms: true,
        rawMessageDelivery: false,
        deliveryPolicy: DELIVERY_POLICY,
        redrivePolicy: $jsonStringify({ deadLetterTargetArn: undelivered.arn }),
        filterPolicy: policy.FilterPolicy,
        filterPolicyScope: policy.FilterPolicyScope,
      },
      { dependsOn: [allowed] },
    );
  }
  return { undelivered };
}

interface Endpoint {
  readonly endpointSecret: string;
  readonly url: string;
}

/** Throws before anything is subscribed where a URL would lose pages without a word. No part of a URL is in the message. */
function checkedUrls(endpoints: readonly Endpoint[]): readonly string[] {
  for (const [index, { endpointSecret, url }] of endpoints.entries()) {
    const problem = pagerDutyEndpoint(url);
    if (problem.kind === 'problem') {
      throw new Error(`the secret ${endpointSecret} ${problem.message} (${problem.hint})`);
    }
    const same = endpoints.slice(0, index).find((other) => other.url === url);
    if (same !== undefined) {
      throw new Error(
        `the secrets ${same.endpointSecret} and ${endpointSecret} are the same URL: SNS keeps one subscription for an endpoint (put the lists of both routes into one)`,
      );
    }
  }
  return endpoints.map(({ url }) => url);
}
