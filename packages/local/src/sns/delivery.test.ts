import { createVerify } from 'node:crypto';
import { Agent, createServer, get } from 'node:https';
import { text } from 'node:stream/consumers';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSns } from './index.ts';
import { startRecordingSubscriber } from './recording-subscriber.ts';
import { clientOf, START_MS, startScenario, type Scenario } from './scenario.ts';

const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:123456789012:undelivered';

let clock: Scenario['clock'];
let sns: Scenario['sns'];
let client: Scenario['client'];
let subscriber: Scenario['subscriber'];
let topicArn: Scenario['topicArn'];
let subscribe: Scenario['subscribe'];
let publish: Scenario['publish'];
let stop: Scenario['stop'];

beforeEach(async () => {
  ({ clock, sns, client, subscriber, topicArn, subscribe, publish, stop } = await startScenario());
});

afterEach(() => stop());

async function certificate(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      resolve(text(response));
    }).on('error', reject);
  });
}
test('a subscription is confirmed by a visit to its SubscribeURL, and only then gets notifications', async () => {
  const { SubscriptionArn } = await client.send(
    new SubscribeCommand({ TopicArn: topicArn, Protocol: 'http', Endpoint: subscriber.url }),
  );
  expect(SubscriptionArn).toBe('pending confirmation');
  await clock.settled();
  expect(subscriber.confirmations).toHaveLength(1);
  expect(subscriber.confirmations[0]?.headers).toMatchObject({
    'x-amz-sns-message-type': 'SubscriptionConfirmation',
    'x-amz-sns-topic-arn': topicArn,
    'content-type': 'text/plain; charset=UTF-8',
  });
  expect(Object.keys(subscriber.confirmations[0]?.json ?? {})).toEqual([
    'Type',
    'MessageId',
    'Token',
    'TopicArn',
    'Message',
    'SubscribeURL',
    'Timestamp',
    'SignatureVersion',
    'Signature',
    'SigningCertURL',
  ]);
  const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  expect(Subscriptions?.map((each) => each.Endpoint)).toEqual([subscriber.url]);
  expect(Subscriptions?.[0]?.SubscriptionArn).toContain(`${topicArn}:`);
  const again = await client.send(
    new SubscribeCommand({ TopicArn: topicArn, Protocol: 'http', Endpoint: subscriber.url }),
  );
  expect(again.SubscriptionArn).toBe(Subscriptions?.[0]?.SubscriptionArn);
  await clock.settled();
  expect(subscriber.confirmations).toHaveLength(1);
});

test('a subscription that nobody confirms stays pending and gets nothing; its request is no dead letter', async () => {
  const recover = sns.faults.failDeliveries(() => true, { kind: 'status', status: 404 });
  await subscribe({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: QUEUE_ARN }) });
  recover();
  await publish();
  await clock.settled();
  expect(subscriber.notifications).toEqual([]);
  expect(sns.dropped()).toMatchObject([{ reason: 'HTTP 404' }]);
  expect(sns.deadLetters(QUEUE_ARN)).toEqual([]);
  const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  expect(Subscriptions?.[0]?.SubscriptionArn).toBe('PendingConfirmation');
});

test('a deleted topic takes its subscriptions with it', async () => {
  await subscribe();
  await client.send(new DeleteTopicCommand({ TopicArn: topicArn }));
  await client.send(new CreateTopicCommand({ Name: 'alarms' }));
  await publish();
  await clock.settled();
  expect(subscriber.notifications).toEqual([]);
});

test('a token is good for two days', async () => {
  const stop = sns.faults.holdDeliveries(() => true, 2 * 24 * 3600 * 1000);
  await subscribe();
  stop();
  await expect(clock.advanceTo(START_MS + 3 * 24 * 3600 * 1000)).resolves.toBeUndefined();
  const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  expect(Subscriptions?.[0]?.SubscriptionArn).toBe('PendingConfirmation');
});

