import { HEARTBEAT_INTERVAL_MINUTES } from '@trailbell/core/heartbeat';
import type { Deployment } from './deployment.ts';
import { metricsOf, type Metric } from './metrics.ts';
import type { Watched } from './watched.ts';

const MINUTE_SECONDS = 60;

/** Two beats, and what the second may be late. */
const TWO_BEATS_MINUTES = 2 * HEARTBEAT_INTERVAL_MINUTES + 5;

interface SelfAlarm {
  /** Of several, the sum. */
  readonly metric: Metric | readonly Metric[];
  /** What is made of several metrics, called m0, m1 and so on, where it is not their sum. */
  readonly expression?: string;
  /** Minutes in a period; 5 where absent. */
  readonly minutes?: number;
  /** Periods that are looked at, of which `breaching` must breach; 1 of 1 where absent. */
  readonly periods?: number;
  readonly breaching?: number;
  /** Breaches above this; above 0 where absent. */
  readonly above?: number;
  /** Breaches below this, and where there is no data. */
  readonly below?: number;
}

/**
 * The alarms with which Trailbell watches itself, by name. They are CloudWatch's own and go to the same topic, where they name no
 * route and so take the default one. docs/runbook.md has a part for each.
 */
function selfAlarms(deployment: Deployment, watched: Watched): Readonly<Record<string, SelfAlarm>> {
  const { matcher, reconciler, failedBatches, undelivered, heartbeat } = watched;
  const metrics = metricsOf(deployment, watched);
  return {
    // Lambda and the queues try again by themselves: one failure is no news, several are.
    'matcher-errors': { metric: metrics.ofFunction(matcher, 'Errors'), periods: 3, breaching: 2 },
    'matcher-throttles': { metric: metrics.ofFunction(matcher, 'Throttles'), periods: 3, breaching: 2 },
    'matcher-behind': { metric: metrics.longestWait(matcher), above: 5 * MINUTE_SECONDS * 1000 },
    'matcher-batches-lost': { metric: metrics.ofFunction(matcher, 'DestinationDeliveryFailures') },
    'reconciler-errors': { metric: metrics.ofFunction(reconciler, 'Errors'), periods: 3, breaching: 2 },
    'reconciler-throttles': { metric: metrics.ofFunction(reconciler, 'Throttles'), periods: 3, breaching: 2 },
    'reconciler-silent': { metric: metrics.ofFunction(reconciler, 'Invocations'), below: 1 },
    'due-alarms-late': { metric: metrics.lag, above: 3 * MINUTE_SECONDS * 1000, periods: 2, breaching: 2 },
    'failed-batches': { metric: failedBatches.queues.flatMap(metrics.depth), periods: 3, breaching: 3 },
    'failed-batches-given-up': { metric: metrics.waiting(failedBatches.givenUp) },
    'publishing-fails': {
      metric: [metrics.own('matcher', 'NotificationsFailed'), metrics.own('reconciler', 'NotificationsFailed')],
      periods: 2,
    },
    'delivery-fails': { metric: metrics.ofTopic('NumberOfNotificationsFailed') },
    'notifications-undelivered': { metric: metrics.waiting(undelivered) },
    'notifications-lost': { metric: metrics.ofTopic('NumberOfNotificationsFailedToRedriveToDlq') },
    'log-delivery-fails': { metric: metrics.ofDelivery('DeliveryErrors') },
    'log-delivery-throttled': { metric: metrics.ofDelivery('DeliveryThrottling'), periods: 3, breaching: 2 },
    'unreadable-payloads': { metric: metrics.own('matcher', 'UnreadablePayloads') },
    'unreadable-log-events': { metric: metrics.own('matcher', 'UnreadableLogEvents') },
    'late-matches': { metric: metrics.own('matcher', 'LateMatches') },
    'no-records': heartbeat
      ? {
          // The heartbeat is in the log group too: CloudTrail's own records are what is there besides.
          metric: [metrics.incoming, metrics.ofFunction(heartbeat.writer, 'Invocations')],
          expression: 'm0 - FILL(m1, 0)',
          minutes: 60,
          below: 1,
        }
      : { metric: metrics.incoming, minutes: 60, below: 1 },
    ...(heartbeat && {
      'heartbeat-missing': { metric: metrics.sent(heartbeat.queue), minutes: TWO_BEATS_MINUTES, below: 1 },
    }),
  };
}

export function createSelfAlarms(deployment: Deployment, watched: Watched): void {
  for (const [name, alarm] of Object.entries(selfAlarms(deployment, watched))) {
    const { periods = 1, breaching = periods, above = 0, below } = alarm;
    new aws.cloudwatch.MetricAlarm(name, {
      ...told(deployment, watched, name),
      ...measured(alarm),
      evaluationPeriods: periods,
      datapointsToAlarm: breaching,
      threshold: below ?? above,
      comparisonOperator: below === undefined ? 'GreaterThanThreshold' : 'LessThanThreshold',
      treatMissingData: below === undefined ? 'notBreaching' : 'breaching',
    });
  }
}

/** One metric, or metric math over several. */
function measured({ metric, expression, minutes = 5 }: SelfAlarm) {
  const period = minutes * MINUTE_SECONDS;
  if (!isList(metric)) return { ...metric, dimensions: { ...metric.dimensions }, period };
  const queries = metric.map(({ statistic, dimensions, ...rest }, index) => ({
    id: `m${index}`,
    metric: { ...rest, stat: statistic, dimensions: { ...dimensions }, period },
  }));
  const sum = queries.map(({ id }) => `FILL(${id}, 0)`).join(' + ');
  return { metricQueries: [{ id: 'value', expression: expression ?? sum, returnData: true }, ...queries] };
}

function isList(metric: SelfAlarm['metric']): metric is readonly Metric[] {
  return Array.isArray(metric);
}

/** What all have in common: a name that says where, and the topic for ALARM and OK. Not for missing data: PagerDuty would take it for an ALARM. */
function told({ prefix, stage }: Deployment, { notifications }: Watched, name: string) {
  const topicArn = notifications.topic.arn;
  return {
    name: `${stage.alarmNamePrefix}${name} ${prefix}`,
    alarmDescription: `Trailbell watches itself: see docs/runbook.md#${name}`,
    alarmActions: [topicArn],
    okActions: [topicArn],
    tags: { Name: prefix },
  };
}
