import { COMPONENT_NAMES } from '@trailbell/core/config';
import { expect, test } from 'vitest';
import { ALL_SCENARIOS, DEPLOYED, graphOf, input, resource, resourcesOf, type Resource } from './support/graph.ts';

const FUNCTION = 'aws:lambda/function:Function';

test('the same input gives the same graph', () => {
  expect(graphOf('again').resources).toEqual(graphOf('production').resources);
});

test('a production stage is protected, and what holds data outlives it', () => {
  expect(graphOf('production').app).toMatchObject({ protect: true, removal: 'retain' });
  for (const [scenario, name] of [
    ['production', 'AlarmsTable'],
    ['severalRoutes', 'AlarmsTable'],
    ['newTrail', 'TrailLogGroup'],
    ['newTrail', 'TrailKey'],
    ['newTrail', 'TrailBucketBucket'],
    ['newTrail', 'Trail'],
  ] as const) {
    expect([name, resource(scenario, name)]).toMatchObject([name, { protect: true, retainOnDelete: true }]);
  }
});

test('a personal stage is removed without a trace', () => {
  expect(graphOf('personal').app).toMatchObject({ protect: false, removal: 'remove' });
  const kept = [...resourcesOf('personal'), ...resourcesOf('newTrailPersonal')].filter(
    ({ protect, retainOnDelete }) => protect || retainOnDelete,
  );
  expect(kept.map(({ name }) => name)).toEqual([]);
  expect(input(resource('newTrailPersonal', 'TrailBucketBucket'), 'forceDestroy')).toBe(true);
  expect(input(resource('newTrail', 'TrailBucketBucket'), 'forceDestroy')).toBe(false);
});

test('a stage can be tied to an account and a region', () => {
  expect(graphOf('tied').app.providers).toMatchObject({
    aws: { version: '7.20.0', region: 'eu-central-1', allowedAccountIds: ['777788889999'] },
  });
  expect(graphOf('production').app).toMatchObject({ version: '4.17.1', home: 'aws' });
  expect(graphOf('production').app.providers).not.toHaveProperty('aws.allowedAccountIds');
});

test('a graph is that of the region that its stage is tied to', () => {
  expect(resource('tied', 'Subscription').inputs.destinationArn).toMatch(/^arn:aws:lambda:eu-central-1:777788889999:/);
});

test.each(ALL_SCENARIOS)('%s: no part is called as a secret may be', (scenario) => {
  const stack = resourcesOf(scenario).find(({ parent }) => parent === null)?.urn;
  const parts = resourcesOf(scenario).filter(
    ({ type, parent }) => /^sst:(?!sst:(Secret|LinkRef)$)/.test(type) && parent === stack,
  );
  expect(parts.map(({ name }) => name).filter((name) => !COMPONENT_NAMES.includes(name))).toEqual([]);
  expect(parts.length).toBeGreaterThan(8);
});

test('all that is created is tagged with its stage', () => {
  expect(graphOf('personal').app.providers).toMatchObject({
    aws: { defaultTags: { tags: { 'sst:app': 'trailbell', 'sst:stage': 'alice' } } },
  });
});

/** How a resource is called where it can be seen from outside. */
function nameOf({ inputs }: Resource): string | undefined {
  const name = inputs.name ?? inputs.bucket ?? inputs.dashboardName;
  return typeof name === 'string' ? name : undefined;
}

test.each(ALL_SCENARIOS)('%s: what has a name or tags says by them which stage it belongs to', (scenario) => {
  const stage = String(graphOf(scenario).app.stage);
  const theUsersOwn = ['TrailLogGroup'];
  const named = resourcesOf(scenario).filter(({ type }) => type.startsWith('aws:') && !type.includes('BucketObject'));
  for (const each of named.filter(({ name }) => !theUsersOwn.includes(name))) {
    const name = nameOf(each) ?? (input(each, 'tags.Name') as string | undefined) ?? '';
    if (name !== '') expect(name, each.name).toMatch(new RegExp(`trailbell-(heartbeat-)?${stage}`));
  }
  for (const key of resourcesOf(scenario, 'aws:kms/key:Key')) {
    expect(input(key, 'tags.Name')).toBe(`trailbell-${stage}`);
  }
});

test('no two stages share a name', () => {
  const names = (scenario: 'production' | 'personal') =>
    resourcesOf(scenario)
      // SST's own bucket is the account's, whatever the stage.
      .filter(({ type }) => type.startsWith('aws:') && !type.includes('BucketObject'))
      .flatMap((each) => nameOf(each) ?? []);
  expect(names('production').filter((name) => names('personal').includes(name))).toEqual([]);
});

test.each(DEPLOYED)('%s: functions run on Node 24 and Graviton, log JSON, and their logs end', (scenario) => {
  const functions = resourcesOf(scenario, FUNCTION);
  for (const { inputs } of functions) {
    expect(inputs).toMatchObject({ runtime: 'nodejs24.x', architectures: ['arm64'] });
  }
  for (const name of ['Matcher', 'Reconciler']) {
    const group = resource(scenario, `${name}Logs`).inputs;
    expect(group.retentionInDays).toBe(scenario === 'everythingOff' ? 7 : 30);
    expect(input(resource(scenario, `${name}Function`), 'loggingConfig')).toEqual({
      logFormat: 'JSON',
      logGroup: group.name,
    });
  }
});

test('concurrency is reserved as configured', () => {
  const reserved = (scenario: Parameters<typeof resource>[0], name: string) =>
    resource(scenario, `${name}Function`).inputs.reservedConcurrentExecutions;
  expect([reserved('production', 'Matcher'), reserved('production', 'Reconciler')]).toEqual([10, 1]);
  expect([reserved('severalRoutes', 'Matcher'), reserved('severalRoutes', 'Reconciler')]).toEqual([25, 1]);
  expect([reserved('everythingOff', 'Matcher'), reserved('everythingOff', 'Reconciler')]).toEqual([
    undefined,
    undefined,
  ]);
  expect([reserved('live', 'Matcher'), reserved('live', 'Reconciler')]).toEqual([1, 1]);
});

test('live mode takes no events unless a pattern says which, runs no schedule, and rings no alarm', () => {
  for (const scenario of ['live', 'liveWithPattern'] as const) {
    expect(input(resource(scenario, 'EveryMinuteSchedule'), 'state')).toBe('DISABLED');
    expect(resourcesOf(scenario, 'aws:cloudwatch/metricAlarm:MetricAlarm')).toEqual([]);
    expect(resourcesOf(scenario).filter(({ name }) => name.startsWith('Heartbeat'))).toEqual([]);
  }
  expect(resourcesOf('live', 'aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter')).toEqual([]);
  expect(input(resource('liveWithPattern', 'Subscription'), 'filterPattern')).toBe(
    '{ $.userIdentity.userName = "alice" }',
  );
});

test('live mode has tabs that follow the matches and tune a rule, and nothing of them is deployed', () => {
  expect(resourcesOf('live', 'sst:sst:DevCommand').map(({ name }) => name)).toEqual(['Matches', 'Tune']);
  for (const scenario of DEPLOYED) expect(resourcesOf(scenario, 'sst:sst:DevCommand')).toEqual([]);
});
