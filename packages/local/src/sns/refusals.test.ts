import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListPhoneNumbersOptedOutCommand,
  ListTopicsCommand,
  type MessageAttributeValue,
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  PublishCommand,
  type PublishCommandInput,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clock } from '../clock/clock.ts';
import { type LocalSns, startSns } from './index.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alarms';
const MISSING = 'arn:aws:sns:eu-west-1:123456789012:missing';

const clock = new Clock(0);
let sns: LocalSns;
let client: SNSClient;

beforeAll(async () => {
  sns = await startSns({ clock, region: 'eu-west-1', accountId: '123456789012' });
  client = new SNSClient({
    region: 'eu-west-1',
    endpoint: sns.endpoint,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  });
  await client.send(new CreateTopicCommand({ Name: 'alarms', Attributes: { DisplayName: 'Alarms' } }));
});

afterAll(async () => {
  client.destroy();
  await sns.stop();
});

const invalid = (detail: string) => ({ name: 'InvalidParameterException', message: `Invalid parameter: ${detail}` });
const invalidValue = (message: string) => ({ name: 'InvalidParameterValueException', message });
const topicMissing = { name: 'NotFoundException', message: 'Topic does not exist' };

const publish = (input: Partial<PublishCommandInput>) => () =>
  client.send(new PublishCommand({ TopicArn: TOPIC, Message: 'x', ...input }));
const withAttribute = (attribute: MessageAttributeValue, name = 'a') =>
  publish({ MessageAttributes: { [name]: attribute } });
const subscribe =
  (endpoint: string, attributes: Record<string, string> = {}, protocol = 'http') =>
  () =>
    client.send(
      new SubscribeCommand({ TopicArn: TOPIC, Protocol: protocol, Endpoint: endpoint, Attributes: attributes }),
    );
const withSetting = (name: string, value: string) => subscribe('http://127.0.0.1:9/', { [name]: value });
const batch =
  (entries: readonly Partial<PublishBatchRequestEntry>[], topicArn = TOPIC) =>
  () =>
    client.send(
      new PublishBatchCommand({
        TopicArn: topicArn,
        PublishBatchRequestEntries: entries.map((entry, at) => ({ Id: String(at), Message: 'x', ...entry })),
      }),
    );

