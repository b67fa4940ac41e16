import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { LogEvent } from '@trailbell/core/logs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Clock } from '../clock/clock.ts';
import { MAX_PAYLOAD_BYTES } from '../lambda/index.ts';
import { LogGroup, MAX_CLOUDTRAIL_EVENT_BYTES, MAX_LOG_EVENT_BYTES } from './index.ts';
import type { SubscriptionPayload, SubscriptionSettings } from './index.ts';

const START_MS = Date.UTC(2026, 5, 1);

interface Delivery {
  readonly atMs: number;
  readonly functionName: string;
  readonly bytes: number;
  readonly batch: {
    readonly messageType: string;
    readonly owner: string;
    readonly logGroup: string;
    readonly logStream: string;
    readonly subscriptionFilters: readonly string[];
    readonly logEvents: readonly LogEvent[];
  };
}

/** A log group whose subscriber writes down what it gets, past the probe. */
async function subscribed(settings: Partial<SubscriptionSettings> = {}, maxEventBytes?: number) {
  const clock = new Clock(START_MS);
  const all: Delivery[] = [];
  const logGroup = new LogGroup({
    clock,
    logGroupName: 'trail',
    accountId: '444455556666',
    ...(maxEventBytes === undefined ? {} : { maxEventBytes }),
  });
  const subscription = logGroup.subscribe({
    filterName: 'trailbell',
    functionName: 'matcher',
    lambda: {
      invokeAsync(functionName, payload) {
        const json = gunzipSync(Buffer.from((payload as SubscriptionPayload).awslogs.data, 'base64')).toString();
        const bytes = Buffer.byteLength(JSON.stringify(payload));
        all.push({ atMs: clock.nowMs(), functionName, bytes, batch: JSON.parse(json) as Delivery['batch'] });
        return 'request';
      },
    },
    ...settings,
  });
  await clock.advanceTo(START_MS + (settings.delayMs ?? 0) + (settings.shuffle?.windowMs ?? 0));
  const [probe, ...rest] = all.splice(0);
  expect(rest).toEqual([]);
  return { clock, logGroup, subscription, probe, deliveries: all };
}

function messages(deliveries: readonly Delivery[]): readonly (readonly string[])[] {
  return deliveries.map(({ batch }) => batch.logEvents.map(({ message }) => message));
}

test('a new subscription is probed with a control message', async () => {
  const { probe } = await subscribed();
  expect(probe?.functionName).toBe('matcher');
  expect(probe?.batch).toMatchObject({
    messageType: 'CONTROL_MESSAGE',
    owner: 'CloudwatchLogs',
    logGroup: '',
    logStream: '',
    subscriptionFilters: [],
  });
});

test('events of one stream travel together, in the order in which they were put, when the batch time is over', async () => {
  const { clock, logGroup, deliveries } = await subscribed({ batchAfterMs: 2_000 });
  const first = logGroup.putLogEvents('a', [{ message: 'one' }, { message: 'two', timestamp: 7, id: 'given' }]);
  await clock.advanceTo(START_MS + 1_999);
  logGroup.putLogEvents('a', [{ message: 'three' }]);
  expect(deliveries).toEqual([]);
  await clock.advanceTo(START_MS + 2_000);
  expect(deliveries).toHaveLength(1);
  expect(deliveries[0]?.batch).toEqual({
    messageType: 'DATA_MESSAGE',
    owner: '444455556666',
    logGroup: 'trail',
    logStream: 'a',
    subscriptionFilters: ['trailbell'],
    logEvents: [...first, { id: expect.any(String) as string, timestamp: START_MS + 1_999, message: 'three' }],
  });
  expect(first[1]).toEqual({ id: 'given', timestamp: 7, message: 'two' });
  logGroup.putLogEvents('a', [{ message: 'four' }]);
  await clock.advanceTo(START_MS + 10_000);
  expect(messages(deliveries)).toEqual([['one', 'two', 'three'], ['four']]);
});

test('streams do not mix', async () => {
  const { clock, logGroup, deliveries } = await subscribed();
  logGroup.putLogEvents('a', [{ message: 'a1' }]);
  logGroup.putLogEvents('b', [{ message: 'b1' }]);
  logGroup.putLogEvents('a', [{ message: 'a2' }]);
  await clock.advanceTo(START_MS + 60_000);
  expect(messages(deliveries)).toEqual([['a1', 'a2'], ['b1']]);
});

test('ids have 56 digits, are unique, and sort by time', () => {
  const clock = new Clock(START_MS);
  const logGroup = new LogGroup({ clock, logGroupName: 'trail' });
  const timestamps = [START_MS, START_MS, START_MS + 1, START_MS + 86_400_000];
  const ids = logGroup.putLogEvents(
    'a',
    timestamps.map((timestamp) => ({ message: 'm', timestamp })),
  );
  const texts = ids.map(({ id }) => id);
  for (const id of texts) expect(id).toMatch(/^\d{56}$/);
  expect(new Set(texts).size).toBe(4);
  expect(texts.toSorted()).toEqual(texts);
});

