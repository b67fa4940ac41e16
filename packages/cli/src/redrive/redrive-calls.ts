import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { AwsClients } from '../deployed/aws-clients.ts';
import { READS } from '../doctor/reads.ts';

/** So long a message is nobody else's while redrive works on it. */
const TAKEN_SECONDS = 120;

/**
 * Every call that redrive makes besides the alarm table's, by the permission that it needs. docs/redrive.md has the policy. What
 * changes something is made only after --yes, except that messages which were looked at are given back.
 */
export const REDRIVE_CALLS = {
  'lambda:GetFunctionConfiguration': READS['lambda:GetFunctionConfiguration'],
  'lambda:GetFunctionEventInvokeConfig': READS['lambda:GetFunctionEventInvokeConfig'],
  'sns:ListSubscriptionsByTopic': READS['sns:ListSubscriptionsByTopic'],
  'sns:GetSubscriptionAttributes': READS['sns:GetSubscriptionAttributes'],
  'sqs:GetQueueUrl': READS['sqs:GetQueueUrl'],
  'sqs:GetQueueAttributes': READS['sqs:GetQueueAttributes'],
  'cloudwatch:DescribeAlarms': READS['cloudwatch:DescribeAlarms'],
  /** Messages, taken for a while; an empty list where there are no more. */
  'sqs:ReceiveMessage': async ({ sqs }: AwsClients, QueueUrl: string) => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: TAKEN_SECONDS,
        // Without waiting, SQS asks only some of its servers.
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    return Messages;
  },
  'sqs:ChangeMessageVisibility': ({ sqs }: AwsClients, QueueUrl: string, ReceiptHandle: string) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })),
  'sqs:DeleteMessage': ({ sqs }: AwsClients, QueueUrl: string, ReceiptHandle: string) =>
    sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
  'sqs:ListMessageMoveTasks': ({ sqs }: AwsClients, SourceArn: string) =>
    sqs.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 })),
  'sqs:StartMessageMoveTask': ({ sqs }: AwsClients, SourceArn: string, DestinationArn: string) =>
    sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn })),
  'cloudwatch:SetAlarmState': ({ cloudWatch }: AwsClients, AlarmName: string) =>
    cloudWatch.send(
      new SetAlarmStateCommand({
        AlarmName,
        // It has no action here: the next evaluation, within a minute, tells whichever state is true.
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'trailbell redrive: to be told again, because a notification was not delivered',
      }),
    ),
} as const;
