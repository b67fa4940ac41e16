import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  filterPolicyOf,
  routesFor,
  type RoutedAlarm,
  type RouteScope,
  type SubscriptionFilter,
} from '@trailbell/core/config';
import { renderNotification, type Notification, type NotificationInput } from '@trailbell/core/notification';
import { SEVERITIES } from '@trailbell/core/rule';
import { Clock, startPagerDuty, startSns, type LocalPagerDuty, type LocalSns } from '@trailbell/local';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { alarmMessage } from './support/alarm-message.ts';

/** An SNS topic and PagerDuty, with one subscription for each route. */
interface Paging {
  readonly pagerDuty: LocalPagerDuty;
  readonly sns: LocalSns;
  /** Publishes, and waits until everything is delivered. */
  readonly publish: (message: Notification) => Promise<void>;
  /** The names of the routes whose endpoint has got a message about this alarm, in their order. */
  readonly reached: (alarmName: string) => readonly string[];
}

/** As the keys of PagerDuty's integrations are. */
function keyOf(route: string): string {
  return `${route.replaceAll('-', '')}${'0'.repeat(32)}`.slice(0, 32);
}

async function startPaging(
  routes: readonly RouteScope[],
  formOf: (route: string) => 'service' | 'orchestration' = () => 'service',
  filterOf: (route: RouteScope) => SubscriptionFilter | undefined = (route) => filterPolicyOf(route, routes),
): Promise<Paging> {
  const clock = new Clock(Date.UTC(2026, 2, 11));
  const sns = await startSns({ clock, region: 'eu-west-1', accountId: '777788889999' });
  const integrationKeys = routes.map(({ name }) => keyOf(name));
  const pagerDuty = await startPagerDuty({ clock, certificateAgent: sns.certificateAgent, integrationKeys });
  const client = new SNSClient({
    region: 'eu-west-1',
    endpoint: sns.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(async () => {
    client.destroy();
    await Promise.all([pagerDuty.stop(), sns.stop()]);
  });
  const { TopicArn: topicArn = '' } = await client.send(new CreateTopicCommand({ Name: 'trailbell' }));
  for (const route of routes) {
    await client.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'http',
        Endpoint: pagerDuty.url(keyOf(route.name), formOf(route.name)),
        Attributes: { ...filterOf(route) },
      }),
    );
  }
  await clock.settled();
  const got: { readonly alarmName: unknown; readonly integrationKey: string }[] = [];
  pagerDuty.onChange((event) => {
    if ('alert' in event) got.push({ alarmName: event.alert.details.AlarmName, integrationKey: event.integrationKey });
    // A resolve that finds nothing has reached the endpoint as well.
    if (event.kind === 'dropped') {
      const { AlarmName: alarmName } = JSON.parse(event.message.message) as { readonly AlarmName?: unknown };
      got.push({ alarmName, integrationKey: event.integrationKey });
    }
  });
  return {
    pagerDuty,
    sns,
    publish: async ({ subject, message, attributes }) => {
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subject,
          Message: message,
          MessageAttributes: { ...attributes },
        }),
      );
      await clock.settled();
    },
    reached: (alarmName) =>
      routes
        .map(({ name }) => name)
        .filter((name) => got.some((each) => each.alarmName === alarmName && each.integrationKey === keyOf(name))),
  };
}

/** The page of an alarm that takes the routes that are chosen for it. */
function pageOf(
  alarm: RoutedAlarm,
  routes: readonly RouteScope[],
  more: Partial<NotificationInput> = {},
): Notification {
  return renderNotification(alarmMessage({ alarm, routes: routesFor(alarm, routes), ...more }));
}

const BY_SEVERITY: readonly RouteScope[] = [
  ...SEVERITIES.map((severity) => ({ name: severity, severities: [severity] })),
  { name: 'rest', default: true },
];

const ALARM: RoutedAlarm = { rule: 'root-account-usage', severity: 'critical', accounts: ['111122223333'] };

