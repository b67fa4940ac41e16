import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEPLOYED, graphOf, input, resource, resourcesOf, type Resource } from './support/graph.ts';
import type { Scenario } from './support/scenarios.ts';

const ALARM = 'aws:cloudwatch/metricAlarm:MetricAlarm';

function doc(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
}

/** All but those that are there for auditors. */
function selfAlarms(scenario: Scenario): readonly Resource[] {
  return resourcesOf(scenario, ALARM).filter(({ name }) => !name.startsWith('ComplianceShadow-'));
}

function alarmNames(scenario: Scenario): readonly string[] {
  return resourcesOf(scenario, ALARM).map(({ name }) => name);
}

/** The alarms that docs/failures.md names, failure by failure. */
const named = doc('failures.md')
  .split('\n')
  .filter((line) => /^\| .* \| `[a-z-]+`/.test(line))
  .flatMap((line) => [...(line.split('|')[2] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name));

test('every failure that lasts has an alarm, and every alarm a failure that it is for', () => {
  expect(new Set(named)).toEqual(new Set(alarmNames('production')));
});

test('the runbook has a part for each alarm, and for no other', () => {
  const parts = [...doc('runbook.md').matchAll(/^## (.*)$/gm)].map(([, name = '']) => name);
  expect(parts.toSorted()).toEqual(alarmNames('production').toSorted());
});

test('without a heartbeat nothing misses it', () => {
  expect(alarmNames('everythingOff')).toEqual(alarmNames('production').filter((name) => name !== 'heartbeat-missing'));
});

test.each(DEPLOYED)('%s: each alarm tells ALARM and OK to the topic, and says where the runbook is', (scenario) => {
  const topicArn = (name: unknown) => expect.stringMatching(new RegExp(`:sns:.*:${String(name)}$`)) as string;
  const topic = topicArn(resource(scenario, 'NotificationsTopic').inputs.name);
  for (const { name, inputs } of selfAlarms(scenario)) {
    expect(inputs).toMatchObject({
      alarmActions: [topic],
      okActions: [topic],
      alarmDescription: `Trailbell watches itself: see docs/runbook.md#${name}`,
    });
    // PagerDuty takes missing data for an ALARM that nothing closes.
    expect(inputs).not.toHaveProperty('insufficientDataActions');
    expect(['breaching', 'notBreaching']).toContain(inputs.treatMissingData);
  }
});

test('an alarm’s name says which stage it is, with the prefix that is configured', () => {
  expect(resource('production', 'matcher-errors').inputs.name).toBe('matcher-errors trailbell-production');
  expect(resource('everythingOff', 'matcher-errors').inputs.name).toBe('acme matcher-errors trailbell-production');
});

interface Watched {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

function watchedBy(alarm: Resource): readonly Watched[] {
  const queries = (input(alarm, 'metricQueries') ?? []) as readonly { readonly metric?: Watched }[];
  const metrics = queries.flatMap(({ metric }) => (metric === undefined ? [] : [metric]));
  return metrics.length > 0 ? metrics : [alarm.inputs as unknown as Watched];
}

test.each(DEPLOYED)('%s: every metric that is watched is one of what is deployed', (scenario) => {
  const known = new Set(
    resourcesOf(scenario).flatMap(({ inputs }) => (typeof inputs.name === 'string' ? [inputs.name] : [])),
  );
  const { TRAILBELL_DEPLOYMENT: deployment, TRAILBELL_LOG_GROUP: logGroup } = input(
    resource(scenario, 'MatcherFunction'),
    'environment.variables',
  ) as Readonly<Record<string, string>>;
  const others = ['Lambda', 'matcher', 'reconciler', deployment, logGroup];
  for (const alarm of selfAlarms(scenario)) {
    for (const { dimensions } of watchedBy(alarm)) {
      for (const value of Object.values(dimensions)) expect([...known, ...others], alarm.name).toContain(value);
    }
  }
});

test('Trailbell’s own metrics are those that its functions count', () => {
  const source = readFileSync(new URL('../../packages/functions/src/telemetry.ts', import.meta.url), 'utf8');
  const own = resourcesOf('production', ALARM)
    .flatMap(watchedBy)
    .filter(({ namespace }) => namespace === 'Trailbell');
  expect(own.length).toBeGreaterThan(4);
  for (const { metricName } of own) expect(source).toContain(`'${metricName}'`);
});

test('what must happen all the time rings where nothing is heard of it', () => {
  const silent = resourcesOf('production', ALARM).filter(({ inputs }) => inputs.treatMissingData === 'breaching');
  expect(silent.map(({ name }) => name)).toEqual(['heartbeat-missing', 'no-records', 'reconciler-silent']);
  for (const { inputs } of silent) {
    expect(inputs).toMatchObject({ comparisonOperator: 'LessThanThreshold', threshold: 1 });
  }
});

test('the heartbeat’s own events do not pass for records', () => {
  expect(input(resource('production', 'no-records'), 'metricQueries')).toMatchObject([
    { expression: 'm0 - FILL(m1, 0)' },
    { id: 'm0', metric: { metricName: 'IncomingLogEvents' } },
    { id: 'm1', metric: { metricName: 'Invocations', dimensions: { FunctionName: 'trailbell-production-heartbeat' } } },
  ]);
});

test('the dashboard is one that CloudWatch can draw, and has what each alarm looks at', () => {
  const { dashboardName, dashboardBody } = resource('production', 'Dashboard').inputs;
  expect(dashboardName).toBe('trailbell-production');
  const { widgets } = JSON.parse(String(dashboardBody)) as {
    widgets: readonly { readonly properties: { readonly metrics: readonly (readonly unknown[])[] } }[];
  };
  expect(widgets.length).toBeGreaterThan(7);
  const shown = new Set(widgets.flatMap(({ properties }) => properties.metrics.map(([, name]) => String(name))));
  for (const name of ['IncomingLogEvents', 'Matches', 'ReconcilerLag', 'NumberOfNotificationsFailed', 'Errors']) {
    expect(shown).toContain(name);
  }
  expect(graphOf('live').resources.filter(({ name }) => name === 'Dashboard')).toEqual([]);
});
