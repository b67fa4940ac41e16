import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { readUndelivered, type UndeliveredMessage } from '@trailbell/core/redrive';
import { DynamoDbAlarmStore } from '@trailbell/functions/adapters/dynamodb-alarm-store';
import type { AwsClients } from '../deployed/aws-clients.ts';
import { awsFailure } from '../deployed/aws-failure.ts';
import type { FoundQueue, FoundQueues } from './find-queues.ts';
import { REDRIVE_CALLS } from './redrive-calls.ts';
import { giveBack, takeMessages, type TakenMessage } from './take-messages.ts';
import { tellAlarmAgain, tellCloudWatchAlarmAgain, type Retelling } from './tell-alarm-again.ts';

/** The undelivered notifications of one alarm, or those that cannot be read. */
export interface UndeliveredOfAlarm {
  readonly kind: UndeliveredMessage['kind'];
  /** Undefined for those that cannot be read. */
  readonly alarmName: string | undefined;
  /** In the order in which they were sent. */
  readonly messages: readonly UndeliveredMessage[];
}

/** Looks at the undelivered notifications. They are taken: give back, or retell, what is returned. */
export async function takeUndelivered(
  aws: AwsClients,
  queue: FoundQueue,
  nowMs: number,
): Promise<readonly UndeliveredOfAlarm[]> {
  const taken = await takeMessages(aws, queue);
  const messages = taken
    .map(({ body, ...message }) => readUndelivered(body, message, nowMs))
    .sort((a, b) => a.sentAtMs - b.sentAtMs);
  const byAlarm = Map.groupBy(messages, (message) =>
    'alarmName' in message ? `${message.kind} ${message.alarmName}` : '',
  );
  return [...byAlarm.values()].map((ofAlarm) => ({
    kind: ofAlarm[0]?.kind ?? 'unreadable',
    alarmName: ofAlarm[0] !== undefined && 'alarmName' in ofAlarm[0] ? ofAlarm[0].alarmName : undefined,
    messages: ofAlarm,
  }));
}

/**
 * Has the present state of an alarm told again, and only then deletes what was not delivered of it. Safe to repeat, and to stop at
 * any line: what is written twice is owed once, and what was not deleted comes again.
 */
export async function retell(
  aws: AwsClients,
  { undelivered, alarmTableName }: FoundQueues,
  { alarmName, messages }: UndeliveredOfAlarm,
  nowMs: number,
): Promise<Retelling> {
  if (undelivered === undefined) return { kind: 'nothing-to-tell' };
  const retelling = await retellingOf(aws, alarmTableName, { alarmName, messages }, nowMs);
  if (retelling.kind === 'kept') {
    await giveBack(aws, undelivered, messages);
    return retelling;
  }
  for (const { receiptHandle } of messages)
    await REDRIVE_CALLS['sqs:DeleteMessage'](aws, undelivered.url, receiptHandle);
  return retelling;
}

/** What AWS refuses for one alarm is no reason to leave the others. */
async function retellingOf(
  aws: AwsClients,
  alarmTableName: string,
  { alarmName, messages }: Pick<UndeliveredOfAlarm, 'alarmName' | 'messages'>,
  nowMs: number,
): Promise<Retelling> {
  const ours = messages.filter((message) => message.kind === 'trailbell');
  if (alarmName === undefined) {
    return { kind: 'kept', why: 'it is no notification of an alarm; look at it, then delete it by hand' };
  }
  try {
    if (ours.length === 0) return await tellCloudWatchAlarmAgain(aws, alarmName);
    const table = DynamoDBDocumentClient.from(aws.dynamoDb);
    const store = new DynamoDbAlarmStore(table, alarmTableName);
    return await tellAlarmAgain({ store, table, tableName: alarmTableName }, ours, nowMs);
  } catch (error) {
    const failure = awsFailure(error);
    return { kind: 'kept', why: 'why' in failure ? failure.why : `AWS does not allow it: ${String(error)}` };
  }
}

/** The oldest of the given-up batches, looked at and given back; undefined where none can be received. */
export async function oldestGivenUp(aws: AwsClients, queue: FoundQueue): Promise<TakenMessage | undefined> {
  const taken = await takeMessages(aws, queue);
  await giveBack(aws, queue, taken);
  return taken.toSorted((a, b) => a.sentAtMs - b.sentAtMs)[0];
}

/** Puts the batches that were given up back into the queue that feeds the matcher. One such task runs at a time. */
export async function retryGivenUp(
  aws: AwsClients,
  { givenUpBatches, failedBatches }: FoundQueues,
): Promise<'started' | 'running-already' | 'nowhere-to-go'> {
  const [first] = failedBatches;
  if (givenUpBatches === undefined || first === undefined) return 'nowhere-to-go';
  const { Results = [] } = await REDRIVE_CALLS['sqs:ListMessageMoveTasks'](aws, givenUpBatches.arn);
  if (Results.some(({ Status }) => Status === 'RUNNING')) return 'running-already';
  await REDRIVE_CALLS['sqs:StartMessageMoveTask'](aws, givenUpBatches.arn, first.arn);
  return 'started';
}
