import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { METRIC_NAMESPACE, renderNotification, type NotificationInput } from '@trailbell/core/notification';
import { Clock, startSns } from '@trailbell/local';
import type { SNSEvent, SNSEventRecord, SNSHandler, SNSMessage } from 'aws-lambda';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { alarmMessage } from './support/alarm-message.ts';

// What consumers of CloudWatch's alarm messages rely on. npm has no maintained package that reads them (they are read by Lambda
// functions that people write themselves), so the consumers here are such functions, against @types/aws-lambda's SNS types.
// Messages that CloudWatch sent are compared with ours in packages/core/src/notification/sns-samples.test.ts.

const TOPIC_ARN = 'arn:aws:sns:eu-west-1:777788889999:trailbell';
const ALARM = { rule: 'access-key-created', severity: 'warning', accounts: ['111122223333'] } as const;

const BASE = alarmMessage({ alarm: ALARM });
const { settings, context } = BASE;

const SITUATIONS: Readonly<Record<string, Partial<NotificationInput>>> = {
  'an alarm goes off': {},
  'an alarm goes off that had no data': { previousState: 'INSUFFICIENT_DATA' },
  'an alarm is over': { previousState: 'ALARM', state: 'OK' },
  'the alarm has a description': { alarmDescription: 'Somebody created "an access key".\nLook who it was.' },
  'some of several periods must breach': { settings: { ...settings, evaluationPeriods: 5, datapointsToAlarm: 3 } },
  'the statistic has two words and the threshold a fraction': {
    settings: { ...settings, statistic: 'SampleCount', threshold: 0.5 },
  },
  'the alarm stands for a group': {
    context: { ...context, groupValues: [{ selector: '$.recipientAccountId', value: '111122223333' }] },
  },
  'nothing happened where something should': { context: { ...context, count: 0, examples: [] } },
  'the page takes two routes': { routes: ['payments', 'archive'] },
  'the name is as long as a name may be': { alarmName: `${'n'.repeat(250)} end.` },
  'the region is in another partition': { deployment: { ...BASE.deployment, region: 'cn-north-1' } },
};

function textOf(more: Partial<NotificationInput> = {}): string {
  return renderNotification(alarmMessage({ alarm: ALARM, ...more })).message;
}

/** `2026-03-11T09:30:19.000+0000`: no colon in the offset, and always three digits of milliseconds. */
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
const state = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const actions = z.array(z.string().startsWith('arn:'));

/** CloudWatch's message about an alarm on one metric, in CloudWatch's order. Strict: nothing else may be in it. */
const CLOUDWATCH = z.strictObject({
  AlarmName: z.string().min(1).max(255),
  AlarmDescription: z.string().nullable(),
  AWSAccountId: z.string().regex(/^\d{12}$/),
  AlarmConfigurationUpdatedTimestamp: time,
  NewStateValue: state,
  NewStateReason: z.string().min(1).max(1023),
  StateChangeTime: time,
  Region: z.string().regex(/^[A-Z][\w ]+ \([\w. ]+\)$/),
  AlarmArn: z.string().regex(/^arn:aws(?:-[a-z-]+)?:cloudwatch:[a-z0-9-]+:\d{12}:alarm:./),
  OldStateValue: state,
  OKActions: actions,
  AlarmActions: actions,
  InsufficientDataActions: actions,
  Trigger: z.strictObject({
    MetricName: z.string().min(1),
    Namespace: z.string().min(1),
    StatisticType: z.literal('Statistic'),
    Statistic: z.enum(['SAMPLE_COUNT', 'AVERAGE', 'SUM', 'MINIMUM', 'MAXIMUM']),
    Unit: z.string().nullable(),
    Dimensions: z.array(z.strictObject({ value: z.string(), name: z.string() })),
    Period: z.int().positive(),
    EvaluationPeriods: z.int().positive(),
    DatapointsToAlarm: z.int().positive().optional(),
    ComparisonOperator: z.string().regex(/^(?:Greater|Less)Than(?:OrEqualTo)?Threshold$/),
    Threshold: z.number(),
    TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']),
    EvaluateLowSampleCountPercentile: z.literal(''),
  }),
});

function keysInOrder(shape: object, present: object): readonly string[] {
  return Object.keys(shape).filter((key) => Object.hasOwn(present, key));
}

