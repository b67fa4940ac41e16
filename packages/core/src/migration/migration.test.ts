import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { loadRules } from '../rule/load-rules.ts';
import { ALARM, FILTER, cli, imported } from './cloudwatch-fixture.ts';
import { ruleNameOf } from './rule-name.ts';
import {
  cloudFormationTemplate,
  cloudWatchFromRules,
  parseTemplate,
  readCliOutput,
  readTemplate,
  readTerraform,
  type CloudWatchSettings,
} from './index.ts';

const OPTIONS = { logGroupName: '${LogGroupName}', metricNamespace: 'Trailbell', actions: ['${AlarmTopicArn}'] };

/** Imports, exports as a template, and reads the template again. */
function roundTrip(settings: CloudWatchSettings) {
  const files = imported(settings).rules.map(({ name, text }) => ({ path: `${name}.yaml`, text }));
  const { rules, problems } = loadRules(files);
  expect(problems).toEqual([]);
  const exported = cloudWatchFromRules(rules, OPTIONS);
  const template: unknown = JSON.parse(JSON.stringify(cloudFormationTemplate(exported, {})));
  return { exported, read: readTemplate(template) };
}

test('a metric filter and its alarm become a rule with the same pattern and the same settings', () => {
  const { rules, notCarried } = imported(cli([FILTER], [ALARM]));
  expect(notCarried).toEqual([]);
  expect(rules.map(({ name }) => name)).toEqual(['cis-3-3-root-use']);
  expect(parse(rules[0]?.text ?? '')).toEqual({
    name: 'cis-3-3-root-use',
    title: 'root was used',
    severity: 'warning',
    description: 'root was used',
    filterPattern: FILTER.filterPattern,
    defaultValue: 0,
    alarm: {
      statistic: 'Sum',
      period: 300,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
    },
    examples: { matches: [], ignores: [] },
    cloudwatch: {
      filterName: 'RootUse',
      logGroupName: 'trail',
      metricNamespace: 'CIS',
      metricName: 'RootUse',
      alarmName: 'CIS 3.3 RootUse',
      alarmActions: ALARM.AlarmActions,
      okActions: ALARM.OKActions,
      insufficientDataActions: [],
    },
  });
});

test('a long pattern stays on one line of its rule file', () => {
  const filterPattern = `{ ${Array.from({ length: 30 }, (_, i) => `($.eventName = "Event${i}")`).join(' || ')} }`;
  const [rule] = imported(cli([{ ...FILTER, filterPattern }], [ALARM])).rules;
  expect(rule?.text.split('\n').find((line) => line.startsWith('filterPattern: '))).toBe(
    `filterPattern: '${filterPattern}'`,
  );
});

test('what pages nobody in CloudWatch becomes a rule that pages nobody', () => {
  const modes = (alarm?: object) =>
    imported(cli([FILTER], alarm === undefined ? [] : [alarm])).rules.map(
      ({ text }) => (parse(text) as { mode?: string }).mode,
    );
  expect(modes()).toEqual(['stage']);
  expect(modes({ ...ALARM, ActionsEnabled: false })).toEqual(['stage']);
  expect(modes({ ...ALARM, AlarmActions: [] })).toEqual(['stage']);
  expect(modes(ALARM)).toEqual([undefined]);
});

test.each([
  ['an alarm with its filter', [FILTER], [ALARM]],
  ['a filter that no alarm watches', [FILTER], []],
  ['an alarm without actions', [FILTER], [{ ...ALARM, AlarmActions: [], OKActions: [] }]],
  ['an alarm with its actions off', [FILTER], [{ ...ALARM, ActionsEnabled: false }]],
  ['two alarms on one metric', [FILTER], [ALARM, { ...ALARM, AlarmName: 'many', Threshold: 10 }]],
  ['two filters that feed one metric', [FILTER, { ...FILTER, filterName: 'Other', filterPattern: 'root' }], [ALARM]],
  ['nothing said of missing data', [FILTER], [{ ...ALARM, TreatMissingData: undefined }]],
  [
    'a value taken from the record',
    [{ ...FILTER, metricTransformations: [{ ...FILTER.metricTransformations[0], metricValue: '$.count' }] }],
    [ALARM],
  ],
  [
    'units',
    [{ ...FILTER, metricTransformations: [{ ...FILTER.metricTransformations[0], unit: 'Count' }] }],
    [{ ...ALARM, Unit: 'Count' }],
  ],
  ['a pattern with what is a reference elsewhere', [{ ...FILTER, filterPattern: '{ $.a = "${jndi*" }' }], [ALARM]],
  ['a pattern of terms', [{ ...FILTER, filterPattern: '?ERROR ?"access denied"' }], [ALARM]],
] as const)('%s comes back the same', (_, filters, alarms) => {
  const settings = cli(filters, alarms);
  const { exported, read } = roundTrip(settings);
  expect(exported.metricFilters).toEqual(settings.metricFilters);
  expect(exported.alarms).toEqual(settings.alarms);
  expect(read.metricFilters).toEqual(settings.metricFilters);
  expect(read.alarms).toEqual(settings.alarms);
});

