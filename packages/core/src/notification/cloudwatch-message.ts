import { cutText, partitionOf, plainText, regionLongName } from '../cloudtrail/index.ts';
import type { AlarmSettings, Statistic } from '../alarm/settings.ts';
import { cloudWatchNumber } from './cloudwatch-number.ts';
import { cloudWatchTime } from './cloudwatch-time.ts';
import type { GroupValue, NotificationInput } from './notification-input.ts';

/** The namespace of the metrics that stand behind Trailbell's alarms; each is named after its rule. */
export const METRIC_NAMESPACE = 'Trailbell';

/** CloudWatch's own limits; https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAX_ALARM_NAME = 255;
const MAX_DESCRIPTION = 1024;
const MAX_REASON = 1023;
const MAX_ACTION = 1024;
const MAX_DIMENSIONS = 30;
const MAX_DIMENSION_NAME = 255;
const MAX_DIMENSION_VALUE = 1024;

const STATISTIC_WORDS: Readonly<Record<Statistic, string>> = {
  SampleCount: 'SAMPLE_COUNT',
  Average: 'AVERAGE',
  Sum: 'SUM',
  Minimum: 'MINIMUM',
  Maximum: 'MAXIMUM',
};

/** A member of a JSON object: its key and its value, which is JSON already (JSON.stringify cannot write `1.0`). */
export type JsonMember = readonly [key: string, json: string];

/** A JSON object of the given members, in their order. */
export function jsonObject(members: readonly JsonMember[]): string {
  return `{${members.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(',')}}`;
}

/**
 * CloudWatch's notification of a metric alarm, key for key in CloudWatch's order. PagerDuty correlates on AlarmName, so an
 * ALARM and its OK must be given the same.
 */
export function cloudWatchMembers(input: NotificationInput): readonly JsonMember[] {
  const { deployment, settings, context } = input;
  const { accountId, region } = deployment;
  const name = plainText(input.alarmName, MAX_ALARM_NAME);
  const description = input.alarmDescription === undefined ? null : cutText(input.alarmDescription, MAX_DESCRIPTION);
  const account = plainText(accountId, 64);
  const action = JSON.stringify([plainText(deployment.topicArn, MAX_ACTION)]);
  return [
    ['AlarmName', JSON.stringify(name)],
    ['AlarmDescription', JSON.stringify(description)],
    ['AWSAccountId', JSON.stringify(account)],
    ['AlarmConfigurationUpdatedTimestamp', JSON.stringify(cloudWatchTime(input.configurationUpdatedAtMs))],
    ['NewStateValue', JSON.stringify(input.state)],
    ['NewStateReason', JSON.stringify(plainText(input.stateReason, MAX_REASON))],
    ['StateChangeTime', JSON.stringify(cloudWatchTime(input.changedAtMs))],
    ['Region', JSON.stringify(plainText(regionLongName(region), 64))],
    ['AlarmArn', JSON.stringify(alarmArn(plainText(region, 64), account, name))],
    ['OldStateValue', JSON.stringify(input.previousState)],
    ['OKActions', action],
    ['AlarmActions', action],
    ['InsufficientDataActions', '[]'],
    ['Trigger', trigger(context.rule.name, context.groupValues, settings)],
  ];
}

function alarmArn(region: string, accountId: string, name: string): string {
  return `arn:${partitionOf(region)}:cloudwatch:${region}:${accountId}:alarm:${name}`;
}

function trigger(metricName: string, groupValues: readonly GroupValue[], settings: AlarmSettings): string {
  const { datapointsToAlarm, threshold } = settings;
  return jsonObject([
    ['MetricName', JSON.stringify(plainText(metricName, MAX_ALARM_NAME))],
    ['Namespace', JSON.stringify(METRIC_NAMESPACE)],
    ['StatisticType', '"Statistic"'],
    ['Statistic', JSON.stringify(STATISTIC_WORDS[settings.statistic])],
    ['Unit', 'null'],
    ['Dimensions', JSON.stringify(groupValues.slice(0, MAX_DIMENSIONS).map(dimension))],
    ['Period', JSON.stringify(settings.period)],
    ['EvaluationPeriods', JSON.stringify(settings.evaluationPeriods)],
    ...(datapointsToAlarm === undefined ? [] : [['DatapointsToAlarm', JSON.stringify(datapointsToAlarm)] as const]),
    ['ComparisonOperator', JSON.stringify(settings.comparisonOperator)],
    ['Threshold', Number.isFinite(threshold) ? cloudWatchNumber(threshold) : 'null'],
    ['TreatMissingData', JSON.stringify(settings.treatMissingData)],
    ['EvaluateLowSampleCountPercentile', '""'],
  ]);
}

/** CloudWatch writes the value first. */
function dimension({ selector, value }: GroupValue): { readonly value: string; readonly name: string } {
  return {
    value: plainText(value, MAX_DIMENSION_VALUE),
    name: plainText(selector.replace(/^\$\.?/, ''), MAX_DIMENSION_NAME),
  };
}
