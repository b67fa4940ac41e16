import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsRefusal, startAwsApi, type AwsOperations } from '@trailbell/local';
import { afterAll, expect, test } from 'vitest';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { stubAwsEnvironment } from './support/aws-environment.ts';
import { runTrailbell } from './support/run-trailbell.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-import-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function folderWithout(name: string): string {
  const path = join(folder, `without-${name}`);
  mkdirSync(path);
  return path;
}

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:pages';
const FILTERS = file('filters.json', {
  metricFilters: [
    {
      filterName: 'StopLogging',
      filterPattern: '{ $.eventName = "StopLogging" }',
      logGroupName: 'trail',
      metricTransformations: [{ metricName: 'StopLogging', metricNamespace: 'CIS', metricValue: '1' }],
    },
  ],
});
const ALARMS = file('alarms.json', {
  MetricAlarms: [
    {
      AlarmName: 'Trail stopped',
      Namespace: 'CIS',
      MetricName: 'StopLogging',
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: [TOPIC],
    },
  ],
  CompositeAlarms: [{ AlarmName: 'all of it' }],
});
const KEY = '0123456789abcdef0123456789abcdef';
const SUBSCRIPTIONS = file('subscriptions.json', {
  Subscriptions: [
    { TopicArn: TOPIC, Protocol: 'https', Endpoint: `https://events.pagerduty.com/integration/${KEY}/enqueue` },
    { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:other', Protocol: 'email', Endpoint: 'a@example.com' },
  ],
});

test('what the AWS CLI prints becomes rule files, which load, and which export brings back', async () => {
  const out = join(folder, 'new', 'rules');
  const imported = await runTrailbell([
    ...['import', '--metric-filters', FILTERS, '--alarms', ALARMS, '--topics', SUBSCRIPTIONS, '--out', out],
  ]);
  expect(imported).toEqual({
    exitCode: 0,
    stdout: `${join(out, 'trail-stopped.yaml')}\n`,
    stderr: [
      'Not carried over, or not whole:',
      '  alarm all of it: it is a composite alarm, and a rule has no other alarms to combine',
      'The alarms were sent to:',
      `  ${TOPIC}: PagerDuty, the service with the key that ends in cdef`,
      'Set the same URL as the secret of a route: npx sst secret set PagerDutyUrl (docs/pagerduty.md).',
      '1 rule from 1 metric filter and 1 alarm.',
      '',
    ].join('\n'),
  });
  expect(readdirSync(out)).toEqual(['trail-stopped.yaml']);
  const exported = await runTrailbell(['export', out, '--json']);
  expect(exported).toMatchObject({ exitCode: 0, stderr: '1 metric filter and 1 alarm from 1 rule.\n' });
  expect(JSON.parse(exported.stdout)).toMatchObject({
    Resources: {
      StopLoggingFilter: { Type: 'AWS::Logs::MetricFilter' },
      TrailStoppedAlarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [TOPIC] } },
    },
  });
});

