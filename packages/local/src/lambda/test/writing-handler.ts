/** A handler that counts up one DynamoDB item after another. */
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({ maxAttempts: 1 });

export interface WritingEvent {
  readonly keys: readonly string[];
}

export async function handler({ keys }: WritingEvent): Promise<void> {
  for (const key of keys) {
    await client.send(
      new UpdateItemCommand({
        TableName: 'counters',
        Key: { pk: { S: key } },
        UpdateExpression: 'ADD seen :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
  }
}