test.each([
  ['metric math', [FILTER], { ...ALARM, Metrics: [{ Id: 'm1', Expression: 'm2 / m3' }] }, 'metric math'],
  ['an anomaly band', [FILTER], { ...ALARM, ThresholdMetricId: 'ad1' }, 'anomaly detection band'],
  ['a percentile', [FILTER], { ...ALARM, Statistic: undefined, ExtendedStatistic: 'p99' }, 'every value of a period'],
  ['a short period', [FILTER], { ...ALARM, Period: 10 }, 'shorter than a minute'],
  ['dimensions of the alarm', [FILTER], { ...ALARM, Dimensions: [{ Name: 'a', Value: 'b' }] }, 'dimensions'],
  ['a metric of another kind', [FILTER], { ...ALARM, Namespace: 'AWS/EC2' }, 'no metric filter here feeds'],
  [
    'a default value that is not 0',
    [{ ...FILTER, metricTransformations: [{ ...FILTER.metricTransformations[0], defaultValue: 2 }] }],
    ALARM,
    'default value 2',
  ],
  [
    'several metrics of one filter',
    [{ ...FILTER, metricTransformations: [...FILTER.metricTransformations, ...FILTER.metricTransformations] }],
    ALARM,
    'feeds several metrics',
  ],
  ['a filter of transformed logs', [{ ...FILTER, applyOnTransformedLogs: true }], ALARM, 'transformed log events'],
  ['a filter of some accounts', [{ ...FILTER, fieldSelectionCriteria: '@aws.account = "1"' }], ALARM, 'some accounts'],
  ['a filter with system dimensions', [{ ...FILTER, emitSystemFieldDimensions: ['@aws.region'] }], ALARM, 'dimensions'],
  ['a pattern that CloudWatch refuses', [{ ...FILTER, filterPattern: '{ $.a == 1 }' }], ALARM, 'a value is expected'],
  ['a threshold that takes too many matches', [FILTER], { ...ALARM, Threshold: 100_000 }, '128'],
  ['an alarm in another form', [FILTER], { AlarmName: 'x' }, 'not in the form'],
] as const)('%s is not carried over, and the reason is told', (_, filters, alarm, reason) => {
  const { rules, notCarried } = imported(cli(filters, [alarm]));
  expect(rules.filter(({ text }) => !text.includes('mode: stage'))).toEqual([]);
  expect(notCarried.map((told) => told.reason).join('\n')).toContain(reason);
});

test('a composite alarm is not carried over, and the reason is told', () => {
  const settings = readCliOutput({ CompositeAlarms: [{ AlarmName: 'both', AlarmRule: 'ALARM(a)' }] });
  expect(settings.notCarried).toMatchObject([{ kind: 'alarm', name: 'both' }]);
});

test('one entry that cannot be read takes no other with it', () => {
  const { rules, notCarried } = imported(cli([{ filterName: 'torn' }, FILTER], [7, ALARM].map(Object)));
  expect(rules).toHaveLength(1);
  expect(notCarried.map(({ name }) => name)).toEqual(['torn', '(without a name)']);
});

const TEMPLATE = `
Parameters:
  Often: { Type: Number, Default: 5 }
Resources:
  Topic: { Type: AWS::SNS::Topic }
  RootFilter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref TrailLogGroup
      FilterPattern: '{ $.userIdentity.type = "Root" }'
      MetricTransformations:
        - { MetricName: RootUse, MetricNamespace: !Sub '\${AWS::StackName}/cis', MetricValue: '1' }
  RootAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: !Sub '\${AWS::StackName}/cis'
      MetricName: RootUse
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: !Ref Often
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!Ref Topic, !ImportValue pages]
      OKActions: !If [Quiet, [], [!GetAtt Topic.Arn]]
`;

