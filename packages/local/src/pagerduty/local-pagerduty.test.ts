import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { isJsonObject, type JsonObject, parseJson } from '@trailbell/core/json';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Clock } from '../clock/clock.ts';
import { listenOnLoopback, type LocalSns, startSns, stopServer } from '../sns/index.ts';
import { type EndpointForm, type LocalPagerDuty, type PagerDutyEvent, startPagerDuty } from './index.ts';

const START_MS = Date.UTC(2026, 2, 1, 12);
const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:123456789012:undelivered';

let clock: Clock;
let sns: LocalSns;
let pagerDuty: LocalPagerDuty;
let client: SNSClient;
let topicArn: string;
let events: PagerDutyEvent[];

beforeEach(async () => {
  clock = new Clock(START_MS);
  sns = await startSns({ clock, region: 'eu-west-1', accountId: '123456789012' });
  pagerDuty = await startPagerDuty({
    clock,
    certificateAgent: sns.certificateAgent,
    integrationKeys: ['service', 'Rorchestration'],
  });
  events = [];
  pagerDuty.onChange((event) => events.push(event));
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
  client = new SNSClient({ region: 'eu-west-1', endpoint: sns.endpoint, maxAttempts: 1, credentials });
  topicArn = (await client.send(new CreateTopicCommand({ Name: 'alarms' }))).TopicArn ?? '';
});

afterEach(async () => {
  client.destroy();
  await Promise.all([sns.stop(), pagerDuty.stop()]);
});

async function subscribe(key = 'service', form: EndpointForm = 'service', attributes = {}): Promise<void> {
  await client.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'http',
      Endpoint: pagerDuty.url(key, form),
      Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: QUEUE_ARN }), ...attributes },
    }),
  );
  await clock.settled();
}

async function tell(state: string, alarmName = 'root-login', subject = `${state}: "${alarmName}"`): Promise<void> {
  const Message = JSON.stringify({ AlarmName: alarmName, NewStateValue: state, who: 'alice' });
  await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message }));
  await clock.settled();
}

/** What became of each request, without the confirmations. */
function outcomes(): readonly string[] {
  return events.flatMap((event) =>
    event.kind === 'confirmed' ? [] : ['reason' in event ? `${event.kind} ${event.reason}` : event.kind],
  );
}

/** A signed notification as SNS sends it, taken down on its way. */
async function signedNotification(): Promise<JsonObject> {
  let body = '';
  const server = createServer((incoming, response) => {
    void text(incoming).then((received) => {
      body = received;
      response.end();
    });
  });
  const endpoint = `http://127.0.0.1:${await listenOnLoopback(server)}/`;
  await client.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'http', Endpoint: endpoint }));
  await clock.settled();
  const confirmation = parseJson(body);
  await fetch(isJsonObject(confirmation) ? String(confirmation.SubscribeURL) : '');
  await tell('ALARM');
  await stopServer(server);
  const notification = parseJson(body);
  if (!isJsonObject(notification) || notification.Type !== 'Notification') throw new Error(`Not delivered: ${body}`);
  return notification;
}

