import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { decodePayload, type DecodedPayload } from '@trailbell/core/logs';
import { RuleSet } from '@trailbell/core/matcher';
import type { Context } from 'aws-lambda';
import { recordAndSettle } from './alarms/record-and-settle.ts';
import type { Recording } from './alarms/alarm-store.ts';
import { Recordings, recordingsKey } from './alarms/recordings.ts';
import { openPipeline } from './pipeline.ts';
import { Telemetry } from './telemetry.ts';

/** Lambda gives a batch up after six hours; until then it may come again. */
const REMEMBER_BATCH_SECONDS = 6 * 3600;

const telemetry = new Telemetry('matcher');
const pipeline = openPipeline(process.env);
const ruleSet = new RuleSet(pipeline.rules.rules);

const idempotency = new IdempotencyConfig({
  eventKeyJmesPath: 'key',
  throwOnNoIdempotencyKey: true,
  expiresAfterSeconds: REMEMBER_BATCH_SECONDS,
  responseHook: (response) => {
    telemetry.count('DuplicateBatches', 1);
    return response;
  },
});

/**
 * Saves the work on a batch that is delivered again. Counting does not rest on it: samples are a set, so a batch that gets past
 * it changes nothing. A batch that is still being worked on elsewhere is an error, and so comes again.
 */
const recordBatch = makeIdempotent(
  async ({ recordings }: { readonly key: string; readonly recordings: readonly Recording[] }) => {
    const { duplicates, settled } = await recordAndSettle(recordings, pipeline.settleContext);
    telemetry.count('DuplicateMatches', duplicates);
    for (const alarm of settled) telemetry.settled(alarm);
    return { alarms: settled.length };
  },
  {
    persistenceStore: new DynamoDBPersistenceLayer({
      tableName: pipeline.environment.idempotencyTableName,
      awsSdkV3Client: pipeline.dynamoDb,
    }),
    config: idempotency,
  },
);

/** Receives the log group's subscription: decode, match, record, settle. */
export async function handler(event: unknown, context: Context): Promise<void> {
  telemetry.logger.addContext(context);
  idempotency.registerLambdaContext(context);
  try {
    const payload = decodePayload(event, Date.now());
    if (payload.kind === 'data') await handleLogEvents(payload);
    else if (payload.kind === 'control') telemetry.count('ControlMessages', 1);
    else {
      telemetry.count('UnreadablePayloads', 1);
      telemetry.logger.error('a payload could not be read', { problem: payload.problem });
    }
  } finally {
    telemetry.flush();
  }
}

async function handleLogEvents(payload: Extract<DecodedPayload, { kind: 'data' }>): Promise<void> {
  telemetry.count('LogEvents', payload.events.length);
  telemetry.count('UnreadableLogEvents', payload.unreadable.length);
  if (payload.unreadable.length > 0) {
    telemetry.logger.error('log events without a message were left out', {
      unreadable: payload.unreadable.slice(0, 10),
    });
  }
  const gathered = new Recordings();
  const notJson: string[] = [];
  let matchCount = 0;
  for (const event of payload.events) {
    const { isJson, matches } = ruleSet.match(event);
    if (!isJson) notJson.push(event.id);
    matchCount += matches.length;
    for (const match of matches) gathered.add(match, event);
  }
  telemetry.count('Matches', matchCount);
  telemetry.count('RecordsNotJson', notJson.length);
  if (notJson.length > 0) {
    telemetry.logger.warn('log events that are not JSON objects: no JSON pattern matches them', {
      count: notJson.length,
      logStream: payload.logStream,
      firstIds: notJson.slice(0, 10),
    });
  }
  const recordings = gathered.all();
  if (recordings.length > 0) await recordBatch({ key: recordingsKey(recordings), recordings });
}