test('each severity goes to its own endpoint, whichever form that has, and its OK as well', async () => {
  const { pagerDuty, publish, reached, sns } = await startPaging(BY_SEVERITY, (name) =>
    name === 'error' || name === 'info' ? 'orchestration' : 'service',
  );
  for (const severity of SEVERITIES) {
    const alarm = { rule: 'some-rule', severity, accounts: ['111122223333'] };
    await publish(pageOf(alarm, BY_SEVERITY, { alarmName: severity }));
    expect(reached(severity)).toEqual([severity]);
  }
  expect(pagerDuty.incidents().map(({ integrationKey }) => integrationKey)).toEqual(SEVERITIES.map(keyOf));
  for (const severity of SEVERITIES) {
    const alarm = { rule: 'some-rule', severity, accounts: ['111122223333'] };
    await publish(pageOf(alarm, BY_SEVERITY, { alarmName: severity, previousState: 'ALARM', state: 'OK' }));
  }
  expect(pagerDuty.incidents().filter(({ resolvedAtMs }) => resolvedAtMs === undefined)).toEqual([]);
  expect(pagerDuty.incidents()).toHaveLength(SEVERITIES.length);
  expect(pagerDuty.dropped()).toEqual([]);
  expect(sns.dropped()).toEqual([]);
});

/** What CloudWatch itself sends: no attribute, nothing of ours in the body. */
function cloudWatchOwn(alarmName: string, more: object): Notification {
  const body = { AlarmName: alarmName, NewStateValue: 'ALARM', OldStateValue: 'OK', ...more };
  return { subject: `ALARM: "${alarmName}" in EU (Ireland)`, message: JSON.stringify(body), attributes: {} };
}

test.for<[string, object]>([
  ['an alarm on a metric', { Trigger: { MetricName: 'Errors', Namespace: 'AWS/Lambda' } }],
  ['an alarm on a metric of Trailbell', { Trigger: { MetricName: 'NotificationsFailed', Namespace: 'Trailbell' } }],
  ['an alarm on an expression', { Trigger: { Metrics: [{ Id: 'e1', Expression: 'm1 / m2' }] } }],
  ['a composite alarm', { AlarmRule: 'ALARM(a) OR ALARM(b)' }],
])("CloudWatch's own message about %s goes to the default route alone", async ([, more]) => {
  const { publish, reached } = await startPaging(BY_SEVERITY);
  await publish(cloudWatchOwn('matcher-errors', more));
  expect(reached('matcher-errors')).toEqual(['rest']);
});

const samples = new URL('../../shared/corpus/sns-samples/', import.meta.url);

/** The messages in the folder of samples, each as CloudWatch handed it to SNS. */
async function sampleMessages(): Promise<readonly Notification[]> {
  const names = (await readdir(samples)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, samples), 'utf8')));
  return texts.flatMap((text, index) => {
    const json = JSON.parse(text) as SampleFile;
    const { Type = 'Notification', Message = json.Message } = json.Records?.[0]?.Sns ?? json;
    if (Type !== 'Notification') return [];
    const message = json.message === undefined ? (Message ?? text) : JSON.stringify(json.message);
    const { AlarmName, NewStateValue } = JSON.parse(message) as { AlarmName: string; NewStateValue: string };
    const alarmName = `${AlarmName} ${index}`;
    const body = JSON.stringify({ ...(JSON.parse(message) as object), AlarmName: alarmName });
    return [{ subject: `${NewStateValue}: "${AlarmName}"`.slice(0, 100), message: body, attributes: {} }];
  });
}

interface SampleFile {
  /** A recording has it as an object. */
  readonly message?: object;
  readonly Type?: string;
  readonly Message?: string;
  readonly Records?: readonly { readonly Sns: { readonly Type?: string; readonly Message?: string } }[];
}

test("every message of CloudWatch's among the samples goes to the default route alone", async ({ skip }) => {
  if (!existsSync(samples)) console.warn(`skipped: there are no samples at ${samples.pathname}`);
  skip(!existsSync(samples), 'there are no samples');
  const { publish, reached, sns } = await startPaging(BY_SEVERITY);
  const messages = await sampleMessages();
  expect(messages.length).toBeGreaterThan(15);
  for (const message of messages) {
    await publish(message);
    const { AlarmName } = JSON.parse(message.message) as { AlarmName: string };
    expect({ AlarmName, reached: reached(AlarmName) }).toEqual({ AlarmName, reached: ['rest'] });
  }
  expect(sns.dropped()).toEqual([]);
});

test('a default that looked at attributes would not hear CloudWatch, though it asked for their absence', async () => {
  const policy = { routes: [{ exists: false }, { 'anything-but': SEVERITIES }] };
  const byAttributes = { FilterPolicyScope: 'MessageAttributes', FilterPolicy: JSON.stringify(policy) } as const;
  const { publish, reached } = await startPaging(BY_SEVERITY, undefined, (route) =>
    route.default ? byAttributes : filterPolicyOf(route, BY_SEVERITY),
  );
  await publish(cloudWatchOwn('matcher-errors', {}));
  expect(reached('matcher-errors')).toEqual([]);
  // One attribute, whichever, and the absence of another is something that can be seen.
  await publish({
    ...cloudWatchOwn('relayed', {}),
    attributes: { by: { DataType: 'String', StringValue: 'a relay' } },
  });
  expect(reached('relayed')).toEqual(['rest']);
});

