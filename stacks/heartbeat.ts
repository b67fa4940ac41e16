import { heartbeatFilterPolicy } from '@trailbell/core/config';
import { HEARTBEAT_INTERVAL_MINUTES } from '@trailbell/core/heartbeat';
import type { Deployment } from './deployment.ts';
import type { LogSource } from './log-source.ts';
import { createPipelineFunction } from './pipeline-function.ts';
import { allowTopic, createQueue } from './queue.ts';
import { createSchedule } from './schedule.ts';
import type { Notifications } from './topic.ts';

/**
 * Proves the whole path every ten minutes: a marked event, in a log stream of its own, must become an ALARM and an OK. The OK
 * must come out of the topic into a queue that nobody reads; an alarm watches how many came. An OK is told only where its ALARM was,
 * so the one message stands for both.
 */
export function createHeartbeat(deployment: Deployment, logSource: LogSource, { topic }: Notifications) {
  const { stage } = deployment;
  const stream = new aws.cloudwatch.LogStream('HeartbeatStream', {
    name: `trailbell-heartbeat-${stage.name}`,
    logGroupName: logSource.name,
  });
  const writer = createPipelineFunction('Heartbeat', deployment, {
    handler: 'packages/functions/src/heartbeat.handler',
    description: 'Writes the marked event that must come out of the topic',
    timeoutSeconds: 10,
    reservedConcurrency: undefined,
    environment: {
      TRAILBELL_LOG_GROUP: logSource.name,
      TRAILBELL_HEARTBEAT_STREAM: stream.name,
      TRAILBELL_DEPLOYMENT: deployment.name,
    },
    permissions: [
      {
        actions: ['logs:PutLogEvents'],
        resources: [$interpolate`${logSource.arn}:log-stream:${stream.name}`],
      },
    ],
    logs: false,
    // A beat that comes late would be taken for the next.
    retries: 0,
    maximumEventAgeSeconds: 60,
  });
  const scheduleRoleArn = createSchedule('EveryBeat', deployment, {
    minutes: HEARTBEAT_INTERVAL_MINUTES,
    target: writer,
  });

  const queue = createQueue('Heartbeats', { retentionSeconds: 3600 });
  const allowed = allowTopic('HeartbeatsPolicy', queue, deployment, topic.arn);
  const policy = heartbeatFilterPolicy();
  new aws.sns.TopicSubscription(
    'HeartbeatSubscription',
    {
      topic: topic.arn,
      protocol: 'sqs',
      endpoint: queue.arn,
      filterPolicy: policy.FilterPolicy,
      filterPolicyScope: policy.FilterPolicyScope,
    },
    { dependsOn: [allowed] },
  );
  return { writer, queue, roleArns: [writer.nodes.role.arn, scheduleRoleArn] };
}

export type Heartbeat = ReturnType<typeof createHeartbeat>;
