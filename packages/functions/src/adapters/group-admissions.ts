import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ALARM_TABLE, alarmKey, type AlarmIdentity } from '@trailbell/core/alarm';
import { UpdateExpression } from './update-expression.ts';

/** Answers remembered at most. */
const MAX_REMEMBERED = 10_000;

const HASH_BYTES = 8;

/** Two days: late events of a day are over by then. */
const KEEP_SECONDS = 2 * 24 * 3600;

/**
 * Which groups of a rule have an alarm of their own on a day: one item for each rule and day, a set of hashes that grows up to the
 * rule's limit. This process asks once for each group and day and remembers the answer.
 */
export class GroupAdmissions {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;
  readonly #answers = new Map<string, boolean>();

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#tableName = tableName;
  }

  async admit(identity: AlarmIdentity, day: string, limit: number): Promise<boolean> {
    const asked = `${day}/${alarmKey(identity)}`;
    const known = this.#answers.get(asked);
    if (known !== undefined) return known;
    const isAdmitted = await this.#ask(identity, day, limit);
    if (this.#answers.size >= MAX_REMEMBERED) this.#answers.clear();
    this.#answers.set(asked, isAdmitted);
    return isAdmitted;
  }

  async #ask(identity: AlarmIdentity, day: string, limit: number): Promise<boolean> {
    const group = createHash('sha256').update(JSON.stringify(identity.group)).digest().subarray(0, HASH_BYTES);
    const update = new UpdateExpression()
      .add('groups', new Set([group]))
      .set(ALARM_TABLE.ttl, Math.ceil(Date.parse(day) / 1000) + KEEP_SECONDS)
      .onlyIf('attribute_not_exists(#groups) OR contains(#groups, :group) OR size(#groups) < :limit', {
        ':group': group,
        ':limit': limit,
      });
    try {
      await this.#client.send(
        new UpdateCommand({
          TableName: this.#tableName,
          Key: { [ALARM_TABLE.hashKey]: `groups#${identity.rule}#${day}` },
          ...update.build(),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
