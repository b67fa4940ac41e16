import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  ALARM_TABLE,
  MINUTE_MS,
  alarmKey,
  minuteOf,
  type Alarm,
  type AlarmIdentity,
  type SettleStep,
  type Told,
} from '@trailbell/core/alarm';
import type { AlarmStore, Recorded, Recording } from '../alarms/alarm-store.ts';
import { withRecording } from '../alarms/with-recording.ts';
import { decodeAlarm, encodeStanding, encodeTold } from './alarm-item.ts';
import { encodeSample, minuteAttribute } from './sample-codec.ts';
import { shardOf } from './shard.ts';
import { UpdateExpression } from './update-expression.ts';

const { dueIndex, ttl } = ALARM_TABLE;

/** Alarms in DynamoDB: one item each (its attributes are listed in alarm-item.ts), written by single conditional updates. */
export class DynamoDbAlarmStore implements AlarmStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#tableName = tableName;
  }

  async record(recording: Recording, nowMs: number, rulesVersion: number): Promise<Recorded> {
    const { identity, samples, examples } = recording;
    const update = new UpdateExpression()
      .add('rev', 1)
      .set('rule', identity.rule)
      .set('group', identity.group)
      .set(dueIndex.rangeKey, minuteOf(nowMs) * MINUTE_MS)
      .set(dueIndex.hashKey, shardOf(alarmKey(identity)))
      .setIfAbsent('version', rulesVersion)
      .remove(ttl);
    if (examples.length > 0) update.setIfAbsent('examples', JSON.stringify(examples));
    for (const [minute, inMinute] of Map.groupBy(samples, (sample) => sample.minute)) {
      update.add(minuteAttribute(minute), new Set(inMinute.map(encodeSample)));
    }
    // The old item and what was added make the new one, and the old one alone says which samples were there already.
    const { Attributes: old } = await this.#client.send(
      new UpdateCommand({ ...this.#at(identity), ...update.build(), ReturnValues: 'ALL_OLD' }),
    );
    const known = old?.rule === undefined ? undefined : decodeAlarm(old);
    return withRecording(known, recording, nowMs, rulesVersion);
  }

  async read(identity: AlarmIdentity): Promise<Alarm | undefined> {
    return this.#readKey(alarmKey(identity));
  }

  /** Succeeds only on the `rev` that was read, so no sample is forgotten between read and write, and never over newer rules. */
  async write(alarm: Alarm, step: SettleStep, rulesVersion: number): Promise<boolean> {
    const { identity, rev } = alarm;
    const { standing } = step;
    const update = new UpdateExpression().set('rev', rev + 1).set('version', rulesVersion);
    const attributes = encodeStanding(standing);
    update.set('state', attributes.state).set('since', attributes.since).set('intervals', attributes.intervals);
    for (const name of ['owed', 'told', 'lease'] as const) update.setOrRemove(name, attributes[name]);
    update.setOrRemove(dueIndex.rangeKey, standing.dueMs);
    update.setOrRemove(dueIndex.hashKey, standing.dueMs === undefined ? undefined : shardOf(alarmKey(identity)));
    update.setOrRemove(ttl, standing.expiresAtMs === undefined ? undefined : Math.ceil(standing.expiresAtMs / 1000));
    if (step.dropsExamples) update.remove('examples');
    for (const minute of step.closedMinutes) update.remove(minuteAttribute(minute));
    update.onlyIf('#rev = :wasRev AND (attribute_not_exists(#version) OR #version <= :version)', { ':wasRev': rev });
    return this.#succeeds(identity, update);
  }

  async markTold(identity: AlarmIdentity, told: Told): Promise<void> {
    const update = () => new UpdateExpression().add('rev', 1).set('told', encodeTold(told)).remove('lease');
    const number = { ':sent': told.number };
    if (await this.#succeeds(identity, update().remove('owed').onlyIf('#owed.#number = :sent', number, 'number')))
      return;
    // The slot has moved on to a later notification: this one was told all the same, and its lease is over.
    const released = update().onlyIf('#lease.#number = :sent', number, 'number');
    await this.#succeeds(identity, released);
  }

  async *due(nowMs: number): AsyncIterable<Alarm> {
    for (let shard = 0; shard < dueIndex.shards; shard++) {
      let start: Record<string, unknown> | undefined;
      do {
        const page = await this.#client.send(
          new QueryCommand({
            TableName: this.#tableName,
            IndexName: dueIndex.name,
            KeyConditionExpression: '#shard = :shard AND #due <= :now',
            ExpressionAttributeNames: { '#shard': dueIndex.hashKey, '#due': dueIndex.rangeKey },
            ExpressionAttributeValues: { ':shard': shard, ':now': nowMs },
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        );
        for (const item of page.Items ?? []) {
          const alarm = await this.#readKey(String(item[ALARM_TABLE.hashKey]));
          if (alarm !== undefined) yield alarm;
        }
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
    }
  }

  async #readKey(key: string): Promise<Alarm | undefined> {
    const { Item: item } = await this.#client.send(
      new GetCommand({ TableName: this.#tableName, Key: { [ALARM_TABLE.hashKey]: key }, ConsistentRead: true }),
    );
    return item === undefined ? undefined : decodeAlarm(item);
  }

  /** False where the update's condition did not hold; every other failure is thrown. */
  async #succeeds(identity: AlarmIdentity, update: UpdateExpression): Promise<boolean> {
    try {
      await this.#client.send(new UpdateCommand({ ...this.#at(identity), ...update.build() }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  #at(identity: AlarmIdentity) {
    return { TableName: this.#tableName, Key: { [ALARM_TABLE.hashKey]: alarmKey(identity) } };
  }
}
