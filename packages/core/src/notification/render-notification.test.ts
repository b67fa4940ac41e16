import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Bytes } from '../cloudtrail/index.ts';
import { EVENT_ID, notificationInput, stopLogging } from './notification-fixture.ts';
import type { AlarmContext, NotificationInput } from './notification-input.ts';
import { MAX_PUBLISH_BYTES, renderNotification } from './render-notification.ts';

type Json = Readonly<Record<string, unknown>>;

function messageOf(more: Partial<NotificationInput> = {}, context: Partial<AlarmContext> = {}): Json {
  return JSON.parse(renderNotification(notificationInput(more, context)).message) as Json;
}

function detailsOf(more: Partial<NotificationInput> = {}, context: Partial<AlarmContext> = {}): Json {
  return messageOf(more, context).Trailbell as Json;
}

test("the message is CloudWatch's, key for key and byte for byte, with one key more at its end", () => {
  const { message } = renderNotification(notificationInput({ alarmDescription: 'Somebody "stopped"\na trail.' }));
  expect(message.slice(0, message.indexOf(',"Trailbell":{'))).toBe(
    '{"AlarmName":"trailbell-prod-111122223333-eu-central-1/trail-stopped/444455556666",' +
      '"AlarmDescription":"Somebody \\"stopped\\"\\na trail.",' +
      '"AWSAccountId":"111122223333",' +
      '"AlarmConfigurationUpdatedTimestamp":"2026-10-01T12:00:00.000+0000",' +
      '"NewStateValue":"ALARM",' +
      '"NewStateReason":"Threshold Crossed: 1 datapoint [2.0 (22/11/26 07:00:00)] was greater than or equal to the threshold (1.0).",' +
      '"StateChangeTime":"2026-11-22T07:03:04.005+0000",' +
      '"Region":"EU (Frankfurt)",' +
      '"AlarmArn":"arn:aws:cloudwatch:eu-central-1:111122223333:alarm:trailbell-prod-111122223333-eu-central-1/trail-stopped/444455556666",' +
      '"OldStateValue":"OK",' +
      '"OKActions":["arn:aws:sns:eu-central-1:111122223333:trailbell"],' +
      '"AlarmActions":["arn:aws:sns:eu-central-1:111122223333:trailbell"],' +
      '"InsufficientDataActions":[],' +
      '"Trigger":{"MetricName":"trail-stopped","Namespace":"Trailbell","StatisticType":"Statistic","Statistic":"SUM","Unit":null,' +
      '"Dimensions":[{"value":"444455556666","name":"recipientAccountId"}],' +
      '"Period":300,"EvaluationPeriods":1,"ComparisonOperator":"GreaterThanOrEqualToThreshold","Threshold":1.0,' +
      '"TreatMissingData":"notBreaching","EvaluateLowSampleCountPercentile":""}',
  );
  expect(Object.keys(messageOf()).at(-1)).toBe('Trailbell');
});

test('an alarm without a description says null, one with datapointsToAlarm says so after the evaluation periods', () => {
  const settings = { ...notificationInput().settings, evaluationPeriods: 3, datapointsToAlarm: 2 };
  const { message } = renderNotification(notificationInput({ settings }));
  expect(message).toContain('"AlarmDescription":null,');
  expect(message).toContain('"EvaluationPeriods":3,"DatapointsToAlarm":2,"ComparisonOperator"');
});

test.each([
  ['SampleCount', 'SAMPLE_COUNT'],
  ['Average', 'AVERAGE'],
  ['Sum', 'SUM'],
  ['Minimum', 'MINIMUM'],
  ['Maximum', 'MAXIMUM'],
] as const)('the statistic %s is written %s', (statistic, word) => {
  const settings = { ...notificationInput().settings, statistic };
  expect(messageOf({ settings }).Trigger).toMatchObject({ Statistic: word });
});

test('in another partition the ARN and the links are those of that partition', () => {
  const deployment = { ...notificationInput().deployment, region: 'cn-north-1' };
  const message = messageOf({ deployment });
  expect(message.AlarmArn).toMatch(/^arn:aws-cn:cloudwatch:cn-north-1:111122223333:alarm:/);
  expect(message.Region).toBe('China (Beijing)');
  expect(detailsOf({ deployment }).links).toMatchObject({
    logsInsights: expect.stringMatching(/^https:\/\/cn-north-1\.console\.amazonaws\.cn\/cloudwatch/) as string,
  });
});

