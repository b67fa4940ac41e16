import type { Deployment } from './deployment.ts';
import { metricsOf, type Metric } from './metrics.ts';
import type { Watched } from './watched.ts';

const WIDTH = 8;
const HEIGHT = 6;
const COLUMNS = 3;

/** One page that shows whether records come in, are matched and are told. */
export function createDashboard(deployment: Deployment, watched: Watched): void {
  const { matcher, reconciler, failedBatches, undelivered, heartbeat } = watched;
  const metrics = metricsOf(deployment, watched);
  const graphs: Readonly<Record<string, readonly Metric[]>> = {
    'Records in the log group, and forwarded': [metrics.incoming, metrics.ofDelivery('ForwardedLogEvents')],
    'Matches, and alarms settled': [metrics.own('matcher', 'Matches'), metrics.own('matcher', 'AlarmsSettled')],
    Notifications: [
      metrics.own('matcher', 'NotificationsSent'),
      metrics.own('reconciler', 'NotificationsSent'),
      metrics.ofTopic('NumberOfNotificationsDelivered'),
      metrics.ofTopic('NumberOfNotificationsFailed'),
    ],
    'How late due alarms are settled, in milliseconds': [metrics.lag],
    'How long batches wait, in milliseconds': [metrics.longestWait(matcher)],
    'Errors and throttles': [
      metrics.ofFunction(matcher, 'Errors'),
      metrics.ofFunction(matcher, 'Throttles'),
      metrics.ofFunction(reconciler, 'Errors'),
      metrics.ofFunction(reconciler, 'Throttles'),
    ],
    'Batches that failed': [...failedBatches.queues.flatMap(metrics.depth), metrics.waiting(failedBatches.givenUp)],
    'Notifications that nobody took': [metrics.waiting(undelivered)],
    ...(heartbeat && {
      Heartbeats: [metrics.ofFunction(heartbeat.writer, 'Invocations'), metrics.sent(heartbeat.queue)],
    }),
  };
  const widgets = Object.entries(graphs).map(([title, lines], index) => ({
    type: 'metric',
    x: (index % COLUMNS) * WIDTH,
    y: Math.floor(index / COLUMNS) * HEIGHT,
    width: WIDTH,
    height: HEIGHT,
    properties: {
      title,
      region: deployment.region,
      view: 'timeSeries',
      period: 300,
      metrics: lines.map(({ namespace, metricName, dimensions, statistic }) => [
        namespace,
        metricName,
        ...Object.entries(dimensions).flat(),
        { stat: statistic },
      ]),
    },
  }));
  new aws.cloudwatch.Dashboard('Dashboard', {
    dashboardName: deployment.prefix,
    dashboardBody: $jsonStringify({ widgets }),
  });
}
