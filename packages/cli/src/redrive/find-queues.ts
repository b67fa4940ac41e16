import type { AwsClients } from '../deployed/aws-clients.ts';
import { awsFailure } from '../deployed/aws-failure.ts';
import { REDRIVE_CALLS } from './redrive-calls.ts';

export interface FoundQueue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** Messages that can be received now. */
  readonly visible: number;
  /** Messages that are being tried, or are yet delayed. */
  readonly notVisible: number;
  readonly deadLettersArn: string | undefined;
}

/** The queues of a deployment, and the table whose alarms the notifications are of. */
export interface FoundQueues {
  /** Those that feed the matcher, the on-failure destination first. */
  readonly failedBatches: readonly FoundQueue[];
  readonly givenUpBatches: FoundQueue | undefined;
  readonly undelivered: FoundQueue | undefined;
  readonly alarmTableName: string;
}

/** Finds them by the matcher's name, and by what leads on from there. Undefined where nothing is deployed. */
export async function findQueues(aws: AwsClients, prefix: string): Promise<FoundQueues | undefined> {
  const matcherName = `${prefix}-matcher`;
  const variables = await matcherVariables(aws, matcherName);
  const { TRAILBELL_ALARM_TABLE: alarmTableName, TRAILBELL_TOPIC_ARN: topicArn } = variables ?? {};
  if (alarmTableName === undefined || topicArn === undefined) return undefined;
  const { DestinationConfig } = await REDRIVE_CALLS['lambda:GetFunctionEventInvokeConfig'](aws, matcherName);
  const chain = await deadLetterChain(aws, DestinationConfig?.OnFailure?.Destination);
  const undeliveredArn = await undeliveredArnOf(aws, topicArn);
  return {
    failedBatches: chain.slice(0, -1),
    givenUpBatches: chain.at(-1),
    undelivered: undeliveredArn === undefined ? undefined : await findQueue(aws, undeliveredArn),
    alarmTableName,
  };
}

async function matcherVariables(aws: AwsClients, name: string): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const { Environment } = await REDRIVE_CALLS['lambda:GetFunctionConfiguration'](aws, name);
    return Environment?.Variables;
  } catch (error) {
    if (awsFailure(error).kind === 'not-found') return undefined;
    throw error;
  }
}

/** A queue, the queue of its dead letters, and so on to the last. */
async function deadLetterChain(aws: AwsClients, firstArn: string | undefined): Promise<readonly FoundQueue[]> {
  const chain: FoundQueue[] = [];
  let arn = firstArn;
  while (arn?.includes(':sqs:') === true && !chain.some((queue) => queue.arn === arn)) {
    const queue = await findQueue(aws, arn);
    chain.push(queue);
    arn = queue.deadLettersArn;
  }
  return chain;
}

async function undeliveredArnOf(aws: AwsClients, topicArn: string): Promise<string | undefined> {
  for (const { SubscriptionArn = '' } of await REDRIVE_CALLS['sns:ListSubscriptionsByTopic'](aws, topicArn)) {
    if (!SubscriptionArn.startsWith('arn:')) continue;
    const { Attributes } = await REDRIVE_CALLS['sns:GetSubscriptionAttributes'](aws, SubscriptionArn);
    const arn = deadLettersOf(Attributes?.RedrivePolicy);
    if (arn !== undefined) return arn;
  }
  return undefined;
}

async function findQueue(aws: AwsClients, arn: string): Promise<FoundQueue> {
  const name = arn.split(':').at(-1) ?? '';
  const { QueueUrl: url = '' } = await REDRIVE_CALLS['sqs:GetQueueUrl'](aws, name);
  const { Attributes = {} } = await REDRIVE_CALLS['sqs:GetQueueAttributes'](aws, url);
  return {
    name,
    arn,
    url,
    visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    notVisible:
      Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0) +
      Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    deadLettersArn: deadLettersOf(Attributes.RedrivePolicy),
  };
}

function deadLettersOf(redrivePolicy: string | undefined): string | undefined {
  return /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(redrivePolicy ?? '')?.[1];
}
