import { expect, test } from 'vitest';
import { ALARM, FILTER, cli } from './cloudwatch-fixture.ts';
import { cloudFormationTemplate, parseTemplate, readTemplate, readTerraform, templateReferences } from './index.ts';

const template = (resources: string) => readTemplate(parseTemplate(`Resources:\n${resources}`));

test('a filter whose pattern only a deployment knows is not one that counts everything', () => {
  const { metricFilters, notCarried } = template(`
  F:
    Type: AWS::Logs::MetricFilter
    Properties:
      FilterPattern: !If [A, '{ $.a = 1 }', '{ $.b = 1 }']
      MetricTransformations: [{ MetricName: m, MetricNamespace: n, MetricValue: 1 }]
`);
  expect(metricFilters).toEqual([]);
  expect(notCarried).toHaveLength(1);
});

test.each([
  ['!Sub \'{ $.a = "${Env}" }\'', 0],
  ['!Sub \'{ $.a = "b" }\'', 1],
  ['\'{ $.a = "${jndi*" }\'', 1],
])('of a filter whose pattern is %s come %j', (pattern, count) => {
  const { metricFilters } = template(`
  F:
    Type: AWS::Logs::MetricFilter
    Properties:
      FilterPattern: ${pattern}
      MetricTransformations: [{ MetricName: m, MetricNamespace: n, MetricValue: 1 }]
`);
  expect(metricFilters).toHaveLength(count);
});

test.each([
  ['{ $.a = "${var.x}" }', []],
  ['{ $.a = "$${jndi*" }', ['{ $.a = "${jndi*" }']],
])('of a Terraform filter whose pattern is %s come %j', (pattern, patterns) => {
  const metric_transformation = [{ name: 'm', namespace: 'n', value: '1' }];
  const a = [{ name: 'a', pattern, metric_transformation }];
  const { metricFilters } = readTerraform({ resource: { aws_cloudwatch_log_metric_filter: { a } } });
  expect(metricFilters.map(({ filterPattern }) => filterPattern)).toEqual(patterns);
});

test.each([
  ['ActionsEnabled: !If [Quiet, false, true]', true],
  ['ActionsEnabled: !Ref AWS::NoValue', true],
  ['Tags: [{ Key: a, Value: !ImportValue b }]', true],
  ['Threshold: !Ref NoDefault', false],
  ['TreatMissingData: !If [Quiet, missing, breaching]', false],
])('of an alarm with %s the rest comes along: %j', (property, comesAlong) => {
  const { alarms, notCarried } = template(`
  A:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: n, MetricName: m, Statistic: Sum, Period: 60, EvaluationPeriods: 1, ComparisonOperator: GreaterThanThreshold${property.startsWith('Threshold') ? '' : ', Threshold: 1'}, ${property} }
`);
  expect(alarms).toHaveLength(comesAlong ? 1 : 0);
  if (comesAlong) expect(alarms).toMatchObject([{ actionsEnabled: true }]);
  else expect(notCarried).toHaveLength(1);
});

test('an alarm in a template may name its one metric as metric math does', () => {
  const { alarms } = template(`
  A:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics: [{ Id: m1, MetricStat: { Metric: { Namespace: n, MetricName: !Sub '\${Env}-m' }, Period: '60', Stat: Sum } }]
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
`);
  expect(alarms).toMatchObject([{ metricName: '${Env}-m', period: 60, statistic: 'Sum' }]);
});

test('loops and nested stacks of a template are told of', () => {
  const { notCarried } = template(`
  'Fn::ForEach::Alarms': [Id, [a, b], { 'A\${Id}': { Type: AWS::CloudWatch::Alarm } }]
  'Fn::ForEach::Queues': [Id, [a, b], { 'Q\${Id}': { Type: AWS::SQS::Queue } }]
  Nested: { Type: AWS::CloudFormation::Stack }
`);
  expect(notCarried.map(({ name }) => name)).toEqual(['Fn::ForEach::Alarms', 'Nested']);
});

test('what an exported template refers to is a parameter of it, or told of', () => {
  const alarm = { ...ALARM, AlarmActions: ['${Topic}', '${aws_sns_topic.pd.arn}', '{"Fn::If":["IsProd","a","b"]}'] };
  const made = cloudFormationTemplate(cli([{ ...FILTER, logGroupName: '${Group}' }], [alarm]), {
    Group: { description: 'ours' },
  }) as { readonly Parameters: object; readonly Resources: object };
  expect(Object.keys(made.Parameters)).toEqual(['Group', 'Topic']);
  expect(templateReferences(made.Resources).others).toEqual(['aws_sns_topic.pd.arn', 'the condition IsProd']);
});

test('a text that begins like a function and is none is exported as it is', () => {
  const made = cloudFormationTemplate(cli([], [{ ...ALARM, AlarmActions: ['{"Fn::Sub'] }]), {});
  expect(JSON.stringify(made)).toContain(JSON.stringify('{"Fn::Sub'));
});

test('Terraform’s flags are texts or expressions, and an alarm is not lost over one', () => {
  const alarm = (actions_enabled: unknown) => ({
    ...{ alarm_name: 'a', metric_name: 'm', namespace: 'n', statistic: 'Sum', actions_enabled },
    ...{ period: 60, evaluation_periods: 1, threshold: 1, comparison_operator: 'GreaterThanThreshold' },
  });
  const read = (flag: unknown) => readTerraform({ resource: { aws_cloudwatch_metric_alarm: { a: [alarm(flag)] } } });
  expect(read('false').alarms).toMatchObject([{ actionsEnabled: false }]);
  const { alarms, notCarried } = read('${var.on ? true : false}');
  expect(alarms).toMatchObject([{ actionsEnabled: true }]);
  expect(notCarried).toMatchObject([{ reason: expect.stringContaining('actions_enabled') as string }]);
});

test('a Terraform alarm may name its one metric in a metric_query', () => {
  const metric = { metric_name: 'm', namespace: 'n', stat: 'Sum', period: 60 };
  const a = {
    ...{ alarm_name: 'a', evaluation_periods: 1, threshold: 1, comparison_operator: 'GreaterThanThreshold' },
    metric_query: [{ id: 'm1', metric: [metric] }],
  };
  const { alarms } = readTerraform({ resource: { aws_cloudwatch_metric_alarm: { a: [a] } } });
  expect(alarms).toMatchObject([{ metricName: 'm', period: 60 }]);
});

test('modules and numbers that Terraform alone knows are told of', () => {
  const { alarms, notCarried } = readTerraform({
    variable: { threshold: [{ type: 'number' }] },
    module: { alarms: [{ source: './alarms' }] },
    resource: { aws_cloudwatch_metric_alarm: { root: [{ alarm_name: 'root', threshold: '${var.threshold}' }] } },
  });
  expect(alarms).toEqual([]);
  expect(notCarried).toMatchObject([
    { kind: 'alarm', reason: 'its threshold is ${var.threshold}, which only a deployment knows' },
    { kind: 'module', name: 'alarms', reason: expect.stringContaining('terraform show -json') as string },
  ]);
});
