import type { Deployment } from './deployment.ts';

const DAY_SECONDS = 24 * 3600;

/** As long as SQS keeps anything. */
export const LONGEST_RETENTION_SECONDS = 14 * DAY_SECONDS;

export interface QueueSettings {
  readonly retentionSeconds: number;
  readonly delaySeconds?: number;
  readonly visibilityTimeoutSeconds?: number;
  /** Takes what was received so often in vain. */
  readonly giveUpAfter?: { readonly times: number; readonly deadLetters: sst.aws.Queue };
}

/** A queue that is encrypted, by SQS's own key so that other services can send to it without one. */
export function createQueue(name: string, settings: QueueSettings): sst.aws.Queue {
  const { retentionSeconds, delaySeconds = 0, visibilityTimeoutSeconds = 30, giveUpAfter } = settings;
  return new sst.aws.Queue(name, {
    delay: `${delaySeconds} seconds`,
    visibilityTimeout: `${visibilityTimeoutSeconds} seconds`,
    ...(giveUpAfter && { dlq: { queue: giveUpAfter.deadLetters.arn, retry: giveUpAfter.times } }),
    transform: {
      queue: { messageRetentionSeconds: retentionSeconds, sqsManagedSseEnabled: true },
    },
  });
}

/** Denies what does not come over TLS, and lets SNS send what one topic could not deliver, or delivers here. */
export function allowTopic(
  name: string,
  queue: sst.aws.Queue,
  { accountId }: Deployment,
  topicArn: $util.Output<string> | undefined,
) {
  return new aws.sqs.QueuePolicy(name, {
    queueUrl: queue.url,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          sid: 'OnlyOverTls',
          effect: 'Deny',
          actions: ['sqs:*'],
          resources: [queue.arn],
          principals: [{ type: '*', identifiers: ['*'] }],
          conditions: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
        },
        ...(topicArn === undefined
          ? []
          : [
              {
                sid: 'TheTopicSends',
                actions: ['sqs:SendMessage'],
                resources: [queue.arn],
                principals: [{ type: 'Service', identifiers: ['sns.amazonaws.com'] }],
                conditions: [
                  { test: 'ArnEquals', variable: 'aws:SourceArn', values: [topicArn] },
                  { test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] },
                ],
              },
            ]),
      ],
    }).json,
  });
}
