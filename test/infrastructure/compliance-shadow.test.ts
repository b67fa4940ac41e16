import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { resource, resourcesOf } from './support/graph.ts';

const SCENARIO = 'complianceShadow';
const FILTER = 'aws:cloudwatch/logMetricFilter:LogMetricFilter';

const filters = () => resourcesOf(SCENARIO, FILTER).map(({ inputs }) => inputs);
const shadowAlarms = () =>
  resourcesOf(SCENARIO, 'aws:cloudwatch/metricAlarm:MetricAlarm').filter(({ name }) =>
    name.startsWith('ComplianceShadow-'),
  );

test('without it there is no metric filter', () => {
  expect(resourcesOf('production', FILTER)).toEqual([]);
});

test('each exact filter has an alarm on its metric, in one namespace of its own', () => {
  expect(filters().length).toBeGreaterThan(15);
  const metrics = filters().map(
    ({ metricTransformation }) => metricTransformation as { namespace: string; name: string },
  );
  expect(new Set(metrics.map(({ namespace }) => namespace))).toEqual(new Set(['trailbell-production-compliance']));
  expect(
    shadowAlarms()
      .map(({ inputs }) => inputs.metricName)
      .sort(),
  ).toEqual(metrics.map(({ name }) => name).sort());
});

test('its alarms tell a topic with a subscriber that nobody reads, and never the topic that pages', () => {
  const shadow = String(resource(SCENARIO, 'ComplianceShadowTopic').inputs.name);
  const paging = String(resource(SCENARIO, 'NotificationsTopic').inputs.name);
  for (const { inputs } of shadowAlarms()) {
    expect(JSON.stringify(inputs.alarmActions)).toContain(shadow);
    expect(JSON.stringify(inputs)).not.toContain(paging);
  }
  expect(resource(SCENARIO, 'ComplianceShadowSubscription').inputs).toMatchObject({ protocol: 'sqs' });
  expect(resource(SCENARIO, 'ComplianceShadowTopic').inputs.kmsMasterKeyId).toBeDefined();
});

test('with it everything else is as without it', () => {
  const others = (scenario: 'production' | typeof SCENARIO) =>
    resourcesOf(scenario)
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('ComplianceShadow'))
      .sort();
  expect(others(SCENARIO)).toEqual(others('production'));
});

const CIS = new URL('../../../shared/corpus/cis.json', import.meta.url);
const hasCis = existsSync(CIS);
if (!hasCis) console.log('skipped: ../shared/corpus/cis.json is not here');

test.runIf(hasCis)('the patterns are the benchmark’s, character for character', () => {
  const texts = readFileSync(CIS, 'utf8');
  const patterns = filters().map(({ pattern }) => String(pattern));
  const unquoted = texts.replaceAll('\\"', '"');
  expect(patterns.filter((pattern) => !unquoted.includes(pattern.slice(1, -1).trim()))).toEqual([]);
});
