import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ALARM_TABLE, alarmKey, type AlarmIdentity } from '@trailbell/core/alarm';
import { DynamoDbAlarmStore } from '@trailbell/functions/adapters/dynamodb-alarm-store';
import type { LocalDynamoDb } from '@trailbell/local';
import type { ExpiringStore } from './expiring-memory-store.ts';

/** The store in DynamoDB, with time to live as the local DynamoDB has it. */
export class DynamoDbExpiringStore extends DynamoDbAlarmStore implements ExpiringStore {
  readonly #dynamoDb: LocalDynamoDb;
  readonly #documents: DynamoDBDocumentClient;
  readonly #tableName: string;

  constructor(dynamoDb: LocalDynamoDb, documents: DynamoDBDocumentClient, tableName: string) {
    super(documents, tableName);
    this.#dynamoDb = dynamoDb;
    this.#documents = documents;
    this.#tableName = tableName;
  }

  async expire(nowMs: number): Promise<void> {
    await this.#dynamoDb.expire(nowMs);
  }

  /** Runs share a table: each finds it empty. */
  async forget(identity: AlarmIdentity): Promise<void> {
    const Key = { [ALARM_TABLE.hashKey]: alarmKey(identity) };
    await this.#documents.send(new DeleteCommand({ TableName: this.#tableName, Key }));
  }
}
