import {
  IdempotencyConfig,
  IdempotencyPersistenceLayerError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { RuleSet, type MatchedPayload } from '@trailbell/core/matcher';
import type { Context, SQSBatchItemFailure, SQSBatchResponse } from 'aws-lambda';
import { recordAndSettle } from './alarms/record-and-settle.ts';
import type { AlarmMatches } from './alarms/alarm-store.ts';
import { BatchMatches, matchesKey } from './alarms/batch-matches.ts';
import { matchDescriber } from './alarms/describe-match.ts';
import { failedBatches, type FailedBatch } from './failed-batches.ts';
import { openPipeline } from './pipeline.ts';
import { Telemetry } from './telemetry.ts';

/** Lambda gives a batch up after six hours; until then it may come again. */
const REMEMBER_BATCH_SECONDS = 6 * 3600;

const telemetry = new Telemetry('matcher');
const pipeline = openPipeline(process.env);
const ruleSet = RuleSet.compile(pipeline.rules.rules, { image: Buffer.from(pipeline.rules.scannerImage, 'base64') });
const describeMatch = matchDescriber(pipeline.rules);

let repeatedBatches = 0;

const idempotency = new IdempotencyConfig({
  eventKeyJmesPath: 'key',
  throwOnNoIdempotencyKey: true,
  expiresAfterSeconds: REMEMBER_BATCH_SECONDS,
  responseHook: (response) => {
    repeatedBatches += 1;
    return response;
  },
});

/**
 * Saves the work on a batch that is delivered again. Counting does not rest on it: samples are a set, so a batch that gets past
 * it changes nothing. A batch that is still being worked on elsewhere is an error, and so comes again.
 */
const recordBatch = makeIdempotent(
  ({ batch }: { readonly key: string; readonly batch: readonly AlarmMatches[] }) => record(batch),
  {
    persistenceStore: new DynamoDBPersistenceLayer({
      tableName: pipeline.environment.idempotencyTableName,
      awsSdkV3Client: pipeline.dynamoDb,
    }),
    config: idempotency,
  },
);

/**
 * Receives the log group's subscription, and what Lambda gave up of it, from the on-failure queue: there the answer names the
 * batches that failed again, which the queue will bring back.
 */
export async function handler(event: unknown, context: Context): Promise<SQSBatchResponse | undefined> {
  telemetry.logger.addContext(context);
  idempotency.registerLambdaContext(context);
  const failed = failedBatches(event);
  try {
    if (failed !== undefined) return await handleFailed(failed);
    await handlePayload(event);
    return undefined;
  } finally {
    telemetry.flush();
  }
}

async function handleFailed(failed: readonly FailedBatch[]): Promise<SQSBatchResponse> {
  telemetry.count('FailedBatchesRetried', failed.length);
  const batchItemFailures: SQSBatchItemFailure[] = [];
  for (const { messageId, payload } of failed) {
    try {
      await handlePayload(payload);
    } catch (error) {
      telemetry.failedAgain(messageId, error);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/** Decode, match, record, settle. */
async function handlePayload(event: unknown): Promise<void> {
  const payload = ruleSet.matchDelivery(event, Date.now());
  if (payload.kind === 'data') await recordMatches(payload);
  else if (payload.kind === 'control') telemetry.count('ControlMessages', 1);
  else {
    telemetry.count('UnreadablePayloads', 1);
    telemetry.logger.error('a payload could not be read', { problem: payload.problem });
  }
}

async function record(batch: readonly AlarmMatches[]): Promise<{ readonly alarms: number }> {
  const { duplicates, uncounted, late, settled } = await recordAndSettle(batch, pipeline.settleContext);
  telemetry.count('DuplicateMatches', duplicates);
  telemetry.count('UncountedMatches', uncounted);
  telemetry.late(late);
  for (const alarm of settled) telemetry.settled(alarm);
  return { alarms: settled.length };
}

async function recordMatches(payload: Extract<MatchedPayload, { kind: 'data' }>): Promise<void> {
  telemetry.count('LogEvents', payload.eventCount);
  telemetry.count('UnreadableLogEvents', payload.unreadable.length);
  if (payload.unreadable.length > 0) {
    telemetry.logger.error('log events without a message were left out', {
      unreadable: payload.unreadable.slice(0, 10),
    });
  }
  const { notJsonIds, matched } = payload;
  telemetry.count('RecordsNotJson', notJsonIds.length);
  if (notJsonIds.length > 0) {
    telemetry.logger.warn('log events that are not JSON objects: no JSON pattern matches them', {
      count: notJsonIds.length,
      logStream: payload.logStream,
      firstIds: notJsonIds.slice(0, 10),
    });
  }
  const gathered = new BatchMatches(describeMatch);
  for (const { event, matches } of matched) {
    telemetry.count('Matches', matches.length);
    for (const match of matches) gathered.add(match, event);
  }
  telemetry.expiredExceptions(matched.flatMap(({ matches }) => matches));
  const batch = gathered.all();
  if (batch.length === 0) return;
  const repeatedBefore = repeatedBatches;
  await recordOnce(batch);
  telemetry.count('DuplicateMatches', repeatedBatches > repeatedBefore ? gathered.count : gathered.copies);
}

/** Idempotency saves work and must not cost any: where its table is out of reach, the batch is recorded all the same. */
async function recordOnce(batch: readonly AlarmMatches[]): Promise<void> {
  try {
    await recordBatch({ key: matchesKey(batch), batch });
  } catch (error) {
    if (!(error instanceof IdempotencyPersistenceLayerError)) throw error;
    telemetry.logger.warn('the idempotency table is out of reach; the batch is recorded without it', { error });
    await record(batch);
  }
}
