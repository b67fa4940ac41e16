import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { ALARM_TABLE } from '@trailbell/core/alarm';
import type { LocalDeployment } from './deployment.ts';

/** Knows when the next alarm is due, and asks the table only when something was written since. */
export class DueAlarms implements Disposable {
  readonly #deployment: LocalDeployment;
  readonly #stopWatching: () => void;
  #isStale = true;
  #earliestMs: number | undefined;

  constructor(deployment: LocalDeployment) {
    this.#deployment = deployment;
    this.#stopWatching = deployment.dynamoDb.onRequest(({ operation }) => {
      if (operation === 'UpdateItem' || operation === 'DeleteItem') this.#isStale = true;
    });
  }

  [Symbol.dispose](): void {
    this.#stopWatching();
  }

  /**
   * Undefined where no alarm is due, now or later; the beginning of time where the table does not answer, because then an alarm may
   * be. Ask when the clock is settled.
   */
  async earliestMs(): Promise<number | undefined> {
    if (!this.#isStale) return this.#earliestMs;
    const { dueIndex } = ALARM_TABLE;
    try {
      const shards = Array.from({ length: dueIndex.shards }, (_, shard) => this.#firstOfShard(shard));
      const dues = (await Promise.all(shards)).filter((due) => due !== undefined);
      this.#isStale = false;
      this.#earliestMs = dues.length === 0 ? undefined : Math.min(...dues);
      return this.#earliestMs;
    } catch {
      return 0;
    }
  }

  async #firstOfShard(shard: number): Promise<number | undefined> {
    const { dynamoDbClient, alarmTableName } = this.#deployment;
    const { name, hashKey, rangeKey } = ALARM_TABLE.dueIndex;
    const page = await dynamoDbClient.send(
      new QueryCommand({
        TableName: alarmTableName,
        IndexName: name,
        KeyConditionExpression: '#shard = :shard',
        ExpressionAttributeNames: { '#shard': hashKey },
        ExpressionAttributeValues: { ':shard': { N: String(shard) } },
        Limit: 1,
      }),
    );
    const due = page.Items?.[0]?.[rangeKey]?.N;
    return due === undefined ? undefined : Number(due);
  }
}