test('a CloudFormation template is read with its short forms, and written so that it means the same', () => {
  const settings = readTemplate(parseTemplate(TEMPLATE));
  expect(settings.notCarried).toEqual([]);
  expect(settings.alarms).toMatchObject([
    { alarmName: 'RootAlarm', threshold: 5, metricNamespace: '${AWS::StackName}/cis' },
  ]);
  const { read } = roundTrip(settings);
  expect(read.alarms).toEqual(settings.alarms);
  expect(read.metricFilters).toEqual(settings.metricFilters);
  const template = cloudFormationTemplate(settings, {}) as { Resources: { RootAlarm: { Properties: object } } };
  expect(template.Resources.RootAlarm.Properties).toMatchObject({
    Namespace: { 'Fn::Sub': '${AWS::StackName}/cis' },
    AlarmActions: [{ Ref: 'Topic' }, { 'Fn::ImportValue': 'pages' }],
    OKActions: [{ 'Fn::If': ['Quiet', [], [{ 'Fn::GetAtt': ['Topic', 'Arn'] }]] }],
  });
});

test('Terraform is read with its defaults, locals and references put in', () => {
  const settings = readTerraform({
    variable: { period: [{ default: 60 }] },
    locals: [{ ns: 'CIS-${var.stage}' }],
    resource: {
      aws_cloudwatch_log_metric_filter: {
        root: [
          {
            name: 'root',
            pattern: '{ $.userIdentity.type = "Root" }',
            log_group_name: '${var.group}',
            metric_transformation: [{ name: 'RootUse', namespace: '${local.ns}', value: '1' }],
          },
        ],
        each: [{ for_each: '${local.filters}', name: '${each.key}' }],
      },
      aws_cloudwatch_metric_alarm: {
        root: [
          {
            alarm_name: '${aws_cloudwatch_log_metric_filter.root.name}-alarm',
            metric_name: '${aws_cloudwatch_log_metric_filter.root.metric_transformation[0].name}',
            namespace: '${aws_cloudwatch_log_metric_filter.root.metric_transformation.0.namespace}',
            statistic: 'Sum',
            period: '${var.period}',
            evaluation_periods: '1',
            threshold: '1',
            comparison_operator: 'GreaterThanOrEqualToThreshold',
            alarm_actions: ['${aws_sns_topic.pages.arn}'],
          },
        ],
      },
    },
  });
  expect(settings.metricFilters).toMatchObject([
    { filterName: 'root', metricNamespace: 'CIS-${var.stage}', logGroupName: '${var.group}' },
  ]);
  expect(settings.alarms).toMatchObject([
    { alarmName: 'root-alarm', period: 60, threshold: 1, treatMissingData: 'missing' },
  ]);
  expect(settings.notCarried).toMatchObject([{ name: 'aws_cloudwatch_log_metric_filter.each' }]);
  expect(imported(settings).rules.map(({ name }) => name)).toEqual(['root']);
});

test('what a rule has and CloudWatch has not is told when it is exported', () => {
  const text = `
name: by-account
title: By account
severity: info
filterPattern: '{ ($.a = %^x% || $.b = %^y%) && $.c = %z% }'
---
name: grouped
title: Grouped
severity: info
filterPattern: '{ $.a = 1 }'
groupBy: [$.recipientAccountId]
exceptions: [{ filterPattern: '{ $.b = 1 }', reason: r, owner: o, expires: 2099-01-01 }]
`;
  const { notCarried, metricFilters, alarms } = cloudWatchFromRules(
    loadRules([{ path: 'r.yaml', text }]).rules,
    OPTIONS,
  );
  expect(notCarried.map(({ name }) => name)).toEqual(['by-account', 'grouped', 'grouped']);
  expect(metricFilters).toMatchObject([{ filterName: 'grouped', logGroupName: '${LogGroupName}' }]);
  expect(alarms).toMatchObject([{ alarmName: 'grouped', alarmActions: ['${AlarmTopicArn}'], actionsEnabled: true }]);
});

const SAMPLES = new URL('../../../../../shared/corpus/aws-samples/', import.meta.url);
const hasSamples = existsSync(SAMPLES);
if (!hasSamples) console.log('skipped: ../shared/corpus/aws-samples is not here');

test.runIf(hasSamples)('every filter and alarm of the samples comes back the same, or is told of', () => {
  let filters = 0;
  for (const file of readdirSync(SAMPLES)) {
    const json = JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')) as {
      sample?: { outputs?: readonly unknown[]; Resources?: unknown };
    };
    for (const source of [
      ...(json.sample?.outputs ?? []),
      ...(json.sample?.Resources === undefined ? [] : [json.sample]),
    ]) {
      const settings = source === json.sample ? readTemplate(source) : readCliOutput(source);
      filters += settings.metricFilters.length;
      const { read } = roundTrip(settings);
      // Old outputs do not name the log group; a template must.
      const onAGroup = settings.metricFilters.map((filter) => ({ logGroupName: OPTIONS.logGroupName, ...filter }));
      expect(read.metricFilters).toEqual(onAGroup);
      const { notCarried } = imported(settings);
      const kept = settings.alarms.filter(
        ({ alarmName }) => !notCarried.some(({ name }) => name === alarmName && !file.startsWith('widdix')),
      );
      expect(read.alarms).toEqual(kept);
    }
  }
  expect(filters).toBeGreaterThan(15);
});