test('Trailbell says who did what, from where, with which result', () => {
  expect(detailsOf()).toEqual({
    rule: 'trail-stopped',
    title: 'A trail was stopped',
    severity: 'critical',
    description: 'Somebody stopped or deleted a trail.',
    runbook: 'https://runbooks.example.com/trail-stopped',
    references: ['CIS-3.0-4.5'],
    actor: 'alice (IAM user)',
    action: 'StopLogging',
    service: 'cloudtrail',
    resources: ['main'],
    sourceIp: '203.0.113.9',
    sourceIpKind: 'public',
    userAgent: 'aws-cli/2.15',
    region: 'eu-west-1',
    account: '444455556666',
    result: 'Success',
    readOnly: false,
    identity: {
      type: 'IAMUser',
      name: 'alice (IAM user)',
      accountId: '444455556666',
      userName: 'alice',
      isCrossAccount: false,
    },
    count: 2,
    isAtLeast: false,
    first: '2026-11-22T07:02:00.000Z',
    last: '2026-11-22T07:02:00.000Z',
    examples: [
      {
        eventId: EVENT_ID,
        time: '2026-11-22T07:01:02Z',
        actor: 'alice (IAM user)',
        action: 'StopLogging',
        service: 'cloudtrail',
        resources: ['main'],
        sourceIp: '203.0.113.9',
        region: 'eu-west-1',
        account: '444455556666',
        result: 'Success',
      },
    ],
    filterPattern: '{ ($.eventName = "StopLogging") || ($.eventName = "DeleteTrail") }',
    links: {
      cloudTrailEvent: `https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/${EVENT_ID}`,
      logsInsights: expect.any(String) as string,
      runbook: 'https://runbooks.example.com/trail-stopped',
    },
  });
});

/** The text of the query and the window that a Logs Insights link opens with. */
function searchIn(details: Json): string {
  const { logsInsights } = details.links as { readonly logsInsights: string };
  return decodeURIComponent(decodeURIComponent(logsInsights.replaceAll('$', '%')).replaceAll('*', '%'));
}

test('the Logs Insights link searches the log group for what the rule asks for and the group, around the time of the events', () => {
  const search = searchIn(detailsOf());
  expect(search).toContain("end~'2026-11-22T07:07:00.000Z~start~'2026-11-22T06:57:00.000Z");
  expect(search).toContain(
    '| filter eventName in ["StopLogging", "DeleteTrail"] and recipientAccountId = "444455556666"\n',
  );
  expect(search).toContain("source~(~'/aws/cloudtrail)");
});

test('a value that could end its quotes is left out of the search', () => {
  const groupValues = [
    { selector: '$.userIdentity.arn', value: 'x" or 1 = 1 #' },
    { selector: '$.a-b', value: 'plain' },
  ];
  const examples = [stopLogging({ eventName: 'Stop"Logging\n| limit 1' })];
  const rule = { ...notificationInput().context.rule, filterPattern: '{ $.a-b = "x" }' };
  expect(searchIn(detailsOf({}, { rule, groupValues, examples }))).not.toMatch(/filter|or 1 = 1|a-b|limit 1\b/);
});

test('an alarm that silence trips has no events to tell of, but still a search', () => {
  const { rule } = notificationInput().context;
  const silent = { rule, groupValues: [], count: 0, isAtLeast: false, examples: [] };
  const details = JSON.parse(renderNotification({ ...notificationInput(), context: silent }).message) as {
    Trailbell: Json;
  };
  expect(details.Trailbell).not.toHaveProperty('actor');
  expect(details.Trailbell).not.toHaveProperty('first');
  expect(details.Trailbell).toMatchObject({ count: 0, examples: [], rule: 'trail-stopped' });
  expect(searchIn(details.Trailbell)).toContain("end~'2026-11-22T07:08:04.005Z~start~'2026-11-22T06:53:04.005Z");
});

