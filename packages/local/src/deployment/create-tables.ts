import { CreateTableCommand, UpdateTimeToLiveCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ALARM_TABLE, IDEMPOTENCY_TABLE } from '@trailbell/core/alarm';

export interface TableNames {
  readonly alarms: string;
  readonly idempotency: string;
}

/** Creates the two tables as a deploy does: same keys, same index, time to live on. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  const { hashKey, dueIndex, ttl } = ALARM_TABLE;
  await client.send(
    new CreateTableCommand({
      TableName: names.alarms,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: hashKey, AttributeType: 'S' },
        { AttributeName: dueIndex.hashKey, AttributeType: 'N' },
        { AttributeName: dueIndex.rangeKey, AttributeType: 'N' },
      ],
      KeySchema: [{ AttributeName: hashKey, KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: dueIndex.name,
          KeySchema: [
            { AttributeName: dueIndex.hashKey, KeyType: 'HASH' },
            { AttributeName: dueIndex.rangeKey, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: names.idempotency,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: IDEMPOTENCY_TABLE.hashKey, AttributeType: 'S' }],
      KeySchema: [{ AttributeName: IDEMPOTENCY_TABLE.hashKey, KeyType: 'HASH' }],
    }),
  );
  for (const [table, attribute] of [
    [names.alarms, ttl],
    [names.idempotency, IDEMPOTENCY_TABLE.ttl],
  ] as const) {
    const specification = { AttributeName: attribute, Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification: specification }));
  }
}