test('a notification carries what SNS sends, headers and body', async () => {
  const subscriptionArn = await subscribe();
  await clock.advanceTo(START_MS + 1234);
  const { MessageId = '' } = await client.send(
    new PublishCommand({
      TopicArn: topicArn,
      Subject: 'ALARM: "<x> & y" in EU (Ireland)',
      Message: '{"text":"äöü & <b>"}',
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: 'critical' },
        count: { DataType: 'Number', StringValue: '3' },
        digest: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
      },
    }),
  );
  await clock.settled();
  const [received] = subscriber.notifications;
  expect(received?.headers).toMatchObject({
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-message-id': MessageId,
    'x-amz-sns-topic-arn': topicArn,
    'x-amz-sns-subscription-arn': subscriptionArn,
    'content-type': 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
  });
  expect(received?.headers).not.toHaveProperty('x-amz-sns-rawdelivery');
  expect(Object.entries(received?.json ?? {})).toEqual([
    ['Type', 'Notification'],
    ['MessageId', MessageId],
    ['TopicArn', topicArn],
    ['Subject', 'ALARM: "<x> & y" in EU (Ireland)'],
    ['Message', '{"text":"äöü & <b>"}'],
    ['Timestamp', '2026-03-01T12:00:01.234Z'],
    ['SignatureVersion', '1'],
    ['Signature', expect.any(String)],
    [
      'SigningCertURL',
      expect.stringMatching(/^https:\/\/sns\.eu-west-1\.amazonaws\.com\/SimpleNotificationService-[0-9a-f]{32}\.pem$/),
    ],
    ['UnsubscribeURL', expect.stringContaining('Action=Unsubscribe')],
    [
      'MessageAttributes',
      {
        severity: { Type: 'String', Value: 'critical' },
        count: { Type: 'Number', Value: '3' },
        digest: { Type: 'Binary', Value: 'AQID' },
      },
    ],
  ]);
});

test('without a subject and attributes a notification has neither key', async () => {
  await subscribe();
  await publish();
  await clock.settled();
  expect(subscriber.notifications[0]?.json).not.toHaveProperty('Subject');
  expect(subscriber.notifications[0]?.json).not.toHaveProperty('MessageAttributes');
});

test.for([
  ['1', 'RSA-SHA1'],
  ['2', 'RSA-SHA256'],
] as const)('signature version %s is %s over the documented lines', async ([version, algorithm]) => {
  await client.send(
    new SetTopicAttributesCommand({ TopicArn: topicArn, AttributeName: 'SignatureVersion', AttributeValue: version }),
  );
  await subscribe();
  await publish('{"a":1}', 'a subject');
  await clock.settled();
  const json = subscriber.notifications[0]?.json ?? {};
  expect(json.SignatureVersion).toBe(version);
  const lines = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'].map(
    (name) => `${name}\n${String(json[name])}\n`,
  );
  const pem = await certificate(String(json.SigningCertURL), sns.certificateAgent);
  const verify = (signed: string) =>
    createVerify(algorithm).update(signed).verify(pem, String(json.Signature), 'base64');
  expect(verify(lines.join(''))).toBe(true);
  expect(verify(lines.join('').replace('subject', 'Subject'))).toBe(false);
});

test("the certificate's agent reaches no other host", async () => {
  await expect(certificate('https://example.com/a.pem', sns.certificateAgent)).rejects.toThrow(/altnames/);
});

test('an https endpoint is reached where its certificate is trusted, and only there', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'hook' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const secure = await startRecordingSubscriber(clock, (listener) => createServer({ key, cert }, listener));
  const httpsAgent = new Agent({ ca: cert });
  const trusting = await startSns({ clock, region: 'eu-west-1', accountId: '123456789012', httpsAgent });
  for (const { endpoint } of [sns, trusting]) {
    const publisher = clientOf(endpoint);
    await publisher.send(new CreateTopicCommand({ Name: 'alarms' }));
    await publisher.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'https',
        Endpoint: secure.url.replace('http:', 'https:'),
      }),
    );
    await clock.advanceTo(clock.nowMs() + 3_600_000);
    await publisher.send(new PublishCommand({ TopicArn: topicArn, Message: endpoint }));
    await clock.settled();
    publisher.destroy();
  }
  expect(secure.notifications.map(({ json }) => json.Message)).toEqual([trusting.endpoint]);
  expect(sns.dropped()).toMatchObject([{ reason: expect.stringContaining('self-signed') as string }]);
  await Promise.all([trusting.stop(), secure.stop()]);
});

