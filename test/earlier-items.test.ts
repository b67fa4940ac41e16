import { readFileSync, readdirSync } from 'node:fs';
import { BatchWriteItemCommand, DynamoDBClient, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MINUTE_MS } from '@trailbell/core/alarm';
import { DynamoDbAlarmStore } from '@trailbell/functions/adapters/dynamodb-alarm-store';
import { AlarmRules, deploymentOf } from '@trailbell/functions/alarms/alarm-rules';
import { reconcile } from '@trailbell/functions/alarms/reconcile';
import { createTables, startDynamoDb } from '@trailbell/local';
import { expect, test } from 'vitest';
import { cisRules } from './support/sample-day.ts';

/**
 * What an earlier version left in the alarm table, at moments of one day: as that version wrote it, byte for byte. A release adds a
 * file of its own and changes none.
 */
interface Samples {
  readonly version: string;
  readonly rulesVersion: number;
  readonly moments: readonly {
    readonly name: 'on' | 'owed' | 'quiet';
    readonly atMs: number;
    readonly items: readonly Readonly<Record<string, unknown>>[];
  }[];
}

const FOLDER = new URL('samples/alarm-items/', import.meta.url);
const samples = readdirSync(FOLDER)
  .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Samples)
  .flatMap(({ version, rulesVersion, moments }) => moments.map((moment) => ({ version, rulesVersion, ...moment })));

const TOPIC_ARN = 'arn:aws:sns:us-east-1:111122223333:trailbell';
const NAMING = { prefix: 'named otherwise since ', deployment: 'trailbell-local-111122223333-us-east-1' };

test.each(samples)('items of $version, with an alarm that is $name, are read and settled', async (sample) => {
  await using dynamoDb = await startDynamoDb();
  const client = new DynamoDBClient(dynamoDb.clientConfig);
  await createTables(client, { alarms: 'alarms', idempotency: 'idempotency' });
  const puts = sample.items.map((item) => ({
    PutRequest: { Item: withBytes(item) as Record<string, AttributeValue> },
  }));
  await client.send(new BatchWriteItemCommand({ RequestItems: { alarms: puts } }));

  const rules = new AlarmRules(await cisRules(sample.rulesVersion + 1), deploymentOf(TOPIC_ARN, 'trail'), NAMING);
  const told: string[] = [];
  const failures: unknown[] = [];
  let nowMs = sample.atMs;
  const context = {
    store: new DynamoDbAlarmStore(DynamoDBDocumentClient.from(client), 'alarms'),
    publish: (owed: { readonly state: string; readonly episode: { readonly alarmName: string } }) => {
      told.push(`${owed.state}: ${owed.episode.alarmName}`);
      return Promise.resolve();
    },
    ruleOf: (identity: Parameters<AlarmRules['of']>[0]) => rules.of(identity),
    rulesVersion: rules.version,
    nowMs: () => nowMs,
  };
  for (let minute = 0; minute < 30; minute++, nowMs += MINUTE_MS) {
    await reconcile(context, {
      silentAlarms: [],
      hasTime: () => true,
      onSettled: () => undefined,
      onFailure: (_alarm, error) => failures.push(error),
    });
  }
  client.destroy();
  expect(failures).toEqual([]);
  expect(told).toEqual(sample.name === 'quiet' ? [] : [expect.stringMatching(/^OK: root-account-usage /) as string]);
});

/** The samples hold bytes as text. */
function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (first?.[0] === 'base64' && entries.length === 1) return Buffer.from(String(first[1]), 'base64');
  return Object.fromEntries(entries.map(([key, inner]) => [key, withBytes(inner)]));
}
