import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { minuteOf, sampleId, type AlarmRule, type OwedNotification } from '@trailbell/core/alarm';
import { DynamoDbAlarmStore } from '@trailbell/functions/adapters/dynamodb-alarm-store';
import { recordAndSettle } from '@trailbell/functions/alarms/record-and-settle';
import type { SettleContext } from '@trailbell/functions/alarms/settle';
import { createTables, startDynamoDb } from '@trailbell/local';
import { expect, test } from 'vitest';

const NOW_MS = Date.UTC(2026, 2, 11, 9, 30, 14);
const LAMBDAS = 50;
const BATCHES_EACH = 10;
const MATCHES_EACH = 200;

const rule: AlarmRule = {
  metric: {
    settings: {
      statistic: 'Sum',
      period: 300,
      evaluationPeriods: 1,
      threshold: 10,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
    },
    constantValue: 1,
    defaultValue: undefined,
  },
  alarmName: 'storm',
  title: 'A storm',
  severity: 'warning',
  groupLimit: 100,
  routesOf: () => [],
  silenceAt: () => undefined,
  stateReason: ({ state }) => state,
};

test('100,000 matches in a minute from 50 Lambdas ring one alarm once, say "at least", and stay within what an item can take', async () => {
  await using dynamoDb = await startDynamoDb();
  const client = new DynamoDBClient(dynamoDb.clientConfig);
  await createTables(client, { alarms: 'alarms', idempotency: 'idempotency' });
  dynamoDb.usage.reset();
  const told: OwedNotification[] = [];
  const identity = { rule: 'storm', group: [] };
  const contextOf = (): SettleContext => ({
    store: new DynamoDbAlarmStore(DynamoDBDocumentClient.from(client), 'alarms'),
    publish: (owed) => Promise.resolve(void told.push(owed)),
    ruleOf: () => rule,
    rulesVersion: 1,
    nowMs: () => NOW_MS,
  });
  const minute = minuteOf(NOW_MS);
  let uncounted = 0;
  const lambda = async (_: unknown, number: number) => {
    const context = contextOf();
    for (let batch = 0; batch < BATCHES_EACH; batch++) {
      const samples = Array.from({ length: MATCHES_EACH }, (__, match) => ({
        id: sampleId(`${number}/${batch}/${match}`),
        value: 1,
        minute,
      }));
      const examples = [{ minute, activities: [{ eventName: 'x'.repeat(500) }] }];
      const outcome = await recordAndSettle([{ identity, samples, examples }], context);
      uncounted += outcome.uncounted;
    }
  };
  await Promise.all(Array.from({ length: LAMBDAS }, lambda));

  const { capacityUnits } = dynamoDb.usage.of('UpdateItem');
  console.log(`storm: ${dynamoDb.usage.of('UpdateItem').calls} updates, ${capacityUnits} write units`);
  expect(told.map(({ state, episode }) => [state, episode.isAtLeast])).toEqual([['ALARM', true]]);
  expect(uncounted).toBeGreaterThan(90_000);
  // A minute's storm: an item takes 1,000 write units a second.
  expect(capacityUnits / 60).toBeLessThan(1_000);
  const alarm = await contextOf().store.read(identity);
  expect(alarm?.samples.length).toBeLessThan(300);
  client.destroy();
}, 120_000);
