import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  InternalServerError,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startDynamoDb } from './index.ts';
import type { LocalDynamoDb } from './index.ts';

const TableName = 'alarms';
const NOW_MS = Date.UTC(2026, 5, 1);
const NOW_SECONDS = NOW_MS / 1000;

let dynamodb: LocalDynamoDb;
let client: DynamoDBClient;
let keyNumber = 0;

beforeAll(async () => {
  dynamodb = await startDynamoDb();
  client = new DynamoDBClient({ ...dynamodb.clientConfig, maxAttempts: 1 });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'place', AttributeType: 'S' },
        { AttributeName: 'due', AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'place', KeyType: 'HASH' },
            { AttributeName: 'due', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
});

afterAll(async () => {
  client.destroy();
  await dynamodb.stop();
});

beforeEach(() => {
  dynamodb.clearFaults();
  dynamodb.usage.reset();
});

function newKey() {
  keyNumber += 1;
  return { pk: { S: `alarm-${keyNumber}` } };
}

function increment(Key: ReturnType<typeof newKey>) {
  return client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'ADD rev :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'ALL_NEW',
    }),
  );
}

async function read(Key: ReturnType<typeof newKey>) {
  return (await client.send(new GetItemCommand({ TableName, Key }))).Item;
}

/** The error of a call that must fail. */
async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.unreachable('the call must fail'),
    (error: unknown) => error,
  );
}

const conditionalWrites = {
  PutItem: (key: ReturnType<typeof newKey>, returned: 'ALL_OLD' | 'NONE') =>
    client.send(
      new PutItemCommand({
        TableName,
        Item: key,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: returned,
      }),
    ),
  UpdateItem: (Key: ReturnType<typeof newKey>, returned: 'ALL_OLD' | 'NONE') =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET told = :told',
        ConditionExpression: 'rev = :rev',
        ExpressionAttributeValues: { ':told': { S: 'ALARM' }, ':rev': { N: '99' } },
        ReturnValuesOnConditionCheckFailure: returned,
      }),
    ),
  DeleteItem: (Key: ReturnType<typeof newKey>, returned: 'ALL_OLD' | 'NONE') =>
    client.send(
      new DeleteItemCommand({
        TableName,
        Key,
        ConditionExpression: 'attribute_not_exists(rev)',
        ReturnValuesOnConditionCheckFailure: returned,
      }),
    ),
};

for (const [operation, write] of Object.entries(conditionalWrites)) {
  test(`a failed condition of ${operation} brings the item that it failed on, if asked`, async () => {
    const key = newKey();
    await increment(key);
    const withItem = await failureOf(write(key, 'ALL_OLD'));
    expect(withItem).toBeInstanceOf(ConditionalCheckFailedException);
    expect(withItem).toMatchObject({ Item: { ...key, rev: { N: '1' } } });
    const without = await failureOf(write(key, 'NONE'));
    expect(without).toBeInstanceOf(ConditionalCheckFailedException);
    expect((without as ConditionalCheckFailedException).Item).toBeUndefined();
    expect(await read(key)).toEqual({ ...key, rev: { N: '1' } });
  });
}

test('a failed condition on an item that is not there brings none', async () => {
  const failure = await failureOf(conditionalWrites.UpdateItem(newKey(), 'ALL_OLD'));
  expect(failure).toBeInstanceOf(ConditionalCheckFailedException);
  expect((failure as ConditionalCheckFailedException).Item).toBeUndefined();
});

test('updates, sets and a sparse index work as on DynamoDB', async () => {
  const Key = newKey();
  const update = (UpdateExpression: string, values: Record<string, { N: string } | { S: string } | { SS: string[] }>) =>
    client.send(new UpdateItemCommand({ TableName, Key, UpdateExpression, ExpressionAttributeValues: values }));
  const due = async () =>
    (
      await client.send(
        new QueryCommand({
          TableName,
          IndexName: 'due',
          KeyConditionExpression: 'place = :place AND due <= :now',
          ExpressionAttributeValues: { ':place': { S: Key.pk.S }, ':now': { N: '60' } },
        }),
      )
    ).Count;

  await update('SET place = :place, due = :due ADD ids :ids', {
    ':place': { S: Key.pk.S },
    ':due': { N: '60' },
    ':ids': { SS: ['a', 'b'] },
  });
  await update('ADD ids :ids', { ':ids': { SS: ['b', 'c'] } });
  expect((await read(Key))?.ids?.SS?.toSorted()).toEqual(['a', 'b', 'c']);
  expect(await due()).toBe(1);
  await client.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: 'REMOVE due' }));
  expect(await due()).toBe(0);
});

