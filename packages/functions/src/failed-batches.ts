import { fieldOf, isJsonObject, parseJson } from '@trailbell/core/json';

/** A batch that Lambda gave up, as the queue of the matcher's on-failure destination brings it back. */
export interface FailedBatch {
  readonly messageId: string;
  /** What the matcher was invoked with in the first place. */
  readonly payload: unknown;
}

/**
 * The batches in an event of the on-failure queue, or undefined where the event is none of its. Each message holds Lambda's record
 * of the invocation that failed.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function failedBatches(event: unknown): readonly FailedBatch[] | undefined {
  if (!isJsonObject(event) || !Array.isArray(event.Records)) return undefined;
  const records = event.Records as readonly unknown[];
  if (!records.every(isQueueMessage)) return undefined;
  return records.map(({ messageId, body }) => ({ messageId, payload: requestPayload(body) }));
}

interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
}

function isQueueMessage(record: unknown): record is QueueMessage {
  return (
    isJsonObject(record) &&
    record.eventSource === 'aws:sqs' &&
    typeof record.messageId === 'string' &&
    typeof record.body === 'string'
  );
}

/** Undefined where the message is no record of an invocation: the matcher then counts it as a payload that cannot be read. */
function requestPayload(body: string): unknown {
  return fieldOf(parseJson(body), 'requestPayload');
}
