import { setTimeout } from 'node:timers/promises';
import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DrillRecord } from '@trailbell/core/drill';
import { DynamoDbAlarmStore } from '@trailbell/functions/adapters/dynamodb-alarm-store';
import type { AwsClients } from '../deployed/aws-clients.ts';
import { awsFailure } from '../deployed/aws-failure.ts';
import type { DrillPlace } from './drill.ts';

/** Every call that a drill makes, by the permission that it needs; docs/drill.md has the policy. */
export const DRILL_CALLS = {
  'lambda:GetFunctionConfiguration': ({ lambda }: AwsClients, FunctionName: string) =>
    lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
  'logs:CreateLogStream': ({ logs }: AwsClients, logGroupName: string, logStreamName: string) =>
    logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName })),
  'logs:PutLogEvents': ({ logs }: AwsClients, logGroupName: string, logStreamName: string, logEvents: DrillRecord[]) =>
    logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents })),
  'dynamodb:GetItem': ({ dynamoDb }: AwsClients, tableName: string) =>
    new DynamoDbAlarmStore(DynamoDBDocumentClient.from(dynamoDb), tableName),
} as const;

/** PutLogEvents takes a megabyte at once, with 26 bytes for each event. */
const MAX_BATCH_BYTES = 1_000_000;
const EVENT_OVERHEAD_BYTES = 26;

/** The deployment of a stage in AWS; undefined where there is none. */
export async function deployedPlace(
  aws: AwsClients,
  { prefix, stage }: { readonly prefix: string; readonly stage: { readonly name: string } },
): Promise<(DrillPlace & { readonly logGroupName: string }) | undefined> {
  const variables = await matcherVariables(aws, `${prefix}-matcher`);
  const { TRAILBELL_ALARM_TABLE: tableName, TRAILBELL_LOG_GROUP: logGroupName } = variables ?? {};
  if (tableName === undefined || logGroupName === undefined) return undefined;
  const store = DRILL_CALLS['dynamodb:GetItem'](aws, tableName);
  const stream = `trailbell-drill-${stage.name}`;
  return {
    logGroupName,
    async put(records) {
      await createStream(aws, logGroupName, stream);
      for (const batch of batchesOf(records)) {
        const answer = await DRILL_CALLS['logs:PutLogEvents'](aws, logGroupName, stream, batch);
        // CloudWatch Logs answers that all is well where it drops an event because of its time.
        if (answer.rejectedLogEventsInfo !== undefined) {
          throw new Error(`CloudWatch Logs rejected records: ${JSON.stringify(answer.rejectedLogEventsInfo)}`);
        }
      }
    },
    read: (identity) => store.read(identity),
    nowMs: () => Date.now(),
    sleep: (durationMs) => setTimeout(durationMs),
  };
}

async function matcherVariables(aws: AwsClients, name: string): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    return (await DRILL_CALLS['lambda:GetFunctionConfiguration'](aws, name)).Environment?.Variables;
  } catch (error) {
    if (awsFailure(error).kind === 'not-found') return undefined;
    throw error;
  }
}

/** An earlier drill may have made it. */
async function createStream(aws: AwsClients, logGroupName: string, stream: string): Promise<void> {
  try {
    await DRILL_CALLS['logs:CreateLogStream'](aws, logGroupName, stream);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceAlreadyExistsException') throw error;
  }
}

function batchesOf(records: readonly DrillRecord[]): readonly DrillRecord[][] {
  const batches: DrillRecord[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const more = Buffer.byteLength(record.message) + EVENT_OVERHEAD_BYTES;
    if (bytes + more > MAX_BATCH_BYTES) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(record);
    bytes += more;
  }
  return batches;
}