test.for<[string, () => Promise<unknown>, object]>([
  ['a topic that is not there', publish({ TopicArn: MISSING }), topicMissing],
  ["another account's topic", publish({ TopicArn: 'arn:aws:sns:eu-west-1:999999999999:alarms' }), topicMissing],
  [
    'an ARN that is none',
    publish({ TopicArn: 'alarms' }),
    invalid('TopicArn Reason: An ARN must have at least 6 elements, not 1'),
  ],
  ['the ARN of a queue', publish({ TopicArn: 'arn:aws:sqs:eu-west-1:123456789012:alarms' }), invalid('TopicArn')],
  [
    'a phone number alone',
    () => client.send(new PublishCommand({ PhoneNumber: '+3212345678', Message: 'x' })),
    invalid('TopicArn or TargetArn Reason: no value for required parameter'),
  ],
  ['an empty message', publish({ Message: '' }), invalid('Empty message')],
  ['a subject of 101 characters', publish({ Subject: 'x'.repeat(101) }), invalid('Subject')],
  ['an empty subject', publish({ Subject: '' }), invalid('Subject')],
  ['a subject with a line feed', publish({ Subject: 'a\nb' }), invalid('Subject')],
  ['a subject with a carriage return', publish({ Subject: 'a\rb' }), invalid('Subject')],
  ['a subject with a control character', publish({ Subject: 'a\u0085b' }), invalid('Subject')],
  ['a message of 256 KiB and a byte', publish({ Message: 'x'.repeat(262_145) }), invalid('Message too long')],
  [
    'a message that its attributes make too long',
    publish({
      Message: 'x'.repeat(262_144 - 8),
      MessageAttributes: { ab: { DataType: 'String', StringValue: 'c' } },
    }),
    invalid('Message too long'),
  ],
  ['characters that are too many bytes', publish({ Message: 'ü'.repeat(131_073) }), invalid('Message too long')],
  ['an unknown message structure', publish({ MessageStructure: 'xml' }), invalid('MessageStructure')],
  [
    'JSON texts that are not JSON',
    publish({ MessageStructure: 'json', Message: '{' }),
    invalid('Message Structure - JSON message body failed to parse'),
  ],
  [
    'JSON texts without a default',
    publish({ MessageStructure: 'json', Message: '{"http":"x"}' }),
    invalid('Message Structure - No default entry in JSON message body'),
  ],
  [
    'an attribute of an unknown type',
    withAttribute({ DataType: 'Boolean', StringValue: 'true' }),
    invalidValue(
      "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ),
  ],
  [
    'an attribute without a type',
    withAttribute({ DataType: '', StringValue: 'x' }),
    invalidValue("The message attribute 'a' must contain non-empty message attribute type."),
  ],
  [
    'an empty attribute',
    withAttribute({ DataType: 'String', StringValue: '' }),
    invalidValue(
      "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.",
    ),
  ],
  [
    'a Number attribute that is none',
    withAttribute({ DataType: 'Number', StringValue: '0x10' }),
    invalidValue("Could not cast message attribute 'a' value to number."),
  ],
  [
    'a String attribute in bytes',
    withAttribute({ DataType: 'String', BinaryValue: new Uint8Array([1]) }),
    invalidValue("The message attribute 'a' with type 'String' must use field 'String'."),
  ],
  [
    'an attribute name with a space',
    withAttribute({ DataType: 'String', StringValue: 'x' }, 'a b'),
    invalidValue('Invalid message attribute name: a b'),
  ],
  [
    'a reserved attribute name',
    withAttribute({ DataType: 'String', StringValue: 'x' }, 'AWS.x'),
    invalidValue('Invalid message attribute name: AWS.x'),
  ],
  ['a batch for no topic', batch([{}], MISSING), topicMissing],
  ['an empty batch', batch([]), { name: 'EmptyBatchRequestException' }],
  ['a batch of eleven', batch(Array(11).fill({})), { name: 'TooManyEntriesInBatchRequestException' }],
  ['a batch with one id twice', batch([{ Id: 'a' }, { Id: 'a' }]), { name: 'BatchEntryIdsNotDistinctException' }],
  ['a batch with a bad id', batch([{ Id: 'a b' }]), { name: 'InvalidBatchEntryIdException' }],
  [
    'a batch that is too long in all',
    batch([{ Message: 'x'.repeat(131_072) }, { Message: 'x'.repeat(131_073) }]),
    { name: 'BatchRequestTooLongException' },
  ],
  [
    'an unknown protocol',
    subscribe('gopher://127.0.0.1', {}, 'gopher'),
    invalid('Amazon SNS does not support this protocol string: gopher'),
  ],
  ['an endpoint that is no URL', subscribe('pagerduty'), invalid('Endpoint')],
  [
    'an endpoint of the other protocol',
    subscribe('https://127.0.0.1/'),
    invalid('Endpoint must match the specified protocol'),
  ],
  ['an unknown subscription attribute', withSetting('Colour', 'red'), invalid('Attributes Reason: AttributeName')],
  [
    'a raw delivery that is neither true nor false',
    withSetting('RawMessageDelivery', 'yes'),
    invalid('Attributes Reason: RawMessageDelivery: Invalid value [yes]. Must be true or false.'),
  ],
  [
    'a filter policy that is not JSON',
    withSetting('FilterPolicy', '{'),
    invalid('Attributes Reason: FilterPolicy: failed to parse JSON.'),
  ],
  [
    'an unknown filter policy scope',
    withSetting('FilterPolicyScope', 'Subject'),
    invalid(
      'Attributes Reason: FilterPolicyScope: Invalid value [Subject]. Please use either MessageBody or MessageAttributes',
    ),
  ],
  [
    'a redrive policy without a queue',
    withSetting('RedrivePolicy', '{"deadLetterTargetArn":"q"}'),
    invalid('Attributes Reason: RedrivePolicy: deadLetterTargetArn is an invalid arn'),
  ],
  [
    "a redrive policy to another region's queue",
    withSetting('RedrivePolicy', '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:q"}'),
    invalid("Attributes Reason: RedrivePolicy: deadLetterTargetArn must be in the topic's account and region"),
  ],
  [
    'a delivery policy beyond the limits',
    withSetting('DeliveryPolicy', '{"healthyRetryPolicy":{"numRetries":101}}'),
    invalid('Attributes Reason: DeliveryPolicy: healthyRetryPolicy.numRetries must be an integer between 0 and 100'),
  ],
  [
    'a wrong token',
    () => client.send(new ConfirmSubscriptionCommand({ TopicArn: TOPIC, Token: 'guess' })),
    invalid('Token'),
  ],
  [
    'a subscription that is not there',
    () => client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: `${TOPIC}:none` })),
    { name: 'NotFoundException', message: 'Subscription does not exist' },
  ],
  [
    'a setting of a subscription that is not there',
    () =>
      client.send(
        new SetSubscriptionAttributesCommand({ SubscriptionArn: `${TOPIC}:none`, AttributeName: 'FilterPolicy' }),
      ),
    { name: 'NotFoundException', message: 'Subscription does not exist' },
  ],
  [
    'to unsubscribe what is no ARN',
    () => client.send(new UnsubscribeCommand({ SubscriptionArn: 'mine' })),
    invalid('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1'),
  ],
  ['a topic name with a dot', () => client.send(new CreateTopicCommand({ Name: 'a.fifo' })), invalid('Topic Name')],
  [
    'a topic attribute that is unknown',
    () => client.send(new CreateTopicCommand({ Name: 'other', Attributes: { FifoTopic: 'true' } })),
    invalid('Attributes Reason: Unknown attribute FifoTopic'),
  ],
  [
    'a topic again with other attributes',
    () => client.send(new CreateTopicCommand({ Name: 'alarms', Attributes: { DisplayName: 'Other' } })),
    invalid('Attributes Reason: Topic already exists with different attributes'),
  ],
  [
    'a signature version 3',
    () =>
      client.send(
        new SetTopicAttributesCommand({ TopicArn: TOPIC, AttributeName: 'SignatureVersion', AttributeValue: '3' }),
      ),
    invalid('SignatureVersion'),
  ],
  ['an action that is not there', () => client.send(new ListPhoneNumbersOptedOutCommand()), { name: 'InvalidAction' }],
])('SNS refuses %s', async ([, act, error]) => {
  await expect(act()).rejects.toMatchObject(error);
});