test.each(['service', 'orchestration'] as const)(
  'at the %s form of endpoint an ALARM opens one incident, told again it joins it, and its OK resolves it',
  async (form) => {
    const { pagerDuty, publish } = await startPaging(BY_SEVERITY, () => form);
    for (let copy = 0; copy < 3; copy += 1) await publish(pageOf(ALARM, BY_SEVERITY));
    expect(pagerDuty.incidents()).toHaveLength(1);
    expect(pagerDuty.incidents()[0]?.alerts).toHaveLength(3);
    await publish(pageOf(ALARM, BY_SEVERITY, { previousState: 'ALARM', state: 'OK' }));
    expect(pagerDuty.incidents()).toHaveLength(1);
    expect(pagerDuty.incidents()[0]?.resolvedAtMs).toBeDefined();
    expect(pagerDuty.dropped()).toEqual([]);
  },
);

test('with one route only, everything goes there', async () => {
  const routes: readonly RouteScope[] = [{ name: 'on-call', default: true }];
  const { publish, reached } = await startPaging(routes);
  await publish(cloudWatchOwn('matcher-errors', {}));
  await publish(pageOf({ rule: 'a', severity: 'info', accounts: [] }, routes, { alarmName: 'ours' }));
  expect(reached('matcher-errors')).toEqual(['on-call']);
  expect(reached('ours')).toEqual(['on-call']);
});

test('an OK goes the way its ALARM went, though the lists of the routes have changed meanwhile', async () => {
  const before: readonly RouteScope[] = [
    { name: 'urgent', severities: ['critical'] },
    { name: 'rest', default: true },
  ];
  const after: readonly RouteScope[] = [
    { name: 'urgent', severities: ['error'] },
    { name: 'rest', default: true },
  ];
  const chosenAtAlarm = routesFor(ALARM, before);
  expect(routesFor(ALARM, after)).not.toEqual(chosenAtAlarm);
  const { pagerDuty, publish } = await startPaging(after);
  await publish(pageOf(ALARM, before));
  await publish(
    renderNotification(alarmMessage({ alarm: ALARM, routes: chosenAtAlarm, previousState: 'ALARM', state: 'OK' })),
  );
  const [incident] = pagerDuty.incidents();
  expect(incident).toMatchObject({ integrationKey: keyOf('urgent') });
  expect(incident?.resolvedAtMs).toBeDefined();
  expect(pagerDuty.incidents()).toHaveLength(1);
});

test('an OK still goes to a route that is retired', async () => {
  const before: readonly RouteScope[] = [{ name: 'old' }, { name: 'rest', default: true }];
  const after: readonly RouteScope[] = [
    { name: 'old', retired: true },
    { name: 'rest', default: true },
  ];
  const { pagerDuty, publish, reached } = await startPaging(after);
  await publish(pageOf(ALARM, before, { alarmName: 'was on' }));
  await publish(pageOf(ALARM, before, { alarmName: 'was on', previousState: 'ALARM', state: 'OK' }));
  await publish(pageOf(ALARM, after, { alarmName: 'is new' }));
  expect(reached('was on')).toEqual(['old']);
  expect(reached('is new')).toEqual(['rest']);
  expect(pagerDuty.incidents()[0]?.resolvedAtMs).toBeDefined();
});

test('an alarm whose route is there no more goes to the default', async () => {
  const routes: readonly RouteScope[] = [
    { name: 'urgent', severities: ['critical'] },
    { name: 'rest', default: true },
  ];
  const { publish, reached } = await startPaging(routes);
  await publish(renderNotification(alarmMessage({ alarm: ALARM, routes: ['removed'], alarmName: 'was removed' })));
  await publish(
    renderNotification(alarmMessage({ alarm: ALARM, routes: ['removed', 'urgent'], alarmName: 'one is left' })),
  );
  await publish(renderNotification(alarmMessage({ alarm: ALARM, routes: [], alarmName: 'of an older version' })));
  expect(reached('was removed')).toEqual(['rest']);
  expect(reached('one is left')).toEqual(['urgent', 'rest']);
  expect(reached('of an older version')).toEqual(['rest']);
});

