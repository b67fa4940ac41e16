import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  MINUTE_MS,
  alarmKey,
  distinctSamples,
  minuteOf,
  sampleId,
  type Alarm,
  type AlarmIdentity,
  type OwedNotification,
  type Sample,
  type SettleStep,
  type Standing,
} from '@trailbell/core/alarm';
import { DynamoDbAlarmStore } from '@trailbell/functions/adapters/dynamodb-alarm-store';
import { MemoryAlarmStore } from '@trailbell/functions/adapters/memory-alarm-store';
import type { AlarmStore, Recording } from '@trailbell/functions/alarms/alarm-store';
import { createTables, startDynamoDb } from '@trailbell/local';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';

const dynamoDb = await startDynamoDb();
const client = new DynamoDBClient(dynamoDb.clientConfig);
await createTables(client, { alarms: 'alarms', idempotency: 'idempotency' });
const documents = DynamoDBDocumentClient.from(client);
afterAll(async () => {
  client.destroy();
  await dynamoDb.stop();
});

const NOW_MS = Date.UTC(2026, 2, 11, 9, 30, 14);
const MINUTE = minuteOf(NOW_MS);
const identity = (name: string) => ({ rule: name, group: ['111122223333', 'größe #1'] });
const sample = (event: string, minute = MINUTE, value = 1) => ({ id: sampleId(event), value, minute });
const owed = (number: number, state: 'OK' | 'ALARM' = 'ALARM'): OwedNotification => ({
  number,
  state,
  previousState: 'OK',
  reason: 'because',
  changedAtMs: NOW_MS,
  episode: {
    alarmName: 'name',
    title: 'title',
    severity: 'error',
    settings: {
      statistic: 'Sum',
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
    },
    count: 1,
    isAtLeast: false,
    firstMs: NOW_MS,
    lastMs: NOW_MS,
    examples: [{ a: 1 }],
  },
});
const standing: Standing = {
  state: 'ALARM',
  stateSinceMs: NOW_MS,
  asOfMs: NOW_MS,
  handedOverMs: { ALARM: NOW_MS },
  closedBeforeMinute: MINUTE - 400,
  owed: owed(1),
  lease: { number: 1, untilMs: NOW_MS + 30_000 },
  toldIntervals: [{ fromMinute: MINUTE, toMinute: MINUTE }],
  dueMs: NOW_MS + 30_000,
};
const step = (changes: Partial<Standing> = {}, rest: Partial<SettleStep> = {}): SettleStep => ({
  standing: { ...standing, ...changes },
  closedMinutes: [],
  droppedSamples: [],
  spentExamples: [],
  resetsUncounted: false,
  ...rest,
});

/** A name that no other test uses: the stores live as long as the file. */
let names = 0;
const fresh = (): AlarmIdentity => identity(`rule-${++names}`);

function unexpected(key: string, error: unknown): never {
  throw new Error(`${key} cannot be read`, { cause: error });
}

async function dueKeys(store: AlarmStore, nowMs: number): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const alarm of store.due(nowMs, unexpected)) keys.push(alarmKey(alarm.identity));
  return keys;
}

interface Given {
  readonly samples?: readonly Sample[];
  readonly examples?: Recording['examples'];
  readonly minuteCap?: number;
  readonly rulesVersion?: number;
}

function record(store: AlarmStore, at: AlarmIdentity, given: Given = {}) {
  const { samples = [sample('a')], examples = [], minuteCap = 32, rulesVersion = 5 } = given;
  return store.record({ identity: at, samples, examples, minuteCap }, NOW_MS, rulesVersion);
}

async function recorded(store: AlarmStore, at: AlarmIdentity = fresh(), given: Given = {}): Promise<Alarm> {
  const { alarm } = await record(store, at, given);
  if (alarm === undefined) throw new Error('nothing was recorded');
  return alarm;
}