test('a rule file that is there already is left as it is', async () => {
  const out = join(folder, 'twice');
  await runTrailbell(['import', FILTERS, ALARMS, '--out', out]);
  const path = join(out, 'trail-stopped.yaml');
  writeFileSync(path, 'mine');
  const again = await runTrailbell(['import', FILTERS, ALARMS, '--out', out]);
  expect(again).toMatchObject({ exitCode: 1, stdout: '' });
  expect(again.stderr).toContain(`${path}: exists already and was left as it is`);
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

test('one file that cannot be read keeps none of the others from being written, and the topics are shown', async () => {
  const out = join(folder, 'beside-bad');
  const bad = file('cut.json', '{"metricFilters":[');
  const result = await runTrailbell(['import', bad, FILTERS, ALARMS, '--topics', SUBSCRIPTIONS, '--out', out]);
  expect(result).toMatchObject({ exitCode: 1, stdout: `${join(out, 'trail-stopped.yaml')}\n` });
  expect(result.stderr).toContain('PagerDuty, the service with the key that ends in cdef');
});

test('where nothing can be written import and export say so in a line', async () => {
  const path = file('no-folder', '');
  const written = await runTrailbell(['import', FILTERS, ALARMS, '--out', path]);
  expect(written.exitCode).toBe(1);
  expect(written.stderr).toContain(`${path}: not a folder that can be written to: `);
  const out = join(path, 'template.yaml');
  const exported = await runTrailbell(['export', join(PROJECT_FOLDER, 'rules/cis-exact'), '--out', out]);
  expect(exported.exitCode).toBe(2);
  expect(exported.stderr).toMatch(new RegExp(`^${out}: not written: [^\n]*\n$`, 'm'));
});

test('--log-group without --from-account is refused, because nothing would heed it', async () => {
  const result = await runTrailbell(['import', FILTERS, '--log-group', 'trail']);
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
});

test('filters of several log groups are told of: rules read one', async () => {
  const text = readFileSync(FILTERS, 'utf8');
  const result = await runTrailbell(['import', FILTERS, file('other-group.json', text.replace('"trail"', '"app"'))]);
  expect(result.stderr).toContain('The metric filters are on 2 log groups: trail, app.');
});

test.each([['import'], ['compare']])('%s with an option that it does not have exits with 2', async (command) => {
  expect((await runTrailbell([command, '--no-such-option'])).exitCode).toBe(2);
});

test('Terraform files of a folder are read together', async () => {
  mkdirSync(join(folder, 'terraform'));
  file('terraform/names.tf', 'locals {\n  namespace = "CIS"\n}\n');
  file(
    'terraform/root.tf',
    `resource "aws_cloudwatch_log_metric_filter" "root" {
  name           = "root-use"
  pattern        = "{ $.userIdentity.type = \\"Root\\" }"
  log_group_name = "trail"
  metric_transformation {
    name      = "RootUse"
    namespace = local.namespace
    value     = "1"
  }
}
`,
  );
  const { stdout, stderr, exitCode } = await runTrailbell(['import', join(folder, 'terraform')]);
  expect({ stderr, exitCode }).toEqual({ stderr: '1 rule from 1 metric filter and 0 alarms.\n', exitCode: 0 });
  expect(stdout).toContain('filterPattern: \'{ $.userIdentity.type = "Root" }\'');
  expect(stdout).toContain('metricNamespace: CIS');
});

test.each([
  ['JSON of something else', file('other.json', { Users: [] }), 'expected what `aws logs describe-metric-filters`'],
  ['JSON that is cut off', file('torn.json', '{"metricFilters": ['), 'not readable: '],
  ['YAML that is none', file('torn.yaml', 'a: ['), 'not readable: '],
  ['Terraform that is none', file('torn.hcl.tf', 'resource "a {'), 'not readable: '],
  ['a file that is not there', join(folder, 'none.json'), 'there is no such file or folder'],
  ['a folder without Terraform', folderWithout('terraform'), 'no Terraform files are in this folder'],
] as const)('%s is refused with the reason', async (_, path, reason) => {
  const { exitCode, stderr } = await runTrailbell(['import', path]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`${path}: ${reason}`);
});

const { metricFilters } = JSON.parse(readFileSync(FILTERS, 'utf8')) as { readonly metricFilters: readonly object[] };
const { MetricAlarms } = JSON.parse(readFileSync(ALARMS, 'utf8')) as { readonly MetricAlarms: readonly object[] };

async function importFromAccount(operations: AwsOperations) {
  await using api = await startAwsApi(operations);
  stubAwsEnvironment(api.endpoint);
  const result = await runTrailbell(['import', '--from-account', '--log-group', 'trail']);
  return { ...result, calls: api.calls.map(({ action, input }) => ({ action, input })) };
}

test('an account is read with the user’s credentials, page by page, and nothing is changed in it', async () => {
  const { exitCode, stdout, calls } = await importFromAccount({
    'logs:DescribeMetricFilters': ({ nextToken }) =>
      nextToken === undefined ? { metricFilters: [], nextToken: 'more' } : { metricFilters },
    'cloudwatch:DescribeAlarms': () => ({ MetricAlarms, CompositeAlarms: [] }),
  });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('name: trail-stopped');
  expect(calls.map(({ action }) => action)).toEqual([
    'logs:DescribeMetricFilters',
    'logs:DescribeMetricFilters',
    'cloudwatch:DescribeAlarms',
  ]);
  expect(calls[0]?.input).toMatchObject({ logGroupName: 'trail' });
});

test('an account that cannot be read is an error in a line, not a stack trace', async () => {
  const { exitCode, stderr } = await importFromAccount({
    'logs:DescribeMetricFilters': () => {
      throw new AwsRefusal('AccessDeniedException', 'not authorized to perform: logs:DescribeMetricFilters', 400);
    },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('not authorized to perform: logs:DescribeMetricFilters');
  expect(stderr).not.toContain('    at ');
});