test.each([
  [{ errorCode: 'AccessDenied', errorMessage: 'not allowed' }, 'AccessDenied: not allowed'],
  [{ errorCode: 'AccessDenied' }, 'AccessDenied'],
  [{ errorMessage: 'Failed authentication' }, 'Failure: Failed authentication'],
])('the result of %j is %j', (more, result) => {
  expect(detailsOf({}, { examples: [stopLogging(more)] }).result).toBe(result);
});

test('a link leads to the event only where its history has it', () => {
  const linkTo = (more: object) => (detailsOf({}, { examples: [stopLogging(more)] }).links as Json).cloudTrailEvent;
  expect(linkTo({})).toMatch(EVENT_ID);
  expect(linkTo({ eventCategory: 'Management' })).toMatch(EVENT_ID);
  for (const eventCategory of ['Data', 'NetworkActivity', 'Insight']) expect(linkTo({ eventCategory })).toBeUndefined();
  for (const eventID of [undefined, '', 'a b', '../x', 'a#b', 'ü']) expect(linkTo({ eventID })).toBeUndefined();
  for (const awsRegion of [undefined, '', 'us-east-1.evil.example/', 'US-EAST-1']) {
    expect(linkTo({ awsRegion })).toBeUndefined();
  }
});

test.each([
  ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/'],
  ['cn-northwest-1', 'https://cn-northwest-1.console.amazonaws.cn/cloudtrailv2/home?region=cn-northwest-1#/events/'],
  [
    'us-gov-west-1',
    'https://us-gov-west-1.console.amazonaws-us-gov.com/cloudtrailv2/home?region=us-gov-west-1#/events/',
  ],
])('an event of %s is linked in its partition', (awsRegion, start) => {
  const { links } = detailsOf({}, { examples: [stopLogging({ awsRegion })] });
  expect(links).toMatchObject({ cloudTrailEvent: `${start}${EVENT_ID}` });
});

test('accounts are told with their names beside their ids, the actor’s as well', () => {
  const accountAliases = { '444455556666': 'production', '111122223333': 'tools' };
  const own = detailsOf({ accountAliases });
  expect(own).toMatchObject({ account: '444455556666', accountAlias: 'production' });
  expect(own.identity).toMatchObject({ accountId: '444455556666', accountAlias: 'production' });
  expect(own.examples).toMatchObject([{ account: '444455556666', accountAlias: 'production' }]);
  const userIdentity = { type: 'AWSAccount', accountId: '111122223333', principalId: 'AIDAEXAMPLE' };
  const cross = detailsOf({ accountAliases }, { examples: [stopLogging({ userIdentity })] });
  expect(cross).toMatchObject({
    accountAlias: 'production',
    identity: { accountAlias: 'tools', isCrossAccount: true },
  });
});

test.each(['__proto__', 'constructor', 'toString', '999988887777', ''])(
  'an account %j without a name has none',
  (id) => {
    const accountAliases = { '444455556666': 'production' };
    const examples = [stopLogging({ recipientAccountId: id, userIdentity: { type: 'Root', accountId: id } })];
    const details = detailsOf({ accountAliases }, { examples });
    expect(details).not.toHaveProperty('accountAlias');
    expect(details.identity).not.toHaveProperty('accountAlias');
  },
);

test('what of the pattern decided is told, and of an example for which something else did, that', () => {
  const examples = ['StopLogging', 'DeleteTrail'].map((eventName) => ({
    ...stopLogging({ eventName }),
    matchedClause: `$.eventName = "${eventName}"`,
  }));
  const details = detailsOf({}, { examples });
  expect(details).toMatchObject({
    matchedClause: '$.eventName = "StopLogging"',
    examples: [{}, { matchedClause: '$.eventName = "DeleteTrail"' }],
  });
  expect((details.examples as readonly Json[])[0]).not.toHaveProperty('matchedClause');
});