test.for<[string, () => Promise<unknown>]>([
  ['a subject of 100 characters', publish({ Subject: 'x'.repeat(100) })],
  ['a subject beyond ASCII', publish({ Subject: 'ALARM: "größer" in EU (Ireland)' })],
  ['a message of 256 KiB', publish({ Message: 'x'.repeat(262_144) })],
  [
    'a message that fits with its attributes',
    publish({
      Message: 'x'.repeat(262_144 - 9),
      MessageAttributes: { ab: { DataType: 'String', StringValue: 'c' } },
    }),
  ],
  ['a typed attribute', withAttribute({ DataType: 'String.Array', StringValue: '["x"]' })],
  ['a TargetArn instead of a TopicArn', () => client.send(new PublishCommand({ TargetArn: TOPIC, Message: 'x' }))],
  ['the same topic again', () => client.send(new CreateTopicCommand({ Name: 'alarms' }))],
])('SNS takes %s', async ([, act]) => {
  await expect(act()).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
});

test('a topic takes messages up to its own limit', async () => {
  const { TopicArn } = await client.send(
    new CreateTopicCommand({ Name: 'small', Attributes: { MaximumMessageSize: '1024' } }),
  );
  await expect(publish({ TopicArn, Message: 'x'.repeat(1024) })()).resolves.toBeDefined();
  await expect(publish({ TopicArn, Message: 'x'.repeat(1025) })()).rejects.toMatchObject(invalid('Message too long'));
});

test('what is awkward in XML comes back as it was given', async () => {
  const DisplayName = `<a> & "b" 'c' ]]> ü\r\n\t`;
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'awkward', Attributes: { DisplayName } }));
  const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes?.DisplayName).toBe(DisplayName);
});

test('topics are listed, described and deleted', async () => {
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'passing' }));
  const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }));
  expect(Attributes).toMatchObject({ TopicArn: TOPIC, Owner: '123456789012', DisplayName: 'Alarms' });
  const list = async () => (await client.send(new ListTopicsCommand({}))).Topics?.map((topic) => topic.TopicArn);
  expect(await list()).toContain(TopicArn);
  await client.send(new DeleteTopicCommand({ TopicArn }));
  expect(await list()).not.toContain(TopicArn);
  await expect(publish({ TopicArn })()).rejects.toMatchObject(topicMissing);
});

test('a publisher that dies in the middle of a request disturbs nobody', async () => {
  const headers = { 'content-length': 100, expect: '100-continue' };
  const request = httpRequest(sns.endpoint, { method: 'POST', headers });
  request.on('error', () => undefined).flushHeaders();
  await once(request, 'continue');
  request.destroy();
  await clock.settled();
  await expect(publish({})()).resolves.toBeDefined();
});

test('a request without a signature may only follow the links of a delivery', async () => {
  const action = new URLSearchParams({ Action: 'Publish', TopicArn: TOPIC, Message: 'x' });
  const posted = await fetch(sns.endpoint, { method: 'POST', body: action });
  const visited = await fetch(`${sns.endpoint}/?${action.toString()}`);
  expect([posted.status, visited.status]).toEqual([403, 403]);
  expect(await posted.text()).toContain('<Code>MissingAuthenticationToken</Code>');
});