test.each(Object.entries(SITUATIONS))("when %s, the message is CloudWatch's and one object more", (_, more) => {
  const { Trailbell: details, ...rest } = JSON.parse(textOf(more)) as Readonly<Record<string, object>>;
  const message = CLOUDWATCH.parse(rest);
  expect(details).toMatchObject({ rule: ALARM.rule });
  expect(Object.keys(rest)).toEqual(keysInOrder(CLOUDWATCH.shape, rest));
  expect(Object.keys(message.Trigger)).toEqual(keysInOrder(CLOUDWATCH.shape.Trigger.shape, message.Trigger));
  // CloudWatch writes thresholds as Java writes doubles, and its text without blanks.
  expect(textOf(more)).toMatch(/"Threshold":\d+\.\d+[,}]/);
  expect(textOf(more)).not.toMatch(/^\{\s|":\s/);
});

/** What a chat bot makes of an alarm: the fields that such functions read, in the ways that they read them. */
interface ChatLine {
  readonly title: string;
  readonly color: 'danger' | 'good' | 'warning';
  readonly at: number;
  readonly text: string;
  readonly link: string;
  readonly graphed: string;
}

function chatLineOf({ Sns: sns }: SNSEventRecord): ChatLine {
  const alarm = CLOUDWATCH.loose().parse(JSON.parse(sns.Message));
  const [, , , region = ''] = alarm.AlarmArn.split(':');
  const { MetricName, Namespace, Statistic, Period, Threshold, ComparisonOperator, Dimensions } = alarm.Trigger;
  const where = Dimensions.map(({ name, value }) => `${name}=${value}`).join(', ');
  return {
    title: sns.Subject ?? '',
    color: ({ ALARM: 'danger', OK: 'good', INSUFFICIENT_DATA: 'warning' } as const)[alarm.NewStateValue],
    at: Date.parse(alarm.StateChangeTime),
    text: `${alarm.AlarmDescription ?? 'no description'}: ${alarm.OldStateValue} -> ${alarm.NewStateValue}, ${alarm.NewStateReason}`,
    link: `https://console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(alarm.AlarmName)}`,
    graphed: `${Namespace} ${MetricName} {${where}} ${Statistic} ${Period}s ${ComparisonOperator} ${Threshold} in ${alarm.Region}`,
  };
}

/** A Lambda function for SNS, as @types/aws-lambda has it. */
function chatBot(lines: ChatLine[]): SNSHandler {
  return (event: SNSEvent) => {
    lines.push(...event.Records.map(chatLineOf));
  };
}

/** The same alarm as CloudWatch would tell of it, in its own namespace. */
const CLOUDWATCH_TEXT =
  '{"AlarmName":"access-key-created (111122223333) trailbell-test-777788889999-eu-west-1","AlarmDescription":null,' +
  '"AWSAccountId":"777788889999","AlarmConfigurationUpdatedTimestamp":"2026-03-01T00:00:00.000+0000","NewStateValue":"ALARM",' +
  '"NewStateReason":"Threshold Crossed: 1 datapoint [1.0 (11/03/26 09:26:00)] was greater than or equal to the threshold (1.0).",' +
  '"StateChangeTime":"2026-03-11T09:30:19.000+0000","Region":"EU (Ireland)",' +
  '"AlarmArn":"arn:aws:cloudwatch:eu-west-1:777788889999:alarm:access-key-created (111122223333) trailbell-test-777788889999-eu-west-1",' +
  `"OldStateValue":"OK","OKActions":["${TOPIC_ARN}"],"AlarmActions":["${TOPIC_ARN}"],"InsufficientDataActions":[],` +
  `"Trigger":{"MetricName":"access-key-created","Namespace":"${METRIC_NAMESPACE}","StatisticType":"Statistic","Statistic":"SUM",` +
  '"Unit":null,"Dimensions":[],"Period":300,"EvaluationPeriods":1,"ComparisonOperator":"GreaterThanOrEqualToThreshold",' +
  '"Threshold":1.0,"TreatMissingData":"notBreaching","EvaluateLowSampleCountPercentile":""}}';

const SUBJECT = 'ALARM: "access-key-created (111122223333) trailbell-test-777788889999-eu-west-1" in EU (Ireland)';

/** An SNS delivery as it reaches a subscriber over HTTP. */
type Envelope = Omit<SNSMessage, 'SigningCertUrl' | 'UnsubscribeUrl' | 'MessageAttributes'> & {
  readonly SigningCertURL: string;
  readonly UnsubscribeURL: string;
  readonly MessageAttributes?: SNSMessage['MessageAttributes'];
};

/** Publishes through SNS to a subscriber and gives back what arrived. */
async function delivered(command: ConstructorParameters<typeof PublishCommand>[0]): Promise<Envelope> {
  const clock = new Clock(BASE.changedAtMs);
  const sns = await startSns({ clock, region: 'eu-west-1', accountId: '777788889999' });
  const arrived: Envelope[] = [];
  const server = createServer((request, response) => {
    clock.run(async () => {
      const body = JSON.parse(await text(request)) as Envelope & { readonly SubscribeURL?: string };
      if (body.SubscribeURL === undefined) arrived.push(body);
      else await once(get(body.SubscribeURL, { agent: false }), 'response');
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SNSClient({ region: 'eu-west-1', endpoint: sns.endpoint, credentials });
  onTestFinished(async () => {
    client.destroy();
    server.close();
    server.closeAllConnections();
    await sns.stop();
  });
  await client.send(new CreateTopicCommand({ Name: 'trailbell' }));
  await client.send(
    new SubscribeCommand({ TopicArn: TOPIC_ARN, Protocol: 'http', Endpoint: `http://127.0.0.1:${port}/` }),
  );
  await clock.settled();
  await client.send(new PublishCommand({ TopicArn: TOPIC_ARN, ...command }));
  await clock.settled();
  const [envelope] = arrived;
  if (envelope === undefined) throw new Error('nothing arrived');
  return envelope;
}

/** The record that Lambda makes of a delivery. https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function lambdaRecord({ SigningCertURL, UnsubscribeURL, MessageAttributes = {}, ...sns }: Envelope): SNSEventRecord {
  return {
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    EventSubscriptionArn: `${TOPIC_ARN}:0a1b2c3d`,
    Sns: { ...sns, MessageAttributes, SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL },
  };
}

async function chatLinesOf(envelope: Envelope): Promise<readonly ChatLine[]> {
  const lines: ChatLine[] = [];
  const context = {} as Parameters<SNSHandler>[1];
  await chatBot(lines)({ Records: [lambdaRecord(envelope)] }, context, () => undefined);
  return lines;
}

test('a chat bot that was written for CloudWatch cannot tell our message from the one of CloudWatch', async () => {
  const { subject, message, attributes } = renderNotification(alarmMessage({ alarm: ALARM, routes: ['on-call'] }));
  const ours = await delivered({ Subject: subject, Message: message, MessageAttributes: { ...attributes } });
  const theirs = await delivered({ Subject: SUBJECT, Message: CLOUDWATCH_TEXT });
  expect(await chatLinesOf(ours)).toEqual(await chatLinesOf(theirs));
  const [line] = await chatLinesOf(ours);
  expect(line).toMatchObject({ title: SUBJECT, color: 'danger', at: Date.UTC(2026, 2, 11, 9, 30, 19) });
});

test("up to its last key, our text is CloudWatch's byte for byte", () => {
  expect(textOf().slice(0, textOf().indexOf(',"Trailbell"'))).toBe(CLOUDWATCH_TEXT.slice(0, -1));
});

test.each(Object.entries(SITUATIONS))('when %s, a chat bot says something sensible', async (_, more) => {
  const { subject, message, attributes } = renderNotification(alarmMessage({ alarm: ALARM, ...more }));
  const [line] = await chatLinesOf(
    await delivered({ Subject: subject, Message: message, MessageAttributes: { ...attributes } }),
  );
  expect(line?.color).toBe(more.state === 'OK' ? 'good' : 'danger');
  expect(line?.at).toBe(BASE.changedAtMs);
  expect(line?.title.length).toBeLessThanOrEqual(100);
  expect(JSON.stringify(line)).not.toMatch(/undefined|NaN|\[object/);
});

test('the attributes are strings that filter policies and queues can take', async () => {
  const { subject, message, attributes } = renderNotification(
    alarmMessage({ alarm: ALARM, routes: ['payments', 'archive'] }),
  );
  const { MessageAttributes } = await delivered({
    Subject: subject,
    Message: message,
    MessageAttributes: { ...attributes },
  });
  expect(MessageAttributes).toEqual({
    severity: { Type: 'String', Value: 'warning' },
    rule: { Type: 'String', Value: 'access-key-created' },
    account: { Type: 'String', Value: '111122223333' },
    state: { Type: 'String', Value: 'ALARM' },
    routes: { Type: 'String.Array', Value: '["payments","archive"]' },
  });
});