test('several actors and addresses are told by their number of events, most frequent first', () => {
  const by = (userName: string, sourceIPAddress: string) =>
    stopLogging({ userIdentity: { type: 'IAMUser', userName }, sourceIPAddress });
  const examples = [by('alice', '203.0.113.9'), by('bob', '203.0.113.9'), by('bob', '203.0.113.9')];
  const details = detailsOf({}, { examples, count: 900, isAtLeast: true });
  expect(details).toMatchObject({
    actor: 'alice (IAM user)',
    actors: [
      { name: 'bob (IAM user)', events: 2 },
      { name: 'alice (IAM user)', events: 1 },
    ],
    count: 900,
    isAtLeast: true,
  });
  expect(details).not.toHaveProperty('sourceIps');
  const others = { actors: [['carol (IAM user)', 40]], sourceIps: [['203.0.113.9', 30]] } as const;
  const [first, ...rest] = examples;
  expect(detailsOf({}, { examples: [{ ...stopLogging(), ...first, others }, ...rest] })).toMatchObject({
    actors: [
      { name: 'carol (IAM user)', events: 40 },
      { name: 'bob (IAM user)', events: 2 },
      { name: 'alice (IAM user)', events: 1 },
    ],
  });
});

test('an OK carries the name, the attributes and the context of its ALARM', () => {
  const alarm = renderNotification(notificationInput());
  const ok = renderNotification(notificationInput({ previousState: 'ALARM', state: 'OK', stateReason: 'quiet' }));
  expect(ok.subject).toBe(alarm.subject.replace('ALARM: ', 'OK: '));
  expect(ok.attributes).toEqual({ ...alarm.attributes, state: { DataType: 'String', StringValue: 'OK' } });
  const [before, after] = [alarm, ok].map(({ message }) => JSON.parse(message) as Json);
  expect(after).toEqual({ ...before, NewStateValue: 'OK', OldStateValue: 'ALARM', NewStateReason: 'quiet' });
});

test('the attributes route by severity, rule, state and the account that the events are about', () => {
  expect(renderNotification(notificationInput()).attributes).toEqual({
    severity: { DataType: 'String', StringValue: 'critical' },
    rule: { DataType: 'String', StringValue: 'trail-stopped' },
    account: { DataType: 'String', StringValue: '444455556666' },
    state: { DataType: 'String', StringValue: 'ALARM' },
  });
});

test.each([
  ['no events', []],
  ['an event that names no account', [stopLogging({ recipientAccountId: undefined })]],
  ['an event whose account is no account', [stopLogging({ recipientAccountId: '*' })]],
])('with %s the account is that of the deployment', (_, examples) => {
  const { account } = renderNotification(notificationInput({}, { examples })).attributes;
  expect(account).toEqual({ DataType: 'String', StringValue: '111122223333' });
});

test('text from events is shown for what it is wherever it comes to stand', () => {
  const hostile = 'a\u202eb\nALARM: "fake"\u0000';
  const { subject, message } = renderNotification(
    notificationInput(
      { alarmName: `rule/${hostile}` },
      {
        groupValues: [{ selector: '$.userIdentity.arn', value: hostile }],
        examples: [
          { eventName: hostile, region: hostile, eventId: hostile, actor: { type: 'IAMUser', name: hostile } },
        ],
      },
    ),
  );
  expect(subject).toBe('ALARM: "rule/a�b␊ALARM: "fake"␀" in EU (Frankfurt)');
  expect(message).not.toMatch(/[\p{Cc}\p{Cf}]|\\u0000|\\n(?!\|)/u);
  expect(JSON.parse(message)).toMatchObject({ Trailbell: { action: 'a�b␊ALARM: "fake"␀', links: {} } });
  expect((JSON.parse(message) as { Trailbell: { links: object } }).Trailbell.links).not.toHaveProperty(
    'cloudTrailEvent',
  );
});

test('lines and quotes of a rule come through as they are', () => {
  const rule = { ...notificationInput().context.rule, description: 'First, "look".\nThen act.' };
  expect(detailsOf({}, { rule }).description).toBe('First, "look".\nThen act.');
});

function sizeOf({ message, attributes }: ReturnType<typeof renderNotification>): number {
  const texts = Object.entries(attributes).flatMap(([name, { DataType, StringValue }]) => [
    name,
    DataType,
    StringValue,
  ]);
  return [message, ...texts].reduce((bytes, text) => bytes + utf8Bytes(text), 0);
}

