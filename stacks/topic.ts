import type { Deployment } from './deployment.ts';

/**
 * The topic, encrypted with a key of its own, because CloudWatch cannot publish to one that is encrypted with AWS's.
 * https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
export function createTopic(deployment: Deployment) {
  const { prefix, accountId, partition } = deployment;
  // CloudWatch's requests carry both, to SNS and to KMS; EventBridge's would not.
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  const fromOurAlarms = [
    { test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] },
    { test: 'ArnLike', variable: 'aws:SourceArn', values: [deployment.arnOf('cloudwatch', 'alarm:*')] },
  ];
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
          conditions: fromOurAlarms,
        },
      ],
    }).json,
  });
  new aws.kms.Alias('TopicKeyAlias', { name: `alias/${prefix}-notifications`, targetKeyId: key.keyId });

  const topic = new sst.aws.SnsTopic('Notifications', {
    transform: { topic: { kmsMasterKeyId: key.arn, displayName: prefix } },
  });
  new aws.sns.TopicPolicy('NotificationsPolicy', {
    arn: topic.arn,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          sid: 'CloudWatchAlarmsPublish',
          actions: ['sns:Publish'],
          resources: [topic.arn],
          principals: [{ type: 'Service', identifiers: ['cloudwatch.amazonaws.com'] }],
          conditions: fromOurAlarms,
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
  return { key, topic };
}

export type Notifications = ReturnType<typeof createTopic>;