test('a full batch leaves at once, and what Lambda gets stays under its limit even where nothing compresses', async () => {
  const { clock, logGroup, subscription, deliveries } = await subscribed();
  const sent: string[] = [];
  for (let number = 0; number < 40; number++) {
    const message = randomBytes(75_000).toString('base64');
    sent.push(message);
    logGroup.putLogEvents('a', [{ message }]);
  }
  await clock.advanceTo(START_MS);
  expect(deliveries.length).toBeGreaterThanOrEqual(5);
  await clock.advanceTo(START_MS + 60_000);
  expect(messages(deliveries).flat()).toEqual(sent);
  for (const { bytes } of deliveries) expect(bytes).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES.asynchronous);
  expect(subscription.undelivered).toEqual([]);
});

test('a log event that no asynchronous event can hold is kept aside', async () => {
  const { clock, logGroup, subscription, deliveries } = await subscribed();
  // 90 characters at random: 6.5 bits each when compressed, 8.7 in base64, so more than they are.
  const alphabet = Array.from({ length: 92 }, (_, code) => String.fromCharCode(35 + code)).filter(
    (each) => each !== '\\',
  );
  const noise = Array.from(randomBytes(MAX_LOG_EVENT_BYTES), (byte) => alphabet[byte % 90]).join('');
  const large = logGroup.putLogEvents('a', [{ message: noise }]);
  logGroup.putLogEvents('a', [{ message: 'small' }]);
  await clock.advanceTo(START_MS + 60_000);
  expect(subscription.undelivered).toEqual(large);
  expect(messages(deliveries)).toEqual([['small']]);
});

test('an event over the limit is refused, and nothing of its request is put', async () => {
  const { clock, logGroup, deliveries } = await subscribed({}, MAX_CLOUDTRAIL_EVENT_BYTES);
  const put = (message: string) => logGroup.putLogEvents('a', [{ message: 'first' }, { message }]);
  expect(() => put('é'.repeat(MAX_CLOUDTRAIL_EVENT_BYTES / 2) + 'x')).toThrow('InvalidParameterException');
  await clock.advanceTo(START_MS + 60_000);
  expect(deliveries).toEqual([]);
  put('é'.repeat(MAX_CLOUDTRAIL_EVENT_BYTES / 2));
  await clock.advanceTo(START_MS + 120_000);
  expect(deliveries).toHaveLength(1);
});

test('delays hold every batch back, and twice means twice', async () => {
  const { clock, logGroup, deliveries } = await subscribed({
    batchAfterMs: 1_000,
    delayMs: 30_000,
    deliversTwice: true,
  });
  const putAtMs = clock.nowMs();
  logGroup.putLogEvents('a', [{ message: 'm' }]);
  await clock.advanceTo(putAtMs + 60_000);
  expect(deliveries.map(({ atMs }) => atMs - putAtMs)).toEqual([31_000, 31_000]);
  expect(deliveries[0]?.batch).toEqual(deliveries[1]?.batch);
});

test('shuffled batches overtake each other within the window, the same way for the same seed', async () => {
  const run = async (seed: number) => {
    const windowMs = 60_000;
    const { clock, logGroup, deliveries } = await subscribed({ batchAfterMs: 0, shuffle: { seed, windowMs } });
    for (let number = 0; number < 20; number++) {
      logGroup.putLogEvents('a', [{ message: String(number) }]);
      await clock.advanceTo(clock.nowMs() + 1_000);
    }
    await clock.advanceTo(clock.nowMs() + windowMs);
    const waitsMs = deliveries.map(({ atMs, batch }) => atMs - (batch.logEvents[0]?.timestamp ?? Infinity));
    expect(Math.max(...waitsMs)).toBeLessThan(windowMs);
    return messages(deliveries).flat();
  };
  const inOrder = Array.from({ length: 20 }, (_, number) => String(number));
  const seen = await run(1);
  expect(seen).not.toEqual(inOrder);
  expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(inOrder);
  expect(await run(1)).toEqual(seen);
  expect(await run(2)).not.toEqual(seen);
});

test('whatever is put arrives once, complete and in batches of one stream', async () => {
  const puts = fc.array(
    fc.record({ stream: fc.constantFrom('a', 'b', 'c'), message: fc.string(), waitMs: fc.nat(3_000) }),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(puts, fc.integer({ min: 100, max: 1_000 }), async (all, maxBatchBytes) => {
      const { clock, logGroup, deliveries } = await subscribed({ batchAfterMs: 1_000, maxBatchBytes });
      for (const { stream, message, waitMs } of all) {
        logGroup.putLogEvents(stream, [{ message }]);
        await clock.advanceTo(clock.nowMs() + waitMs);
      }
      await clock.advanceTo(clock.nowMs() + 10_000);
      for (const stream of ['a', 'b', 'c']) {
        const arrived = deliveries.filter(({ batch }) => batch.logStream === stream);
        expect(messages(arrived).flat()).toEqual(all.filter((put) => put.stream === stream).map((put) => put.message));
      }
      for (const { batch } of deliveries) {
        if (batch.logEvents.length === 1) continue;
        expect(Buffer.byteLength(JSON.stringify(batch.logEvents))).toBeLessThanOrEqual(maxBatchBytes + 2);
      }
    }),
    { numRuns: 60 },
  );
});