test.each([
  [true, [], ['arn:ok']],
  [false, [], []],
  [false, [], ['arn:ok']],
  [false, ['arn:pages'], ['arn:ok']],
] as const)(
  'actions come back enabled or not as they were: %j, ALARM %j, OK %j',
  (isEnabled, alarmActions, okActions) => {
    const alarm = { ...ALARM, ActionsEnabled: isEnabled, AlarmActions: alarmActions, OKActions: okActions };
    const settings = cli([FILTER], [alarm]);
    expect(settings.alarms).toHaveLength(1);
    expect(roundTrip(settings).read.alarms).toEqual(settings.alarms);
  },
);

test('a filter whose alarm stays behind comes along, staged', () => {
  const { rules, notCarried } = imported(cli([FILTER], [{ ...ALARM, Statistic: 'p99' }]));
  expect(notCarried).toMatchObject([{ kind: 'alarm' }]);
  expect(rules).toHaveLength(1);
  expect(rules[0]?.text).toContain('mode: stage');
});

test.each(['', ' ', '0x10', 'many'])('the metric value %j is refused, and no number is made of it', (metricValue) => {
  const [transformation] = FILTER.metricTransformations;
  const { rules, notCarried } = imported(
    cli([{ ...FILTER, metricTransformations: [{ ...transformation, metricValue }] }], []),
  );
  expect(rules).toEqual([]);
  expect(notCarried).toMatchObject([{ reason: expect.stringContaining('neither a number nor a selector') as string }]);
});

test('letters with marks lose these in names', () => {
  expect(ruleNameOf('Übergriff: Élévation', new Set())).toBe('ubergriff-elevation');
});

const METRIC_STAT = { Metric: { Namespace: 'CIS', MetricName: 'RootUse' }, Period: 300, Stat: 'Sum' };
const { Namespace: _n, MetricName: _m, Statistic: _s, Period: _p, ...WITHOUT_METRIC } = ALARM;

test('an alarm on one metric that is written as metric math is the alarm on that metric', () => {
  const [whole] = cli([], [ALARM]).alarms;
  const named = { ...WITHOUT_METRIC, Metrics: [{ Id: 'm1', MetricStat: METRIC_STAT, ReturnData: true }] };
  expect(cli([], [named]).alarms).toEqual([whole]);
});

test.each([
  ['another account', [{ Id: 'm1', AccountId: '111122223333', MetricStat: METRIC_STAT }]],
  [
    'two metrics',
    [
      { Id: 'm1', MetricStat: METRIC_STAT },
      { Id: 'e1', Expression: 'm1 * 2' },
    ],
  ],
])('an alarm on metrics of %s stays behind', (_, Metrics) => {
  expect(cli([], [{ ...WITHOUT_METRIC, Metrics }]).alarms).toEqual([]);
});

test('an alarm that looks at another unit than its filter writes becomes a rule, and that it never rang is told', () => {
  const { rules, notCarried } = imported(cli([FILTER], [{ ...ALARM, Unit: 'Count' }]));
  expect(rules).toHaveLength(1);
  expect(notCarried).toMatchObject([{ reason: expect.stringContaining('could never ring') as string }]);
});

test('what keeps an alarm behind is told once, however many filters feed its metric', () => {
  const { notCarried } = imported(cli([FILTER, { ...FILTER, filterName: 'Other' }], [{ ...ALARM, Period: 10 }]));
  expect(notCarried).toHaveLength(1);
});

test('thousands of filters and alarms are put together in a moment', () => {
  const many = Array.from({ length: 300 }, (_, index) => index);
  const transformation = { ...FILTER.metricTransformations[0] };
  const filters = many.map((index) => ({
    ...{ ...FILTER, filterName: `f${index}` },
    metricTransformations: [{ ...transformation, metricName: `m${index}` }],
  }));
  const alarms = many.map((index) => ({ ...ALARM, AlarmName: `a${index}`, MetricName: `m${index}` }));
  expect(imported(cli(filters, alarms)).rules).toHaveLength(300);
});

test('nothing in a rule file hides, or steers a terminal, and it means what it did', () => {
  const AlarmName = 'a\u009b31m\u202e\u{E0041}\u0007 # : {';
  const settings = cli([FILTER], [{ ...ALARM, AlarmName, AlarmDescription: AlarmName }]);
  const [rule] = imported(settings).rules;
  expect(rule?.text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(roundTrip(settings).read.alarms).toEqual(settings.alarms);
});
