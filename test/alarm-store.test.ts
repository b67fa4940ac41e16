import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  MINUTE_MS,
  alarmKey,
  distinctSamples,
  minuteOf,
  sampleId,
  type Alarm,
  type OwedNotification,
  type SettleStep,
  type Standing,
} from '@trailbell/core/alarm';
import { DynamoDbAlarmStore } from '@trailbell/functions/adapters/dynamodb-alarm-store';
import { MemoryAlarmStore } from '@trailbell/functions/adapters/memory-alarm-store';
import type { AlarmStore } from '@trailbell/functions/alarms/alarm-store';
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
  episode: { alarmName: 'name', severity: 'error', count: 1, firstMs: NOW_MS, lastMs: NOW_MS, examples: [{ a: 1 }] },
});
const standing: Standing = {
  state: 'ALARM',
  stateSinceMs: NOW_MS,
  owed: owed(1),
  lease: { number: 1, untilMs: NOW_MS + 30_000 },
  toldIntervals: [{ fromMinute: MINUTE, toMinute: MINUTE }],
  dueMs: NOW_MS + 30_000,
};
const step = (changes: Partial<Standing> = {}, rest: Partial<SettleStep> = {}): SettleStep => ({
  standing: { ...standing, ...changes },
  closedMinutes: [],
  dropsExamples: false,
  ...rest,
});

/** A name that no other test uses: the stores live as long as the file. */
let names = 0;
const fresh = () => identity(`rule-${++names}`);

async function dueKeys(store: AlarmStore, nowMs: number): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const alarm of store.due(nowMs)) keys.push(alarmKey(alarm.identity));
  return keys;
}

async function recorded(store: AlarmStore, at = fresh()): Promise<Alarm> {
  return (await store.record({ identity: at, samples: [sample('a')], examples: ['first'] }, NOW_MS, 5)).alarm;
}

describe.each<readonly [string, AlarmStore]>([
  ['DynamoDB', new DynamoDbAlarmStore(documents, 'alarms')],
  ['memory', new MemoryAlarmStore()],
])('the alarm store in %s', (_name, store) => {
  test('what record returns is what is read afterwards', async () => {
    const at = fresh();
    const samples = [sample('a'), sample('b', MINUTE - 3, 2.5), sample('c', MINUTE, -7)];
    const { alarm, duplicates } = await store.record({ identity: at, samples, examples: [{ who: 'x' }] }, NOW_MS, 5);
    const read = await store.read(at);
    expect(duplicates).toBe(0);
    expect(alarm).toMatchObject({ identity: at, rev: 1, rulesVersion: 5, examples: [{ who: 'x' }] });
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
            await store.record({ identity: at, samples: distinctSamples(samples), examples: [] }, NOW_MS, 5);
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
    expect((await store.record({ identity: at, samples, examples: [] }, NOW_MS, 5)).duplicates).toBe(1);
  });

  test('the first examples are kept until they are dropped', async () => {
    const { identity: at } = await recorded(store);
    const second = await store.record({ identity: at, samples: [sample('b')], examples: ['second'] }, NOW_MS, 5);
    expect(second.alarm.examples).toEqual(['first']);
    expect(await store.write(second.alarm, step({}, { dropsExamples: true }), 5)).toBe(true);
    const third = await store.record({ identity: at, samples: [sample('c')], examples: ['third'] }, NOW_MS, 5);
    expect(third.alarm.examples).toEqual(['third']);
  });

  test('what is written is read again, to the letter', async () => {
    const alarm = await recorded(store);
    const told = { number: 1, state: 'ALARM' as const, sentAtMs: NOW_MS, episode: owed(1).episode };
    const changes = { owed: owed(2, 'OK'), told, lease: { number: 2, untilMs: NOW_MS } };
    expect(await store.write(alarm, step(changes), 6)).toBe(true);
    const read = await store.read(alarm.identity);
    expect(read).toMatchObject({ rev: 2, rulesVersion: 6 });
    expect(read?.standing).toEqual(step(changes).standing);
  });

  test('a write on an alarm that has moved on since it was read does nothing', async () => {
    const alarm = await recorded(store);
    await store.record({ identity: alarm.identity, samples: [sample('b')], examples: [] }, NOW_MS, 5);
    expect(await store.write(alarm, step(), 5)).toBe(false);
    expect((await store.read(alarm.identity))?.standing).toBeUndefined();
  });

  test('rules older than those that settled an alarm cannot write it', async () => {
    const alarm = await recorded(store);
    expect(await store.write(alarm, step(), 7)).toBe(true);
    const read = await store.read(alarm.identity);
    expect(read && (await store.write(read, step({ state: 'OK' }), 6))).toBe(false);
    const again = await store.record({ identity: alarm.identity, samples: [sample('b')], examples: [] }, NOW_MS, 6);
    expect(again.alarm.rulesVersion).toBe(7);
  });

  test('closed minutes are dropped with their samples', async () => {
    const alarm = await recorded(store);
    const { alarm: both } = await store.record(
      { identity: alarm.identity, samples: [sample('old', MINUTE - 500)], examples: [] },
      NOW_MS,
      5,
    );
    await store.write(both, step({}, { closedMinutes: [MINUTE - 500] }), 5);
    expect((await store.read(alarm.identity))?.samples).toEqual([sample('a')]);
  });

  test('telling frees the slot and the lease, and telling again changes nothing', async () => {
    const alarm = await recorded(store);
    await store.write(alarm, step(), 5);
    const told = { number: 1, state: 'ALARM' as const, sentAtMs: NOW_MS };
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
    await store.markTold(alarm.identity, { number: 1, state: 'OK', sentAtMs: NOW_MS });
    const read = await store.read(alarm.identity);
    expect(read?.standing?.owed?.number).toBe(2);
    expect(read?.standing?.told?.number).toBe(1);
    expect(read?.standing).not.toHaveProperty('lease');
  });

  test('telling a number that another sender has taken over does nothing', async () => {
    const alarm = await recorded(store);
    await store.write(alarm, step({ owed: owed(3), lease: { number: 3, untilMs: NOW_MS } }), 5);
    const before = await store.read(alarm.identity);
    await store.markTold(alarm.identity, { number: 2, state: 'OK', sentAtMs: NOW_MS });
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
    await store.record({ identity: alarm.identity, samples: [sample('b')], examples: [] }, NOW_MS, 5);
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

test('a recording whose answer is lost is made again and counts once', async () => {
  const store = new DynamoDbAlarmStore(documents, 'alarms');
  const at = fresh();
  dynamoDb.injectFault({ operation: 'UpdateItem', kind: 'lost answer', times: 1 });
  const { alarm } = await store.record({ identity: at, samples: [sample('a')], examples: [] }, NOW_MS, 5);
  expect(alarm.samples).toEqual([sample('a')]);
});

function byId(alarm: Pick<Alarm, 'samples'> | undefined) {
  return (alarm?.samples ?? []).toSorted((a, b) => (a.id < b.id || (a.id === b.id && a.minute < b.minute) ? -1 : 1));
}