describe.each<readonly [string, AlarmStore]>([
  ['DynamoDB', new DynamoDbAlarmStore(documents, 'alarms')],
  ['memory', new MemoryAlarmStore()],
])('the alarm store in %s', (_name, store) => {
  test('what record returns is what is read afterwards', async () => {
    const at = fresh();
    const samples = [sample('a'), sample('b', MINUTE - 3, 2.5), sample('c', MINUTE, -7)];
    const examples = [{ minute: MINUTE, activities: [{ who: 'x' }] }];
    const { alarm, duplicates } = await record(store, at, { samples, examples });
    const read = await store.read(at);
    expect(duplicates).toBe(0);
    expect(alarm).toMatchObject({ identity: at, rev: 1, rulesVersion: 5, uncounted: 0, examples });
    expect(byId(alarm)).toEqual(byId({ samples }));
    expect({ ...read, samples: byId(read) }).toEqual({ ...alarm, samples: byId(alarm) });
  });

  test('the same samples again, in any order and any batches, leave the same samples', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(fc.record({ event: fc.constantFrom('a', 'b', 'c', 'd'), back: fc.nat(3) }), { minLength: 1 }),
          { minLength: 1, maxLength: 4 },
        ),
        async (batches) => {
          const at = fresh();
          for (const batch of [...batches, ...batches.toReversed()]) {
            const samples = batch.map(({ event, back }) => sample(event, MINUTE - back));
            await record(store, at, { samples: distinctSamples(samples) });
          }
          const read = await store.read(at);
          const oracle = distinctSamples(batches.flat().map(({ event, back }) => sample(event, MINUTE - back)));
          expect(byId({ samples: distinctSamples(read?.samples ?? []) })).toEqual(byId({ samples: oracle }));
        },
      ),
      { numRuns: 15 },
    );
  });

  test('samples that the alarm had already are reported', async () => {
    const { identity: at } = await recorded(store);
    const samples = [sample('a', MINUTE + 1), sample('b')];
    expect((await record(store, at, { samples })).duplicates).toBe(1);
  });

  test('the first examples of each minute are kept until they are spent', async () => {
    const examples = (name: string) => [{ minute: MINUTE, activities: [name] }];
    const { identity: at } = await recorded(store, fresh(), { examples: examples('first') });
    const second = await recorded(store, at, { samples: [sample('b')], examples: examples('second') });
    expect(second.examples).toEqual(examples('first'));
    expect(await store.write(second, step({}, { spentExamples: [MINUTE] }), 5)).toBe(true);
    const third = await recorded(store, at, { samples: [sample('c')], examples: examples('third') });
    expect(third.examples).toEqual(examples('third'));
  });

  test('a minute takes samples up to its cap, and what comes on top is counted as uncounted', async () => {
    const at = fresh();
    const events = (from: number, count: number) => Array.from({ length: count }, (_, i) => sample(`e${from + i}`));
    const first = await record(store, at, { samples: events(0, 5), minuteCap: 3 });
    expect([first.alarm?.samples.length, first.alarm?.uncounted, first.uncounted]).toEqual([3, 2, 2]);
    const second = await record(store, at, { samples: events(10, 4), minuteCap: 3 });
    expect(second).toEqual({ alarm: undefined, duplicates: 0, uncounted: 4 });
    const third = await record(store, at, { samples: [...events(20, 2), sample('next', MINUTE + 1)], minuteCap: 3 });
    expect(third.alarm?.samples.length).toBe(4);
    expect(third.uncounted).toBe(2);
    const read = await store.read(at);
    expect(read?.samples.length).toBe(4);
    expect(read && (await store.write(read, step({}, { resetsUncounted: true }), 5))).toBe(true);
    expect((await store.read(at))?.uncounted).toBe(0);
  });

  test('a recording without samples makes the alarm, due at once', async () => {
    const at = fresh();
    expect((await recorded(store, at, { samples: [] })).samples).toEqual([]);
    expect(await dueKeys(store, NOW_MS)).toContain(alarmKey(at));
  });

  test('a rule’s groups of a day are admitted up to its limit, and those that were stay so', async () => {
    const { rule } = fresh();
    const admit = (group: string, day = '2026-03-11') => store.admitGroup({ rule, group: [group] }, day, 2);
    expect([await admit('a'), await admit('b'), await admit('c'), await admit('a')]).toEqual([true, true, false, true]);
    expect(await admit('c', '2026-03-12')).toBe(true);
  });

  test('dropped samples go one by one', async () => {
    const at = fresh();
    const samples = [sample('a'), sample('b'), sample('a', MINUTE + 2), sample('c', MINUTE + 2, 2.5)];
    const alarm = await recorded(store, at, { samples });
    const dropped = alarm.samples.filter(({ id, minute }) => id === sampleId('a') && minute > MINUTE);
    expect(await store.write(alarm, step({}, { droppedSamples: dropped }), 5)).toBe(true);
    const kept = [sample('a'), sample('b'), sample('c', MINUTE + 2, 2.5)];
    expect(byId(await store.read(at))).toEqual(byId({ samples: kept }));
  });

  test('what is written is read again, to the letter', async () => {
    const alarm = await recorded(store);
    const told = { notification: owed(1), sentAtMs: NOW_MS };
    const lease = { number: 2, untilMs: NOW_MS };
    const changes = { owed: owed(2, 'OK'), told, lease, withheldSinceMs: NOW_MS, toldActors: ['0123456789ab'] };
    expect(await store.write(alarm, step(changes), 6)).toBe(true);
    const read = await store.read(alarm.identity);
    expect(read).toMatchObject({ rev: 2, rulesVersion: 6 });
    expect(read?.standing).toEqual(step(changes).standing);
  });

  test('a write on an alarm that has moved on since it was read does nothing', async () => {
    const alarm = await recorded(store);
    await record(store, alarm.identity, { samples: [sample('b')] });
    expect(await store.write(alarm, step(), 5)).toBe(false);
    expect((await store.read(alarm.identity))?.standing).toBeUndefined();
  });

  test('rules older than those that settled an alarm cannot write it', async () => {
    const alarm = await recorded(store);
    expect(await store.write(alarm, step(), 7)).toBe(true);
    const read = await store.read(alarm.identity);
    expect(read && (await store.write(read, step({ state: 'OK' }), 6))).toBe(false);
    const again = await recorded(store, alarm.identity, { samples: [sample('b')], rulesVersion: 6 });
    expect(again.rulesVersion).toBe(7);
  });

  test('closed minutes are dropped with their samples', async () => {
    const alarm = await recorded(store);
    const both = await recorded(store, alarm.identity, { samples: [sample('old', MINUTE - 500)] });
    await store.write(both, step({}, { closedMinutes: [MINUTE - 500] }), 5);
    expect((await store.read(alarm.identity))?.samples).toEqual([sample('a')]);
  });

  test('telling frees the slot and the lease, and telling again changes nothing', async () => {
    const alarm = await recorded(store);
    await store.write(alarm, step(), 5);
    const told = { notification: owed(1), sentAtMs: NOW_MS };
    await store.markTold(alarm.identity, told);
    const once = await store.read(alarm.identity);
    await store.markTold(alarm.identity, told);
    expect(once?.standing).toMatchObject({ told });
    expect(once?.standing).not.toHaveProperty('owed');
    expect(once?.standing).not.toHaveProperty('lease');
    expect(await store.read(alarm.identity)).toEqual(once);
  });

  test('telling an old number leaves the notification that took its place', async () => {
    const alarm = await recorded(store);
    await store.write(alarm, step({ owed: owed(2), lease: { number: 1, untilMs: NOW_MS } }), 5);
    await store.markTold(alarm.identity, { notification: owed(1, 'OK'), sentAtMs: NOW_MS });
    const read = await store.read(alarm.identity);
    expect(read?.standing?.owed?.number).toBe(2);
    expect(read?.standing?.told?.notification.number).toBe(1);
    expect(read?.standing).not.toHaveProperty('lease');
  });

  test('telling a number that another sender has taken over does nothing', async () => {
    const alarm = await recorded(store);
    await store.write(alarm, step({ owed: owed(3), lease: { number: 3, untilMs: NOW_MS } }), 5);
    const before = await store.read(alarm.identity);
    await store.markTold(alarm.identity, { notification: owed(2, 'OK'), sentAtMs: NOW_MS });
    expect(await store.read(alarm.identity)).toEqual(before);
  });

  test('a recording is due at once, a settled alarm at its time, and one with nothing to do never', async () => {
    const alarm = await recorded(store);
    const key = alarmKey(alarm.identity);
    expect(await dueKeys(store, NOW_MS)).toContain(key);
    await store.write(alarm, step({ dueMs: NOW_MS + 5 * MINUTE_MS }), 5);
    expect(await dueKeys(store, NOW_MS + MINUTE_MS)).not.toContain(key);
    expect(await dueKeys(store, NOW_MS + 5 * MINUTE_MS)).toContain(key);
    const read = await store.read(alarm.identity);
    const { dueMs, owed: unsent, lease, ...quiet } = standing;
    if (read !== undefined) await store.write(read, { ...step(), standing: { ...quiet, expiresAtMs: NOW_MS } }, 5);
    expect(await dueKeys(store, NOW_MS * 2)).not.toContain(key);
    await record(store, alarm.identity, { samples: [sample('b')] });
    expect((await store.read(alarm.identity))?.standing).not.toHaveProperty('expiresAtMs');
    expect(await dueKeys(store, NOW_MS)).toContain(key);
  });
});