test('examples go first when a message would be too big, and the first of them last', () => {
  const examples = Array.from({ length: 2000 }, (_, n) => stopLogging({ eventID: `event-${String(n)}` }));
  const rendered = renderNotification(notificationInput({}, { examples }));
  const { Trailbell: details } = JSON.parse(rendered.message) as { Trailbell: Json & { examples: Json[] } };
  expect(sizeOf(rendered)).toBeLessThanOrEqual(MAX_PUBLISH_BYTES);
  expect(details.examples).toHaveLength(1000);
  expect(details.examples[0]).toMatchObject({ eventId: 'event-0' });
  expect(details).toMatchObject({ description: 'Somebody stopped or deleted a trail.', actor: 'alice (IAM user)' });
});

test('then text is shortened, which a mark shows, and a link that would be cut is left out', () => {
  const runbook = `https://runbooks.example.com/${'r'.repeat(4000)}`;
  const rule = { ...notificationInput().context.rule, runbook, filterPattern: 'ü'.repeat(200_000) };
  const { message } = renderNotification(notificationInput({}, { rule }));
  const { Trailbell: details } = JSON.parse(message) as { Trailbell: Json };
  expect(details).toMatchObject({
    filterPattern: `${'ü'.repeat(8191)}…`,
    runbook,
    examples: [],
    actor: 'alice (IAM user)',
    links: { runbook },
  });
  const longer = { ...rule, runbook: `${runbook}${'r'.repeat(200)}` };
  expect(detailsOf({}, { rule: longer }).links).not.toHaveProperty('runbook');
});

test("the worst of everything still fits SNS, is valid JSON, and has all of CloudWatch's keys", () => {
  for (const filler of ['x', '"', '\\', '花', '🔔', '\u0000', '\ud83d', '\n']) {
    const long = filler.repeat(100_000);
    const longActivity = {
      eventId: long,
      eventName: long,
      recipientAccountId: '444455556666',
      resources: [long, long],
      requestParameters: Array.from({ length: 9 }, () => long),
      matchedClause: long,
      actor: { type: long, name: long },
    };
    const input = notificationInput(
      {
        alarmName: long,
        alarmDescription: long,
        stateReason: long,
        deployment: { accountId: long, region: long, topicArn: long, logGroupName: 'g' },
        changedAtMs: Infinity,
        configurationUpdatedAtMs: NaN,
        accountAliases: { '444455556666': long },
      },
      {
        rule: {
          name: long,
          title: long,
          severity: 'info',
          description: long,
          runbook: long,
          references: Array.from({ length: 1000 }, () => filler.repeat(1000)),
          filterPattern: long,
        },
        groupValues: Array.from({ length: 40 }, () => ({ selector: long, value: long })),
        firstMs: -1,
        lastMs: Infinity,
        examples: Array.from({ length: 4 }, () => longActivity),
      },
    );
    const rendered = renderNotification(input);
    expect(sizeOf(rendered)).toBeLessThanOrEqual(MAX_PUBLISH_BYTES);
    expect(rendered.subject.length).toBeLessThanOrEqual(100);
    expect(Object.keys(JSON.parse(rendered.message) as Json)).toEqual(Object.keys(messageOf()));
  }
});

test('whatever strings events and rules hold, the message is JSON that holds no character unseen but line ends of rules', () => {
  const text = fc.string({ unit: 'binary' });
  const activity = fc.record({
    eventId: text,
    eventName: text,
    region: text,
    recipientAccountId: text,
    sourceIp: text,
    errorMessage: text,
    resources: fc.array(text),
    requestParameters: fc.array(text),
    matchedClause: text,
    actor: fc.record({ type: text, name: text }),
  });
  const groupValues = fc.array(fc.record({ selector: text, value: text }));
  fc.assert(
    fc.property(text, fc.array(activity, { maxLength: 3 }), groupValues, (alarmName, examples, groups) => {
      const { message } = renderNotification(notificationInput({ alarmName }, { examples, groupValues: groups }));
      expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(JSON.parse(message)).toHaveProperty('Trailbell.rule', 'trail-stopped');
    }),
  );
});
