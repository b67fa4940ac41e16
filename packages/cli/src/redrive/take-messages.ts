import type { Message } from '@aws-sdk/client-sqs';
import type { AwsClients } from '../deployed/aws-clients.ts';
import type { FoundQueue } from './find-queues.ts';
import { REDRIVE_CALLS } from './redrive-calls.ts';

/** What one run takes; the rest is there for the next. */
const MOST_MESSAGES = 1000;

/** A message that nobody else gets for two minutes. */
export interface TakenMessage {
  readonly body: string;
  readonly sentAtMs: number;
  readonly receiptHandle: string;
}

/** Takes what can be received from a queue. */
export async function takeMessages(aws: AwsClients, { url }: FoundQueue): Promise<readonly TakenMessage[]> {
  const taken: TakenMessage[] = [];
  for (;;) {
    const received = await REDRIVE_CALLS['sqs:ReceiveMessage'](aws, url);
    taken.push(...received.flatMap(asTaken));
    if (received.length === 0 || taken.length >= MOST_MESSAGES) return taken;
  }
}

/** Gives messages back, for whoever comes next. */
export async function giveBack(
  aws: AwsClients,
  { url }: FoundQueue,
  messages: readonly Pick<TakenMessage, 'receiptHandle'>[],
): Promise<void> {
  for (const { receiptHandle } of messages) await REDRIVE_CALLS['sqs:ChangeMessageVisibility'](aws, url, receiptHandle);
}

function asTaken({ Body, ReceiptHandle, Attributes }: Message): readonly TakenMessage[] {
  if (Body === undefined || ReceiptHandle === undefined) return [];
  return [{ body: Body, receiptHandle: ReceiptHandle, sentAtMs: Number(Attributes?.SentTimestamp ?? 0) }];
}
