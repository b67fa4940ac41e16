import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTables, startDynamoDb } from '@trailbell/local';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { tryPlan } from './check.ts';
import { DynamoDbExpiringStore } from './dynamodb-expiring-store.ts';
import { FOUND_PLANS } from './found-plans.ts';
import { WORLD_FOR_NOW } from './known-failures.ts';
import { plans, type Plan } from './plan.ts';
import { identityOf } from './rules-versions.ts';

const dynamoDb = await startDynamoDb();
const client = new DynamoDBClient(dynamoDb.clientConfig);
await createTables(client, { alarms: 'alarms', idempotency: 'idempotency' });
const store = new DynamoDbExpiringStore(dynamoDb, DynamoDBDocumentClient.from(client), 'alarms');
afterAll(async () => {
  client.destroy();
  await dynamoDb.stop();
});

beforeEach(async () => {
  for (const alarm of [0, 1]) await store.forget(identityOf(alarm));
});

/** What a run ends with, apart from the order in which sets are read. */
async function endOf(plan: Plan, ...given: readonly DynamoDbExpiringStore[]) {
  const [inDynamoDb] = given;
  const { history, violations } = await tryPlan(plan, {
    ...(inDynamoDb && { store: () => inDynamoDb }),
  });
  // The times differ by milliseconds: requests end in another order.
  const pages = history.pagerDuty.map(({ alarmName, change, number, state }) => ({ alarmName, change, number, state }));
  return { violations, pages };
}

test.each(FOUND_PLANS.filter(({ isOpen }) => !isOpen))('$name', async ({ plan }) => {
  expect((await endOf(plan, store)).violations).toEqual([]);
});

test('the store in DynamoDB and the one in memory make the same pages of the same plans', async () => {
  for (const plan of fc.sample(plans(WORLD_FOR_NOW), { seed: 1, numRuns: 12 })) {
    for (const alarm of [0, 1]) await store.forget(identityOf(alarm));
    expect(await endOf(plan, store), JSON.stringify(plan)).toEqual(await endOf(plan));
  }
}, 120_000);