test('of many writers on one condition exactly one wins', async () => {
  const key = newKey();
  const results = await Promise.allSettled(Array.from({ length: 40 }, () => conditionalWrites.PutItem(key, 'ALL_OLD')));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('time to live deletes what has expired, when told to, and nothing else', async () => {
  const ttlTable = { TableName: 'expiring' };
  await client.send(
    new CreateTableCommand({
      ...ttlTable,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
  const expiries = {
    expired: { N: String(NOW_SECONDS - 1) },
    'expires now': { N: String(NOW_SECONDS) },
    'expires later': { N: String(NOW_SECONDS + 1) },
    'expired six years ago': { N: String(NOW_SECONDS - 6 * 365 * 86_400) },
    'not a number': { S: '1' },
    milliseconds: { N: String(NOW_MS - 1) },
  };
  for (const [name, expiresAt] of Object.entries(expiries)) {
    await client.send(new PutItemCommand({ ...ttlTable, Item: { pk: { S: 'a' }, sk: { S: name }, expiresAt } }));
  }
  const names = async () =>
    (await client.send(new ScanCommand(ttlTable))).Items?.map(({ sk }) => sk?.S).toSorted() ?? [];
  const specify = (Enabled: boolean) =>
    client.send(
      new UpdateTimeToLiveCommand({
        ...ttlTable,
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled },
      }),
    );

  expect(await dynamodb.expire(NOW_MS)).toBe(0);
  expect((await specify(true)).TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
  expect((await client.send(new DescribeTimeToLiveCommand(ttlTable))).TimeToLiveDescription).toEqual({
    TimeToLiveStatus: 'ENABLED',
    AttributeName: 'expiresAt',
  });
  expect(await failureOf(specify(true))).toMatchObject({ name: 'ValidationException' });
  expect(await names()).toHaveLength(6);
  expect(await dynamodb.expire(NOW_MS)).toBe(1);
  expect(await names()).toEqual(
    Object.keys(expiries)
      .filter((name) => name !== 'expired')
      .toSorted(),
  );
  await specify(false);
  expect(await dynamodb.expire(NOW_MS + 10_000)).toBe(0);
});

test('time to live of a table that is not there is refused', async () => {
  const failure = await failureOf(client.send(new DescribeTimeToLiveCommand({ TableName: 'nowhere' })));
  expect(failure).toMatchObject({ name: 'ResourceNotFoundException' });
});

test('throttling and server errors do nothing, as often as told, from the request on that was told', async () => {
  const key = newKey();
  dynamodb.injectFault({ kind: 'throttling', operation: 'UpdateItem', tableName: TableName, after: 1, times: 2 });
  await increment(key);
  expect(await failureOf(increment(key))).toBeInstanceOf(ProvisionedThroughputExceededException);
  expect(await failureOf(increment(key))).toBeInstanceOf(ProvisionedThroughputExceededException);
  dynamodb.injectFault({ kind: 'server error', operation: 'UpdateItem' });
  expect(await failureOf(increment(key))).toBeInstanceOf(InternalServerError);
  expect((await increment(key)).Attributes?.rev).toEqual({ N: '2' });
});

test('a fault of another table or another operation is not met', async () => {
  dynamodb.injectFault({ kind: 'throttling', operation: 'UpdateItem', tableName: 'other' });
  dynamodb.injectFault({ kind: 'throttling', operation: 'PutItem' });
  expect((await increment(newKey())).Attributes?.rev).toEqual({ N: '1' });
});

test('the SDK repeats a call that met a server error', async () => {
  const key = newKey();
  const retrying = new DynamoDBClient({ ...dynamodb.clientConfig, maxAttempts: 2 });
  dynamodb.injectFault({ kind: 'server error', operation: 'GetItem' });
  await retrying.send(new GetItemCommand({ TableName, Key: key }));
  expect(dynamodb.usage.of('GetItem').calls).toBe(2);
  retrying.destroy();
});

test('a lost answer has taken effect, and the caller cannot know', async () => {
  const key = newKey();
  dynamodb.injectFault({ kind: 'lost answer', operation: 'UpdateItem' });
  const failure = await failureOf(increment(key));
  expect(failure).toMatchObject({ code: 'ECONNRESET' });
  expect(await read(key)).toMatchObject({ rev: { N: '1' } });
});

test('no answer leaves the caller waiting and nothing done', async () => {
  const key = newKey();
  dynamodb.injectFault({ kind: 'no answer', operation: 'UpdateItem' });
  const abort = new AbortController();
  const stopWatching = dynamodb.onRequest(() => {
    setImmediate(() => {
      abort.abort();
    });
  });
  const waiting = client.send(new UpdateItemCommand({ TableName, Key: key, UpdateExpression: 'SET a = b' }), {
    abortSignal: abort.signal,
  });
  expect(await failureOf(waiting)).toMatchObject({ name: 'AbortError' });
  stopWatching();
  expect(await read(key)).toBeUndefined();
});

test('while it is down every call fails and nothing is done', async () => {
  const key = newKey();
  dynamodb.goDown();
  await failureOf(increment(key));
  await failureOf(read(key));
  dynamodb.comeBack();
  expect(await read(key)).toBeUndefined();
});

test('calls and consumed capacity are counted by operation, whether or not the caller asks for capacity', async () => {
  const key = newKey();
  const Item = { ...key, text: { S: 'x'.repeat(2_500) } };
  const put = await client.send(new PutItemCommand({ TableName, Item }));
  expect(put.ConsumedCapacity).toBeUndefined();
  const asked = await client.send(new PutItemCommand({ TableName, Item, ReturnConsumedCapacity: 'TOTAL' }));
  expect(asked.ConsumedCapacity).toMatchObject({ TableName, CapacityUnits: 3 });
  await client.send(new GetItemCommand({ TableName, Key: key, ConsistentRead: true }));
  await client.send(new GetItemCommand({ TableName, Key: key }));
  expect(dynamodb.usage.all()).toEqual({
    PutItem: { calls: 2, capacityUnits: 6 },
    GetItem: { calls: 2, capacityUnits: 1.5 },
  });
});

test('listeners see each request before it is carried out', async () => {
  const key = newKey();
  const seen: unknown[] = [];
  const stopWatching = dynamodb.onRequest(({ operation, tableNames }) => seen.push([operation, tableNames]));
  await increment(key);
  stopWatching();
  await read(key);
  expect(seen).toEqual([['UpdateItem', [TableName]]]);
});
