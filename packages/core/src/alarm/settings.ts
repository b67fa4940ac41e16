/** The alarm settings of a rule, in CloudWatch's names and with CloudWatch's meanings. */

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;
export const COMPARISON_OPERATORS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
export const MISSING_DATA_TREATMENTS = ['missing', 'notBreaching', 'breaching', 'ignore'] as const;

export type Statistic = (typeof STATISTICS)[number];
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];
export type MissingDataTreatment = (typeof MISSING_DATA_TREATMENTS)[number];

/** An alarm is in exactly one of CloudWatch's three states. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface AlarmSettings {
  readonly statistic: Statistic;
  /** Seconds in one period: a multiple of 60. */
  readonly period: number;
  /** N: how many of the most recent periods are compared with the threshold. */
  readonly evaluationPeriods: number;
  /** M: how many of them must breach. CloudWatch takes N where it is unset, and words its reasons differently. */
  readonly datapointsToAlarm?: number;
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  readonly treatMissingData: MissingDataTreatment;
  /** How many periods back a real datapoint may be found when newer ones are missing. Defaults to `evaluationPeriods`. */
  readonly evaluationRange?: number;
}