test('raw delivery sends the bare message, marked as such', async () => {
  await subscribe({ RawMessageDelivery: 'true' });
  await publish('{"bare":true}', 'lost');
  await clock.settled();
  expect(subscriber.notifications[0]?.body).toBe('{"bare":true}');
  expect(subscriber.notifications[0]?.headers['x-amz-sns-rawdelivery']).toBe('true');
});

test('MessageStructure json picks the text for the protocol, else the default', async () => {
  await subscribe();
  const publishJson = (texts: object) =>
    client.send(new PublishCommand({ TopicArn: topicArn, MessageStructure: 'json', Message: JSON.stringify(texts) }));
  await publishJson({ default: 'for all', http: 'for http' });
  await publishJson({ default: 'for all', https: 'for https' });
  await clock.settled();
  expect(subscriber.notifications.map(({ json }) => json.Message)).toEqual(['for http', 'for all']);
});

test('undisturbed messages arrive one after the other in the order of their publishing', async () => {
  await subscribe();
  const messages = Array.from({ length: 10 }, (_, at) => `message ${at}`);
  await client.send(
    new PublishBatchCommand({
      TopicArn: topicArn,
      PublishBatchRequestEntries: messages.map((Message, at) => ({ Id: String(at), Message })),
    }),
  );
  await publish('last');
  await clock.settled();
  expect(subscriber.notifications.map(({ json }) => json.Message)).toEqual([...messages, 'last']);
  expect(subscriber.greatestConcurrency()).toBe(1);
});

test('a batch delivers each of its good entries and reports the others', async () => {
  await subscribe();
  const { Successful, Failed } = await client.send(
    new PublishBatchCommand({
      TopicArn: topicArn,
      PublishBatchRequestEntries: [
        { Id: 'one', Message: 'first', Subject: 'subject one' },
        { Id: 'two', Message: 'second', Subject: 'x'.repeat(101) },
        { Id: 'three', Message: 'third', MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } },
      ],
    }),
  );
  await clock.settled();
  expect(Successful?.map(({ Id }) => Id)).toEqual(['one', 'three']);
  expect(Failed).toEqual([
    { Id: 'two', Code: 'InvalidParameter', Message: 'Invalid parameter: Subject', SenderFault: true },
  ]);
  expect(subscriber.notifications.map(({ json }) => [json.MessageId, json.Message])).toEqual([
    [Successful?.[0]?.MessageId, 'first'],
    [Successful?.[1]?.MessageId, 'third'],
  ]);
});

test('messages that a filter policy does not take are counted, not delivered', async () => {
  const arn = await subscribe({ FilterPolicy: '{"severity":["critical",{"prefix":"hi"}]}' });
  const publishWith = (severity: string) =>
    client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: severity,
        MessageAttributes: { severity: { DataType: 'String', StringValue: severity } },
      }),
    );
  for (const severity of ['critical', 'low', 'high']) await publishWith(severity);
  await publish('no attribute');
  await clock.settled();
  expect(subscriber.notifications.map(({ json }) => json.Message)).toEqual(['critical', 'high']);
  expect(sns.filteredOutCount()).toBe(2);

  for (const [AttributeName, AttributeValue] of [
    ['FilterPolicyScope', 'MessageBody'],
    ['FilterPolicy', '{"NewStateValue":["ALARM"],"Trigger":{"Namespace":["own"]}}'],
  ])
    await client.send(new SetSubscriptionAttributesCommand({ SubscriptionArn: arn, AttributeName, AttributeValue }));
  await publish('{"NewStateValue":"ALARM","Trigger":{"Namespace":"own"}}');
  await publish('{"NewStateValue":"ALARM","Trigger":{"Namespace":"other"}}');
  await publishWith('critical');
  await clock.settled();
  expect(subscriber.notifications).toHaveLength(3);
});