test('two accounts of a rule that is grouped by account never share an incident', async () => {
  const routes: readonly RouteScope[] = [
    { name: 'payments', accounts: ['111122223333'] },
    { name: 'archive' },
    { name: 'rest', default: true },
  ];
  const { pagerDuty, publish, reached } = await startPaging(routes);
  for (const [account, state] of [
    ['111122223333', 'ALARM'],
    ['444455556666', 'ALARM'],
    ['111122223333', 'OK'],
  ] as const) {
    const alarmName = `root-account-usage (${account})`;
    await publish(pageOf({ ...ALARM, accounts: [account] }, routes, { alarmName, state }));
  }
  expect(reached('root-account-usage (111122223333)')).toEqual(['payments', 'archive']);
  expect(reached('root-account-usage (444455556666)')).toEqual(['archive']);
  const open = pagerDuty.incidents().filter(({ resolvedAtMs }) => resolvedAtMs === undefined);
  expect(open.map(({ dedupKey }) => dedupKey)).toEqual(['root-account-usage (444455556666)']);
  expect(pagerDuty.incidents()).toHaveLength(3);
});

const RULES = ['rule-a', 'rule-b', 'rule-c'];
const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];

function maybe<Value>(values: readonly Value[]): fc.Arbitrary<readonly Value[] | undefined> {
  return fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
}

const someRoute = fc
  .record({
    severities: maybe(SEVERITIES),
    accounts: maybe(ACCOUNTS),
    rules: maybe(RULES),
    retired: fc.option(fc.constant(true as const), { nil: undefined, freq: 4 }),
  })
  .map((route) => Object.fromEntries(Object.entries(route).filter(([, value]) => value !== undefined)));

const someRoutes: fc.Arbitrary<readonly RouteScope[]> = fc
  .tuple(fc.array(someRoute, { maxLength: 4 }), someRoute, fc.nat(4))
  .map(([others, last, at]) => {
    const { retired: _, ...lists } = last as Omit<RouteScope, 'name'>;
    const named: RouteScope[] = others.map((route, index) => ({ name: `route-${index}`, ...route }));
    return named.toSpliced(at, 0, { name: 'rest', ...lists, default: true });
  });

const someAlarm = fc.record({
  rule: fc.constantFrom(...RULES, 'rule-d'),
  severity: fc.constantFrom(...SEVERITIES),
  accounts: fc.subarray([...ACCOUNTS, '000011112222'], { minLength: 1, maxLength: 2 }),
});

/** Said anew, not as `routesFor` says it: a route takes an alarm unless something that it asks for is not so. */
function shouldTake(route: RouteScope, alarm: RoutedAlarm): boolean {
  const asked = [
    route.severities?.some((severity) => severity === alarm.severity),
    route.rules?.some((rule) => rule === alarm.rule),
    route.accounts === undefined ? undefined : alarm.accounts.some((account) => route.accounts?.includes(account)),
  ].filter((isSo) => isSo !== undefined);
  const isForTheRest = route.default === true && asked.length === 0;
  return route.retired !== true && !isForTheRest && asked.every(Boolean);
}

test('whatever the routes, every alarm reaches exactly those that name it, else the default, and no message is lost', async () => {
  await fc.assert(
    fc.asyncProperty(someRoutes, fc.array(someAlarm, { minLength: 1, maxLength: 6 }), async (routes, alarms) => {
      const { publish, reached, sns } = await startPaging(routes);
      for (const [index, alarm] of alarms.entries()) {
        const alarmName = `alarm ${index}`;
        await publish(pageOf(alarm, routes, { alarmName }));
        const naming = routes.filter((route) => shouldTake(route, alarm)).map(({ name }) => name);
        expect(reached(alarmName)).toEqual(naming.length > 0 ? naming : ['rest']);
      }
      await publish(cloudWatchOwn('its own', { Trigger: { Namespace: 'AWS/SNS' } }));
      expect(reached('its own')).toEqual(['rest']);
      expect(sns.dropped()).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('when routes change while old and new code still run, a message may reach more than it should, but always somebody', async () => {
  await fc.assert(
    fc.asyncProperty(someRoutes, someRoutes, someAlarm, async (subscribed, decidedBy, alarm) => {
      const { publish, reached } = await startPaging(subscribed);
      await publish(pageOf(alarm, decidedBy, { alarmName: 'in between' }));
      expect(reached('in between').length).toBeGreaterThan(0);
    }),
    { numRuns: 20 },
  );
});
