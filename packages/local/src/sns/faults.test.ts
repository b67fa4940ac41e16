import { afterEach, beforeEach, expect, test } from 'vitest';
import { START_MS, startScenario, type Scenario } from './scenario.ts';

let clock: Scenario['clock'];
let sns: Scenario['sns'];
let subscriber: Scenario['subscriber'];
let subscribe: Scenario['subscribe'];
let publish: Scenario['publish'];
let stop: Scenario['stop'];

beforeEach(async () => {
  ({ clock, sns, subscriber, subscribe, publish, stop } = await startScenario());
});

afterEach(() => stop());

test.for([
  ['Throttled', 'ThrottledException', 429],
  ['InternalError', 'InternalErrorException', 500],
  ['AuthorizationError', 'AuthorizationErrorException', 403],
  ['KMSThrottling', 'KMSThrottlingException', 400],
] as const)('a publish can be made to fail with %s', async ([code, name, status]) => {
  await subscribe();
  sns.faults.failPublishes(2, { kind: 'refused', code });
  for (let i = 0; i < 2; i++)
    await expect(publish()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  await publish();
  await clock.settled();
  expect(subscriber.notifications).toHaveLength(1);
});

test.for([
  [true, 1],
  [false, 0],
] as const)('a connection dropped while publishing (takes effect: %s) delivers %i', async ([takesEffect, count]) => {
  await subscribe();
  sns.faults.failPublishes(1, { kind: 'connection-dropped', takesEffect });
  await expect(publish()).rejects.toThrow();
  await clock.settled();
  expect(subscriber.notifications).toHaveLength(count);
});

test('a delivery can be held up, failed and doubled by predicate', async () => {
  await subscribe();
  const stops = [
    sns.faults.holdDeliveries(({ message, attempt }) => message === 'held' && attempt === 1, 90_000),
    sns.faults.failDeliveries(({ message, attempt }) => message === 'timed out' && attempt <= 2, { kind: 'timed-out' }),
    sns.faults.failDeliveries(({ subject }) => subject === 'lost', { kind: 'unreachable' }),
    sns.faults.doubleDeliveries(({ message }) => message === 'doubled'),
  ];
  await publish('held');
  await publish('timed out');
  await publish('lost', 'lost');
  await publish('doubled');
  await clock.advanceTo(START_MS + 3_600_000);
  expect(subscriber.notifications.map(({ atMs, json }) => [json.Message, (atMs - START_MS) / 1000])).toEqual([
    ['doubled', 0],
    ['doubled', 0],
    ['timed out', 70],
    ['held', 90],
  ]);
  expect(subscriber.notifications[0]?.json.MessageId).toBe(subscriber.notifications[1]?.json.MessageId);
  expect(sns.dropped()).toHaveLength(1);
  for (const stop of stops) stop();
  for (const message of ['held', 'timed out', 'doubled']) await publish(message);
  await publish('found', 'lost');
  await clock.settled();
  expect(subscriber.notifications).toHaveLength(8);
});