async function post(url: string, body: string, headers: IncomingHttpHeaders = {}): Promise<number> {
  const status = await new Promise<number>((resolve, reject) => {
    request(url, { method: 'POST', headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(body);
  });
  await clock.settled();
  return status;
}

test.for([
  ['service', 'service'],
  ['Rorchestration', 'orchestration'],
] as const)('an alarm rings and ends through the endpoint of integration %s', async ([key, form]) => {
  await subscribe(key, form);
  const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  expect(Subscriptions?.[0]?.SubscriptionArn).not.toBe('PendingConfirmation');
  await tell('ALARM');
  await clock.advanceTo(START_MS + 60_000);
  await tell('ALARM');
  await clock.advanceTo(START_MS + 300_000);
  await tell('OK');
  expect(pagerDuty.incidents()).toMatchObject([
    {
      integrationKey: key,
      dedupKey: 'root-login',
      title: 'ALARM: "root-login"',
      openedAtMs: START_MS,
      resolvedAtMs: START_MS + 300_000,
      alerts: [{ atMs: START_MS, details: { who: 'alice' } }, { atMs: START_MS + 60_000 }],
      resolution: { title: 'OK: "root-login"', details: { who: 'alice' } },
    },
  ]);
  expect(events[0]).toEqual({ kind: 'confirmed', atMs: START_MS, integrationKey: key, topicArn });
  expect(outcomes()).toEqual(['opened', 'merged', 'resolved']);
});

test('signature version 2 is accepted as well', async () => {
  await client.send(
    new SetTopicAttributesCommand({ TopicArn: topicArn, AttributeName: 'SignatureVersion', AttributeValue: '2' }),
  );
  await subscribe();
  await tell('ALARM');
  expect(outcomes()).toEqual(['opened']);
});

test('what PagerDuty drops it takes, keeps quiet about, and lists here', async () => {
  await subscribe();
  await tell('OK');
  await tell('ALARM', 'a', 'Alarm: a');
  await tell('ALARM', 'a', 'OK: a');
  await client.send(new PublishCommand({ TopicArn: topicArn, Subject: 'ALARM: a', Message: 'not JSON' }));
  await clock.settled();
  expect(pagerDuty.dropped().map(({ reason, message }) => [reason, message.subject])).toEqual([
    ['nothing-to-resolve', 'OK: "root-login"'],
    ['subject-does-not-start-with-a-state', 'Alarm: a'],
    ['subject-disagrees-with-new-state-value', 'OK: a'],
    ['message-is-not-a-json-object', 'ALARM: a'],
  ]);
  expect(pagerDuty.incidents()).toEqual([]);
  expect(sns.deadLetters(QUEUE_ARN)).toEqual([]);
});

test('INSUFFICIENT_DATA opens and never resolves', async () => {
  await subscribe();
  await tell('INSUFFICIENT_DATA');
  await tell('ALARM');
  await tell('INSUFFICIENT_DATA');
  expect(outcomes()).toEqual(['opened', 'merged', 'merged']);
});

test('a message that SNS delivers twice is one alert more, and after the OK a new incident', async () => {
  await subscribe();
  sns.faults.doubleDeliveries(({ subject }) => subject?.startsWith('ALARM') === true);
  await tell('ALARM');
  expect(outcomes()).toEqual(['opened', 'merged']);
  expect(new Set(pagerDuty.incidents()[0]?.alerts.map(({ snsMessageId }) => snsMessageId)).size).toBe(1);

  sns.faults.holdDeliveries(({ subject, message }) => subject === 'ALARM: late' && message.includes('late'), 30_000);
  await tell('ALARM', 'late', 'ALARM: late');
  await tell('OK', 'late');
  await clock.advanceTo(START_MS + 60_000);
  expect(outcomes().slice(2)).toEqual(['dropped nothing-to-resolve', 'opened', 'merged']);
});

test.for<[string, (message: JsonObject) => JsonObject]>([
  ['an altered message', (message) => ({ ...message, Message: String(message.Message).replace('alice', 'bob') })],
  ['an altered subject', (message) => ({ ...message, Subject: 'OK: "root-login"' })],
  ['another topic', (message) => ({ ...message, TopicArn: `${String(message.TopicArn)}2` })],
  ['another time', (message) => ({ ...message, Timestamp: '2026-03-01T12:00:01.000Z' })],
  ['another signature version', (message) => ({ ...message, SignatureVersion: '2' })],
  ['an unknown signature version', (message) => ({ ...message, SignatureVersion: '3' })],
  ['a signature that is none', (message) => ({ ...message, Signature: 'AAAA' })],
  ['a certificate from elsewhere', (message) => ({ ...message, SigningCertURL: 'https://example.com/a.pem' })],
  [
    'a certificate that SNS does not have',
    (message) => ({ ...message, SigningCertURL: String(message.SigningCertURL).replace(/-[0-9a-f]{4}/, '-0000') }),
  ],
])('%s is refused as a bad signature', async ([, alter]) => {
  const message = await signedNotification();
  expect(await post(pagerDuty.url('service'), JSON.stringify(alter(message)))).toBe(403);
  expect(outcomes()).toEqual(['rejected bad-signature']);
  expect(await post(pagerDuty.url('service'), JSON.stringify(message))).toBe(202);
  expect(outcomes()).toEqual(['rejected bad-signature', 'opened']);
});

test.for<[string, unknown]>([
  ['text', 'hello'],
  ['a list', []],
  ['an alarm without its envelope', { AlarmName: 'a', NewStateValue: 'ALARM' }],
  ['an envelope without a signature', { Type: 'Notification', MessageId: 'a', TopicArn: 'b', Message: '{}' }],
  [
    'an envelope of another type',
    {
      Type: 'UnsubscribeConfirmation',
      ...{ MessageId: 'a', TopicArn: 'b', Message: '{}', Timestamp: 'c', SignatureVersion: '1' },
      ...{ Signature: 'd', SigningCertURL: 'e', SubscribeURL: 'f', Token: 'g' },
    },
  ],
])('%s is refused: it is not from SNS', async ([, body]) => {
  expect(await post(pagerDuty.url('service'), JSON.stringify(body))).toBe(400);
  expect(outcomes()).toEqual(['rejected not-from-sns']);
});

test('raw delivery is refused, and SNS gives it up at once', async () => {
  await subscribe('service', 'service', { RawMessageDelivery: 'true' });
  await tell('ALARM');
  expect(outcomes()).toEqual(['rejected not-from-sns']);
  expect(sns.deadLetters(QUEUE_ARN)).toMatchObject([{ attributes: { ErrorMessage: 'HTTP 400' } }]);
});

test('an unknown integration key is refused, so its subscription is never confirmed', async () => {
  await subscribe('unknown');
  expect(outcomes()).toEqual(['rejected unknown-integration-key']);
  const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  expect(Subscriptions?.[0]?.SubscriptionArn).toBe('PendingConfirmation');
});

test('a confirmation that comes too late fails, and is tried again', async () => {
  sns.faults.holdDeliveries(({ attempt }) => attempt === 1, 2 * 24 * 3600 * 1000);
  await subscribe();
  await clock.advanceTo(START_MS + 3 * 24 * 3600 * 1000);
  expect(outcomes()).toEqual(Array(4).fill('rejected subscribe-url-failed'));
});

test('other paths and methods are not there', async () => {
  expect(await post(pagerDuty.url('service').replace('enqueue', 'x'), '{}')).toBe(404);
  expect((await fetch(pagerDuty.url('service'))).status).toBe(404);
  expect(events).toEqual([]);
});

test('an outage shorter than the retries delays the alarm', async () => {
  await subscribe();
  pagerDuty.suffer({ kind: 'status', status: 503 }, START_MS + 30_000);
  await tell('ALARM');
  await clock.advanceTo(START_MS + 120_000);
  expect(outcomes()).toEqual(['rejected unavailable', 'rejected unavailable', 'opened']);
  expect(pagerDuty.incidents()[0]?.openedAtMs).toBe(START_MS + 40_000);
});

test('an outage longer than the retries leaves the alarm in the dead-letter queue', async () => {
  await subscribe();
  pagerDuty.suffer({ kind: 'status', status: 503 });
  await tell('ALARM');
  await clock.advanceTo(START_MS + 120_000);
  expect(pagerDuty.incidents()).toEqual([]);
  expect(sns.deadLetters(QUEUE_ARN)).toMatchObject([{ atMs: START_MS + 60_000 }]);
  pagerDuty.recover();
  await tell('ALARM');
  expect(pagerDuty.incidents()).toHaveLength(1);
});

test('an alarm that is retried past its OK opens an incident that nothing ends', async () => {
  await subscribe();
  pagerDuty.suffer({ kind: 'status', status: 503 }, START_MS + 5_000);
  await tell('ALARM');
  await clock.advanceTo(START_MS + 10_000);
  await tell('OK');
  await clock.advanceTo(START_MS + 120_000);
  expect(outcomes()).toEqual(['rejected unavailable', 'dropped nothing-to-resolve', 'opened']);
  expect(pagerDuty.incidents()[0]?.resolvedAtMs).toBeUndefined();
});

test.for([
  [true, 2],
  [false, 1],
] as const)('a timeout that takes effect (%s) makes %i alerts of one message', async ([takesEffect, count]) => {
  await subscribe();
  pagerDuty.suffer({ kind: 'timeout', takesEffect }, START_MS + 1);
  await tell('ALARM');
  await clock.advanceTo(START_MS + 120_000);
  expect(pagerDuty.incidents()).toHaveLength(1);
  expect(pagerDuty.incidents()[0]?.alerts).toHaveLength(count);
});

test('a slow answer is an answer', async () => {
  await subscribe();
  pagerDuty.suffer({ kind: 'slow', durationMs: 14_000 });
  const delivered: number[] = [];
  sns.onDelivery(({ kind, atMs }) => {
    if (kind === 'delivered') delivered.push(atMs);
  });
  await tell('ALARM');
  await clock.advanceTo(START_MS + 120_000);
  expect(outcomes()).toEqual(['opened']);
  expect(delivered).toEqual([START_MS + 14_000]);
});

test('a sender that dies in the middle of a delivery disturbs nobody', async () => {
  const headers = { 'content-length': 100, expect: '100-continue' };
  const sender = request(pagerDuty.url('service'), { method: 'POST', headers });
  sender.on('error', () => undefined).flushHeaders();
  await once(sender, 'continue');
  sender.destroy();
  await clock.settled();
  await subscribe();
  await tell('ALARM');
  expect(outcomes()).toEqual(['opened']);
});

test('an observer that left is told no more', async () => {
  const seen: string[] = [];
  const leave = pagerDuty.onChange(({ kind }) => seen.push(kind));
  await subscribe();
  leave();
  await tell('ALARM');
  expect(seen).toEqual(['confirmed']);
});

test('what an observer throws reaches whoever drives the clock, and the delivery is retried', async () => {
  await subscribe();
  const leave = pagerDuty.onChange(() => {
    throw new Error('broken observer');
  });
  await expect(tell('ALARM')).rejects.toThrow('broken observer');
  leave();
  await clock.advanceTo(START_MS + 120_000);
  expect(outcomes()).toEqual(['opened', 'merged']);
});
