import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { startDynamoDb } from '../dynamodb/index.ts';
import { bundleFixture, FUNCTION_NAME, START_MS, withLambda } from './test/with-lambda.ts';

bundleFixture('writing-handler.ts');

/** The writing handler with a table to write to. */
async function withTable() {
  const dynamodb = await startDynamoDb();
  const client = new DynamoDBClient({ ...dynamodb.clientConfig, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await dynamodb.stop();
  });
  const TableName = 'counters';
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    }),
  );
  const counts = async () => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    return Items.map(({ pk, seen }) => `${pk?.S ?? ''} ${seen?.N ?? ''}`).toSorted();
  };
  const environment = { AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint };
  return { dynamodb, counts, ...withLambda({ environment }) };
}

test('a process killed while a request is under way leaves that request done, and the retry does all of them', async () => {
  const { clock, counts, dynamodb, lambda } = await withTable();
  let updates = 0;
  dynamodb.onRequest(({ operation }) => {
    if (operation !== 'UpdateItem') return;
    updates += 1;
    if (updates === 2) expect(lambda.kill(FUNCTION_NAME)).toBe(1);
  });
  lambda.invokeAsync(FUNCTION_NAME, { keys: ['a', 'b', 'c'] });
  await clock.settled();
  expect(await counts()).toEqual(['a 1', 'b 1']);
  await clock.advanceTo(START_MS + 60_000);
  expect(await counts()).toEqual(['a 2', 'b 2', 'c 1']);
});

test('a process killed before its request is carried out leaves nothing of it', async () => {
  const { clock, counts, dynamodb, lambda, records } = await withTable();
  dynamodb.injectFault({ kind: 'no answer', operation: 'UpdateItem', after: 1 });
  let updates = 0;
  dynamodb.onRequest(({ operation }) => {
    if (operation !== 'UpdateItem') return;
    updates += 1;
    if (updates === 2) lambda.kill(FUNCTION_NAME);
  });
  lambda.updateFunction(FUNCTION_NAME, { maximumRetryAttempts: 0 });
  lambda.invokeAsync(FUNCTION_NAME, { keys: ['a', 'b'] });
  await clock.settled();
  expect(await counts()).toEqual(['a 1']);
  expect(records[0]?.responsePayload?.errorMessage).toContain('signal: SIGKILL');
});

test('where DynamoDB does not answer, the function runs into its timeout and the retry succeeds', async () => {
  const { clock, counts, dynamodb, lambda, records } = await withTable();
  dynamodb.injectFault({ kind: 'no answer', operation: 'UpdateItem' });
  lambda.updateFunction(FUNCTION_NAME, { timeoutSeconds: 0.5 });
  lambda.invokeAsync(FUNCTION_NAME, { keys: ['a'] });
  await clock.settled();
  expect(await counts()).toEqual([]);
  lambda.updateFunction(FUNCTION_NAME, { timeoutSeconds: 20 });
  await clock.advanceTo(START_MS + 60_000);
  expect(await counts()).toEqual(['a 1']);
  expect(records).toEqual([]);
});
