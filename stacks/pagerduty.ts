import { filterPolicyOf, secretsFault, type Route } from '@trailbell/core/config';
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

/** Throws before anything is created where a secret is missing, or would lose pages without a word. */
export function checkSecrets(routes: readonly Route[]): void {
  // Where sst.Secret reads them too: the SST CLI puts a stage's secrets into the environment of its configuration.
  const fault = secretsFault(routes, (name) => process.env[`SST_SECRET_${name}`]);
  if (fault !== undefined) throw new Error(fault);
}

/** One HTTPS subscription for each route, and one queue for what none of them took. Only these know the integrations' URLs. */
export function subscribePagerDuty(
  deployment: Deployment,
  { topic }: Notifications,
  routes: readonly Route[],
): { readonly undelivered: sst.aws.Queue } {
  const undelivered = createQueue('Undelivered', { retentionSeconds: LONGEST_RETENTION_SECONDS });
  const allowed = allowTopic('UndeliveredPolicy', undelivered, deployment, topic.arn);

  for (const route of routes) {
    const policy = filterPolicyOf(route, routes);
    new aws.sns.TopicSubscription(
      `PagerDuty-${route.name}`,
      {
        topic: topic.arn,
        protocol: 'https',
        endpoint: new sst.Secret(route.endpointSecret).value,
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
