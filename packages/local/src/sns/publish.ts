import { randomUUID } from 'node:crypto';
import { type Publication, parsePublication } from './publication.ts';
import { members, type Query } from './query.ts';
import { AwsRefusal } from '../aws-api/aws-refusal.ts';
import { invalidParameter } from './sns-refusals.ts';
import { maximumSizeBytes, type Topic, type Topics } from './topics.ts';
import { element, type Xml } from './xml.ts';

/** Takes a message that is fit to deliver. */
export type Accept = (topic: Topic, publication: Publication, messageId: string) => void;

const BATCH_ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;
const MAXIMUM_BATCH_ENTRIES = 10;

/** Publish: one message, accepted or refused as a whole. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function publish(query: Query, topics: Topics, accept: Accept): Xml {
  const parameter = query.has('TargetArn') ? 'TargetArn' : 'TopicArn';
  const arn = query.get(parameter);
  if (arn === undefined) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
  const topic = topics.find(arn, parameter);
  const publication = parsePublication(query, maximumSizeBytes(topic));
  const messageId = randomUUID();
  accept(topic, publication, messageId);
  return element('MessageId', messageId);
}

/**
 * PublishBatch: up to ten messages that together fit the topic's limit; each is accepted or refused on its own.
 * https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
 */
export function publishBatch(query: Query, topics: Topics, accept: Accept): Xml {
  const topic = topics.find(query.get('TopicArn') ?? '');
  const maximum = maximumSizeBytes(topic);
  const entries = members(query, 'PublishBatchRequestEntries.member').map((entry) => ({
    id: entry.get('Id') ?? '',
    publication: attempt(() => parsePublication(entry, maximum)),
  }));
  checkEntries(entries.map(({ id }) => id));
  const totalBytes = entries.reduce(
    (sum, { publication }) => sum + (publication instanceof AwsRefusal ? 0 : publication.sizeBytes),
    0,
  );
  if (totalBytes > maximum)
    throw new AwsRefusal('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');

  const successful: string[] = [];
  const failed: string[] = [];
  for (const { id, publication } of entries) {
    if (publication instanceof AwsRefusal) {
      failed.push(...failedEntry(id, publication));
      continue;
    }
    const messageId = randomUUID();
    accept(topic, publication, messageId);
    successful.push(...element('member', [...element('Id', id), ...element('MessageId', messageId)]));
  }
  return [...element('Successful', successful), ...element('Failed', failed)];
}

function checkEntries(ids: readonly string[]): void {
  if (ids.length === 0) throw new AwsRefusal('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (ids.length > MAXIMUM_BATCH_ENTRIES)
    throw new AwsRefusal('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  if (ids.some((id) => !BATCH_ENTRY_ID.test(id)))
    throw new AwsRefusal(
      'InvalidBatchEntryId',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  if (new Set(ids).size < ids.length)
    throw new AwsRefusal('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
}

function attempt(parse: () => Publication): Publication | AwsRefusal {
  try {
    return parse();
  } catch (error) {
    if (error instanceof AwsRefusal) return error;
    throw error;
  }
}

function failedEntry(id: string, error: AwsRefusal): Xml {
  return element('member', [
    ...element('Id', id),
    ...element('Code', error.code),
    ...element('Message', error.message),
    ...element('SenderFault', String(error.status < 500)),
  ]);
}
