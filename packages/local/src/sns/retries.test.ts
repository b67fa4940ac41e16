import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  PublishCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSns } from './index.ts';
import { clientOf, START_MS, startScenario, type Scenario } from './scenario.ts';

const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:123456789012:undelivered';
const REDRIVE = JSON.stringify({ deadLetterTargetArn: QUEUE_ARN });

let clock: Scenario['clock'];
let sns: Scenario['sns'];
let client: Scenario['client'];
let subscriber: Scenario['subscriber'];
let topicArn: Scenario['topicArn'];
let events: Scenario['events'];
let subscribe: Scenario['subscribe'];
let publish: Scenario['publish'];
let stop: Scenario['stop'];

beforeEach(async () => {
  ({ clock, sns, client, subscriber, topicArn, events, subscribe, publish, stop } = await startScenario());
});

afterEach(() => stop());

/** Seconds after the start at which notifications arrived. */
function arrivals(): readonly number[] {
  return subscriber.notifications.map(({ atMs }) => (atMs - START_MS) / 1000);
}

test('by default a failed delivery is tried again three times, 20 seconds apart, with the same body', async () => {
  await subscribe();
  subscriber.answerWith(503, 500, 429);
  const messageId = await publish();
  await clock.advanceTo(START_MS + 3_600_000);
  expect(arrivals()).toEqual([0, 20, 40, 60]);
  expect(new Set(subscriber.notifications.map(({ body }) => body)).size).toBe(1);
  expect(events.map((event) => [event.kind, (event.atMs - START_MS) / 1000])).toEqual([
    ['retrying', 0],
    ['retrying', 20],
    ['retrying', 40],
    ['delivered', 60],
  ]);
  expect(events.every((event) => event.attempt.messageId === messageId)).toBe(true);
  expect(sns.dropped()).toEqual([]);
});

test('what fails to the end goes to the dead-letter queue of the subscription', async () => {
  await subscribe({ RedrivePolicy: REDRIVE });
  subscriber.answerWith(503, 503, 503, 503);
  const messageId = await publish('{"a":1}', 'a subject');
  await clock.advanceTo(START_MS + 59_999);
  expect(sns.deadLetters(QUEUE_ARN)).toEqual([]);
  await clock.advanceTo(START_MS + 60_000);
  expect(sns.deadLetters(QUEUE_ARN)).toEqual([
    {
      queueArn: QUEUE_ARN,
      subscriptionArn: expect.stringContaining(topicArn) as string,
      messageId,
      atMs: START_MS + 60_000,
      body: subscriber.notifications[0]?.body,
      attributes: {
        RequestID: expect.any(String) as string,
        ErrorCode: expect.any(String) as string,
        ErrorMessage: 'HTTP 503',
      },
    },
  ]);
  expect(sns.deadLetters('arn:aws:sqs:eu-west-1:123456789012:other')).toEqual([]);
  expect(sns.dropped()).toEqual([]);
});

test('without a dead-letter queue it is dropped, and counted', async () => {
  await subscribe();
  subscriber.answerWith(503, 503, 503, 503);
  await publish();
  await clock.advanceTo(START_MS + 3_600_000);
  expect(arrivals()).toEqual([0, 20, 40, 60]);
  expect(sns.dropped()).toMatchObject([{ kind: 'dropped', reason: 'HTTP 503', attempt: { attempt: 4 } }]);
});

test.for([301, 400, 403, 404, 499])('HTTP %i is final: it is not tried again', async (status) => {
  await subscribe({ RedrivePolicy: REDRIVE });
  subscriber.answerWith(status);
  await publish();
  await clock.advanceTo(START_MS + 3_600_000);
  expect(arrivals()).toEqual([0]);
  expect(sns.deadLetters(QUEUE_ARN)).toMatchObject([{ attributes: { ErrorMessage: `HTTP ${status}` } }]);
});

test('an answer after 15 seconds is a timeout, one just before it is not', async () => {
  await subscribe();
  subscriber.answerWith({ durationMs: 15_000 }, { durationMs: 14_999 });
  await publish();
  await clock.advanceTo(START_MS + 3_600_000);
  expect(arrivals()).toEqual([0, 35]);
  expect(events.map((event) => [event.kind, (event.atMs - START_MS) / 1000])).toEqual([
    ['retrying', 15],
    ['delivered', 49.999],
  ]);
});

test('an endpoint that is not there is retried', async () => {
  await subscribe();
  await subscriber.stop();
  await publish();
  await clock.advanceTo(START_MS + 3_600_000);
  expect(sns.dropped()).toMatchObject([
    { reason: expect.stringContaining('ECONNREFUSED') as string, atMs: START_MS + 60_000 },
  ]);
});

test('an endpoint that never answers has timed out once real time has tried our patience', async () => {
  const impatient = await startSns({ clock, region: 'eu-west-1', accountId: '123456789012', patienceMs: 1000 });
  const publisher = clientOf(impatient.endpoint);
  await publisher.send(new CreateTopicCommand({ Name: 'alarms' }));
  await publisher.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'http', Endpoint: subscriber.url }));
  await clock.settled();
  subscriber.answerWith('hang');
  await publisher.send(new PublishCommand({ TopicArn: topicArn, Message: 'x' }));
  await clock.advanceTo(START_MS + 3_600_000);
  expect(arrivals()).toEqual([0, 35]);
  publisher.destroy();
  await impatient.stop();
});

test("the subscription's delivery policy sets the schedule and the content type", async () => {
  const policy = {
    healthyRetryPolicy: {
      numRetries: 5,
      numNoDelayRetries: 1,
      numMinDelayRetries: 1,
      numMaxDelayRetries: 1,
      minDelayTarget: 10,
      maxDelayTarget: 40,
    },
    requestPolicy: { headerContentType: 'application/json' },
  };
  const arn = await subscribe({ DeliveryPolicy: JSON.stringify(policy) });
  subscriber.answerWith(503, 503, 503, 503, 503, 503);
  await publish();
  await clock.advanceTo(START_MS + 3_600_000);
  expect(arrivals()).toEqual([0, 0, 10, 20, 60, 100]);
  expect(subscriber.notifications[0]?.headers['content-type']).toBe('application/json');
  const { Attributes } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
  expect(JSON.parse(Attributes?.DeliveryPolicy ?? '')).toEqual(policy);
  expect(JSON.parse(Attributes?.EffectiveDeliveryPolicy ?? '')).toMatchObject({
    healthyRetryPolicy: { backoffFunction: 'linear', numRetries: 5 },
  });
});

test("one message's retries hold up no other, so order is lost", async () => {
  await subscribe();
  subscriber.answerWith(503);
  await publish('first');
  await publish('second');
  await clock.advanceTo(START_MS + 3_600_000);
  expect(subscriber.notifications.map(({ json }) => json.Message)).toEqual(['first', 'second', 'first']);
});

test('an unsubscribed endpoint gets no more, not even retries; its UnsubscribeURL unsubscribes', async () => {
  const arn = await subscribe();
  subscriber.answerWith(503);
  await publish();
  await clock.settled();
  await client.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
  await publish();
  await clock.advanceTo(START_MS + 3_600_000);
  expect(arrivals()).toEqual([0]);

  await subscribe();
  await publish();
  await clock.settled();
  await fetch(String(subscriber.notifications.at(-1)?.json.UnsubscribeURL));
  await publish();
  await clock.settled();
  expect(subscriber.notifications).toHaveLength(2);
});
