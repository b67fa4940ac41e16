import { ALARM_TABLE } from '@trailbell/core/alarm';
import type { Deployment } from './deployment.ts';
import type { FailedBatches } from './failed-batches.ts';
import type { LogSource } from './log-source.ts';
import { createPipelineFunction } from './pipeline-function.ts';
import type { DeployedRules } from './rules.ts';
import type { Statement } from './statement.ts';
import type { Storage } from './storage.ts';
import type { Notifications } from './topic.ts';

interface Parts {
  readonly storage: Storage;
  readonly notifications: Notifications;
  readonly logSource: LogSource;
  readonly failedBatches: FailedBatches;
  readonly rules: DeployedRules;
}

/** The matcher and the reconciler: the same environment, and of the table's actions those that each of them calls. */
export function createPipeline(deployment: Deployment, parts: Parts) {
  const { stage } = deployment;
  const { storage, notifications, failedBatches, rules } = parts;
  const environment = {
    TRAILBELL_ALARM_TABLE: storage.alarms.name,
    TRAILBELL_IDEMPOTENCY_TABLE: storage.idempotency.name,
    TRAILBELL_TOPIC_ARN: notifications.topic.arn,
    TRAILBELL_LOG_GROUP: parts.logSource.name,
    TRAILBELL_ALARM_NAME_PREFIX: stage.alarmNamePrefix,
    TRAILBELL_DEPLOYMENT: deployment.name,
    POWERTOOLS_LOG_LEVEL: 'INFO',
  };
  const settleAlarms = { actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], resources: [storage.alarms.arn] };
  const publish = publishTo(deployment, notifications);

  const matcher = createPipelineFunction('Matcher', deployment, {
    handler: 'packages/functions/src/matcher.handler',
    description: 'Matches log events against the rules, records the matches and settles their alarms',
    // Well under the minute after which Lambda retries: a batch that died is then no longer taken for one in progress.
    timeoutSeconds: 30,
    reservedConcurrency: stage.reservedConcurrency,
    environment,
    rulesFile: rules.file,
    permissions: [
      settleAlarms,
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
        resources: [storage.idempotency.arn],
      },
      ...publish,
      {
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: failedBatches.queues.map(({ arn }) => arn),
      },
    ],
    retries: 2,
    maximumEventAgeSeconds: 3600,
    onFailure: failedBatches.queues[0],
  });

  const reconciler = createPipelineFunction('Reconciler', deployment, {
    handler: 'packages/functions/src/reconciler.handler',
    description: 'Settles the alarms whose time has come',
    timeoutSeconds: 50,
    reservedConcurrency: stage.reservedConcurrency === undefined ? undefined : 1,
    environment,
    rulesFile: rules.file,
    permissions: [
      settleAlarms,
      { actions: ['dynamodb:BatchGetItem'], resources: [storage.alarms.arn] },
      {
        actions: ['dynamodb:Query'],
        resources: [$interpolate`${storage.alarms.arn}/index/${ALARM_TABLE.dueIndex.name}`],
      },
      ...publish,
    ],
    // The next minute is the retry.
    retries: 0,
    maximumEventAgeSeconds: 60,
  });
  return { matcher, reconciler };
}

export type Pipeline = ReturnType<typeof createPipeline>;

/** Of the topic's key, what SNS does in the publisher's name. */
function publishTo({ region, dnsSuffix }: Deployment, { topic, key }: Notifications): readonly Statement[] {
  return [
    { actions: ['sns:Publish'], resources: [topic.arn] },
    {
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resources: [key.arn],
      conditions: [
        { test: 'StringEquals', variable: 'kms:ViaService', values: [$interpolate`sns.${region}.${dnsSuffix}`] },
      ],
    },
  ];
}
