import type { Deployment } from './deployment.ts';

/**
 * The topic, encrypted with a key of its own, because CloudWatch cannot publish to one that is encrypted with AWS's.
 * https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
export function createTopic(deployment: Deployment) {
  const { prefix, accountId, partition } = deployment;
  const key = new aws.kms.Key('TopicKey', {
    description: `${prefix}: the notifications`,
    enableKeyRotation: true,
    deletionWindowInDays: 7,
    tags: { Name: prefix },
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          // Also what lets the functions' roles use the key: their own policies say for what.
          sid: 'TheAccountAdministersTheKey',
          actions: ['kms:*'],
          resources: ['*'],
          principals: [{ type: 'AWS', identifiers: [$interpolate`arn:${partition}:iam::${accountId}:root`] }],
        },
        {
          sid: 'CloudWatchAlarmsPublish',
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          resources: ['*'],
          principals: [{ type: 'Service', identifiers: ['cloudwatch.amazonaws.com'] }],
          conditions: fromAlarms(deployment),
        },
      ],
    }).json,
  });
  new aws.kms.Alias('TopicKeyAlias', { name: `alias/${prefix}-notifications`, targetKeyId: key.keyId });

  const topic = new sst.aws.SnsTopic('Notifications', {
    transform: { topic: { kmsMasterKeyId: key.arn, displayName: prefix } },
  });
  allowAlarms('NotificationsPolicy', deployment, topic);
  return { key, topic };
}

export type Notifications = ReturnType<typeof createTopic>;

/** Lets CloudWatch's alarms of this account publish, and denies what does not come over TLS. */
export function allowAlarms(name: string, deployment: Deployment, topic: sst.aws.SnsTopic): void {
  new aws.sns.TopicPolicy(name, {
    arn: topic.arn,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          sid: 'CloudWatchAlarmsPublish',
          actions: ['sns:Publish'],
          resources: [topic.arn],
          principals: [{ type: 'Service', identifiers: ['cloudwatch.amazonaws.com'] }],
          conditions: fromAlarms(deployment),
        },
        {
          sid: 'OnlyOverTls',
          effect: 'Deny',
          actions: ['sns:Publish'],
          resources: [topic.arn],
          principals: [{ type: '*', identifiers: ['*'] }],
          conditions: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
        },
      ],
    }).json,
  });
}

/**
 * CloudWatch's requests carry both, to SNS and to KMS; EventBridge's would not.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
function fromAlarms({ accountId, arnOf }: Deployment) {
  return [
    { test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] },
    { test: 'ArnLike', variable: 'aws:SourceArn', values: [arnOf('cloudwatch', 'alarm:*')] },
  ];
}
