import { readCliOutput, rulesFromCloudWatch, type CloudWatchSettings } from './index.ts';

/** A metric filter and an alarm as the AWS CLI prints them. */
export const FILTER = {
  filterName: 'RootUse',
  filterPattern: '{ $.userIdentity.type = "Root" }',
  logGroupName: 'trail',
  creationTime: 1,
  metricTransformations: [{ metricName: 'RootUse', metricNamespace: 'CIS', metricValue: '1', defaultValue: 0 }],
};
export const ALARM = {
  AlarmName: 'CIS 3.3 RootUse',
  AlarmDescription: 'root was used',
  Namespace: 'CIS',
  MetricName: 'RootUse',
  Dimensions: [],
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  DatapointsToAlarm: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
  ActionsEnabled: true,
  AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:pages'],
  OKActions: ['arn:aws:sns:eu-west-1:111122223333:pages'],
  InsufficientDataActions: [],
  StateValue: 'OK',
};

/** What is read of them. */
export const cli = (metricFilters: readonly object[], alarms: readonly object[]) =>
  readCliOutput({ metricFilters, MetricAlarms: alarms });

/** The rules that come of it. */
export const imported = (settings: CloudWatchSettings) => rulesFromCloudWatch(settings, { severity: 'warning' });
