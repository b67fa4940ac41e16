import type { Deployment } from './deployment.ts';
import type { Text } from './text.ts';
import type { Watched } from './watched.ts';

/** One CloudWatch metric. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, Text>>;
  readonly statistic: 'Sum' | 'Maximum';
}

/** The metrics that say how this deployment is. */
export function metricsOf(deployment: Deployment, watched: Watched) {
  const { notifications, logSource, subscription } = watched;
  const topic = { TopicName: notifications.topic.name };
  const delivery = { LogGroupName: logSource.name, DestinationType: 'Lambda', FilterName: subscription.name };
  const sum = (namespace: string, metricName: string, dimensions: Metric['dimensions']): Metric => ({
    namespace,
    metricName,
    dimensions,
    statistic: 'Sum',
  });
  const maximum = (namespace: string, metricName: string, dimensions: Metric['dimensions']): Metric => ({
    ...sum(namespace, metricName, dimensions),
    statistic: 'Maximum',
  });
  const own = (service: 'matcher' | 'reconciler') => ({ service, deployment: deployment.name });
  return {
    ofFunction: (fn: sst.aws.Function, metricName: string) => sum('AWS/Lambda', metricName, { FunctionName: fn.name }),
    longestWait: (fn: sst.aws.Function) => maximum('AWS/Lambda', 'AsyncEventAge', { FunctionName: fn.name }),
    /** All that is in a queue: what can be received, what is being tried or waits for its next attempt, what is yet delayed. */
    depth: (queue: sst.aws.Queue) =>
      ['Visible', 'NotVisible', 'Delayed'].map((state) =>
        maximum('AWS/SQS', `ApproximateNumberOfMessages${state}`, { QueueName: queue.nodes.queue.name }),
      ),
    waiting: (queue: sst.aws.Queue) =>
      maximum('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: queue.nodes.queue.name }),
    sent: (queue: sst.aws.Queue) => sum('AWS/SQS', 'NumberOfMessagesSent', { QueueName: queue.nodes.queue.name }),
    ofTopic: (metricName: string) => sum('AWS/SNS', metricName, topic),
    ofDelivery: (metricName: string) => sum('AWS/Logs', metricName, delivery),
    incoming: sum('AWS/Logs', 'IncomingLogEvents', { LogGroupName: logSource.name }),
    /** Counted by the functions themselves: packages/functions/src/telemetry.ts. */
    own: (service: 'matcher' | 'reconciler', metricName: string) => sum('Trailbell', metricName, own(service)),
    lag: maximum('Trailbell', 'ReconcilerLag', own('reconciler')),
  };
}