test('a write whose answer is lost is made once: the retry finds the alarm moved on', async () => {
  const store = new DynamoDbAlarmStore(documents, 'alarms');
  const alarm = await recorded(store);
  dynamoDb.injectFault({ operation: 'UpdateItem', kind: 'lost answer', times: 1 });
  expect(await store.write(alarm, step(), 5)).toBe(false);
  expect((await store.read(alarm.identity))?.rev).toBe(2);
});

test('an item that is no alarm is reported, and the alarms beside it are settled', async () => {
  const store = new DynamoDbAlarmStore(documents, 'alarms');
  const { identity: at } = await recorded(store);
  for (const shard of [0, 1, 2, 3]) {
    await documents.send(new PutCommand({ TableName: 'alarms', Item: { alarm: `poison-${shard}`, shard, due: 1 } }));
  }
  const [unreadable, keys]: [string[], string[]] = [[], []];
  for await (const alarm of store.due(NOW_MS, (key) => unreadable.push(key))) keys.push(alarmKey(alarm.identity));
  expect(unreadable.sort()).toEqual(['poison-0', 'poison-1', 'poison-2', 'poison-3']);
  expect(keys).toContain(alarmKey(at));
});

test('the answer on a group is the same from a process that asks for the first time', async () => {
  const { rule } = fresh();
  for (const expected of [true, true, false]) {
    const store = new DynamoDbAlarmStore(documents, 'alarms');
    expect(await store.admitGroup({ rule, group: [String(expected && names++)] }, '2026-03-11', 2)).toBe(expected);
  }
});

test('a recording whose answer is lost is made again and counts once', async () => {
  const store = new DynamoDbAlarmStore(documents, 'alarms');
  const at = fresh();
  dynamoDb.injectFault({ operation: 'UpdateItem', kind: 'lost answer', times: 1 });
  const alarm = await recorded(store, at);
  expect(alarm.samples).toEqual([sample('a')]);
});

function byId(alarm: Pick<Alarm, 'samples'> | undefined) {
  return (alarm?.samples ?? []).toSorted((a, b) => (a.id < b.id || (a.id === b.id && a.minute < b.minute) ? -1 : 1));
}
