import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import {
  ALARM_TABLE,
  MINUTE_MS,
  alarmKey,
  minuteOf,
  type Alarm,
  type AlarmIdentity,
  type Sample,
  type SettleStep,
  type Told,
} from '@trailbell/core/alarm';
import type { AlarmStore, OnUnreadable, Recorded, Recording } from '../alarms/alarm-store.ts';
import { firstOf, withRecording } from '../alarms/with-recording.ts';
import { decodeAlarm, encodeStanding, encodeTold, examplesAttribute } from './alarm-item.ts';
import { FullMinutes } from './full-minutes.ts';
import { GroupAdmissions } from './group-admissions.ts';
import { encodeSample, minuteAttribute } from './sample-codec.ts';
import { shardOf } from './shard.ts';
import { UpdateExpression } from './update-expression.ts';

const { hashKey, dueIndex, ttl } = ALARM_TABLE;

/** DynamoDB takes this many keys in one BatchGetItem. */
const PAGE_SIZE = 100;

function rethrow(_key: string, error: unknown): never {
  throw error;
}

/** Alarms in DynamoDB: one item each (its attributes are listed in alarm-item.ts), written by single conditional updates. */
export class DynamoDbAlarmStore implements AlarmStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;
  readonly #full = new FullMinutes();
  readonly #groups: GroupAdmissions;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#tableName = tableName;
    this.#groups = new GroupAdmissions(client, tableName);
  }

  /** One update, unless it meets a minute that is full: then one more without that minute, which is remembered. */
  async record(recording: Recording, nowMs: number, rulesVersion: number): Promise<Recorded> {
    const key = alarmKey(recording.identity);
    const open = recording.samples.filter(({ minute }) => !this.#full.has(key, minute));
    if (recording.samples.length > 0 && open.length === 0) {
      return { alarm: undefined, duplicates: 0, uncounted: recording.samples.length };
    }
    const byMinute = Map.groupBy(open, ({ minute }) => minute);
    const update = this.#recordingUpdate(recording, byMinute, nowMs, rulesVersion);
    const conditions = [...byMinute.keys()].map((minute) => {
      const name = `#${minuteAttribute(minute)}`;
      return `(attribute_not_exists(${name}) OR size(${name}) < :cap)`;
    });
    if (conditions.length > 0) update.onlyIf(conditions.join(' AND '), { ':cap': recording.minuteCap });
    try {
      // The old item and what was added make the new one, and the old one alone says which samples were there already.
      const { Attributes: old } = await this.#client.send(
        new UpdateCommand({ ...this.#at(recording.identity), ...update.build(), ReturnValues: 'ALL_OLD' }),
      );
      const known = old?.rule === undefined ? undefined : decodeAlarm(old);
      const recorded = withRecording(known, { ...recording, samples: open }, nowMs, rulesVersion);
      return { ...recorded, uncounted: recorded.uncounted + recording.samples.length - open.length };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      await this.#noteFullMinutes(recording, [...byMinute.keys()]);
      return this.record(recording, nowMs, rulesVersion);
    }
  }

  admitGroup(identity: AlarmIdentity, day: string, limit: number): Promise<boolean> {
    return this.#groups.admit(identity, day, limit);
  }

  async read(identity: AlarmIdentity): Promise<Alarm | undefined> {
    const { Item: item } = await this.#client.send(new GetCommand({ ...this.#at(identity), ConsistentRead: true }));
    return item === undefined ? undefined : decodeAlarm(item);
  }

  /** Succeeds only on the `rev` that was read, so no sample is forgotten between read and write, and never over newer rules. */
  async write({ identity, rev }: Alarm, step: SettleStep, rulesVersion: number): Promise<boolean> {
    const { standing } = step;
    const { owed, told, lease, withheld, actors, metric, opening, ...always } = encodeStanding(standing);
    const sometimes = { owed, told, lease, withheld, actors, metric, opening };
    const update = new UpdateExpression().set('rev', rev + 1).set('version', rulesVersion);
    for (const [name, value] of Object.entries(always)) update.set(name, value);
    for (const [name, value] of Object.entries(sometimes)) update.setOrRemove(name, value);
    update.setOrRemove(dueIndex.rangeKey, standing.dueMs);
    update.setOrRemove(dueIndex.hashKey, standing.dueMs === undefined ? undefined : shardOf(alarmKey(identity)));
    update.setOrRemove(ttl, standing.expiresAtMs === undefined ? undefined : Math.ceil(standing.expiresAtMs / 1000));
    if (step.resetsUncounted) update.remove('uncounted');
    for (const minute of step.spentExamples) update.remove(examplesAttribute(minute));
    for (const [minute, dropped] of Map.groupBy(step.droppedSamples, (sample) => sample.minute)) {
      update.delete(minuteAttribute(minute), new Set(dropped.map(encodeSample)));
    }
    for (const minute of step.closedMinutes) update.remove(minuteAttribute(minute));
    update.onlyIf('#rev = :wasRev AND (attribute_not_exists(#version) OR #version <= :version)', { ':wasRev': rev });
    return this.#succeeds(identity, update);
  }

  async markTold(identity: AlarmIdentity, told: Told): Promise<void> {
    const update = () => new UpdateExpression().add('rev', 1).set('told', encodeTold(told)).remove('lease');
    const number = { ':sent': told.notification.number };
    if (await this.#succeeds(identity, update().remove('owed').onlyIf('#owed.#number = :sent', number, 'number')))
      return;
    // The slot has moved on to a later notification: this one was told all the same, and its lease is over.
    await this.#succeeds(identity, update().onlyIf('#lease.#number = :sent', number, 'number'));
  }

  /** Begins with another shard each minute: where the time does not suffice for all, none is always last. */
  async *due(nowMs: number, onUnreadable: OnUnreadable = rethrow): AsyncIterable<Alarm> {
    for (let turn = 0; turn < dueIndex.shards; turn++) {
      const shard = (turn + minuteOf(nowMs)) % dueIndex.shards;
      let start: Record<string, unknown> | undefined;
      do {
        const page = await this.#client.send(
          new QueryCommand({
            TableName: this.#tableName,
            IndexName: dueIndex.name,
            KeyConditionExpression: '#shard = :shard AND #due <= :now',
            ExpressionAttributeNames: { '#shard': dueIndex.hashKey, '#due': dueIndex.rangeKey },
            ExpressionAttributeValues: { ':shard': shard, ':now': nowMs },
            Limit: PAGE_SIZE,
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        const keys = (page.Items ?? []).map((item) => ({ [hashKey]: item[hashKey] as unknown }));
        yield* await this.#readAll(keys, onUnreadable);
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
    }
  }

  #recordingUpdate(
    { identity, examples, samples, minuteCap }: Recording,
    byMinute: ReadonlyMap<number, readonly Sample[]>,
    nowMs: number,
    rulesVersion: number,
  ): UpdateExpression {
    const update = new UpdateExpression()
      .add('rev', 1)
      .set('rule', identity.rule)
      .set('group', identity.group)
      .set(dueIndex.rangeKey, minuteOf(nowMs) * MINUTE_MS)
      .set(dueIndex.hashKey, shardOf(alarmKey(identity)))
      .setIfAbsent('version', rulesVersion)
      .remove(ttl);
    for (const { minute, activities } of examples) {
      update.setIfAbsent(examplesAttribute(minute), JSON.stringify(activities));
    }
    let counted = 0;
    for (const [minute, inMinute] of byMinute) {
      const added = firstOf(inMinute, minuteCap);
      counted += added.length;
      update.add(minuteAttribute(minute), new Set(added.map(encodeSample)));
    }
    if (counted < samples.length) update.add('uncounted', samples.length - counted);
    return update;
  }

  async #noteFullMinutes({ identity, minuteCap }: Recording, minutes: readonly number[]): Promise<void> {
    const alarm = await this.read(identity);
    const counts = Map.groupBy(alarm?.samples ?? [], ({ minute }) => minute);
    for (const minute of minutes) {
      if ((counts.get(minute)?.length ?? 0) >= minuteCap) this.#full.add(alarmKey(identity), minute);
    }
  }

  async #readAll(keys: readonly Record<string, unknown>[], onUnreadable: OnUnreadable): Promise<readonly Alarm[]> {
    const alarms: Alarm[] = [];
    let wanted: readonly Record<string, unknown>[] = keys;
    while (wanted.length > 0) {
      const { Responses: found, UnprocessedKeys: left } = await this.#client.send(
        new BatchGetCommand({ RequestItems: { [this.#tableName]: { Keys: [...wanted], ConsistentRead: true } } }),
      );
      for (const item of found?.[this.#tableName] ?? []) {
        try {
          alarms.push(decodeAlarm(item));
        } catch (error) {
          onUnreadable(String(item[hashKey]), error);
        }
      }
      wanted = left?.[this.#tableName]?.Keys ?? [];
    }
    return alarms;
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
    return { TableName: this.#tableName, Key: { [hashKey]: alarmKey(identity) } };
  }
}
