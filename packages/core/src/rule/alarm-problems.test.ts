import { expect, test } from 'vitest';
import { problemLinesOfRuleWith } from './problem-lines.fixture.ts';

test.each([
  [
    'a key in the way of another tool',
    'alarm: { evaluation_periods: 2 }',
    ['5:10 unknown-key: unknown key "evaluation_periods" in alarm (did you mean evaluationPeriods?)'],
  ],
  [
    'two unknown keys on one line',
    'alarm: { perid: 60, colour: red }',
    [
      '5:10 unknown-key: unknown key "perid" in alarm (did you mean period?)',
      '5:21 unknown-key: unknown key "colour" in alarm (expected statistic, period, evaluationPeriods, datapointsToAlarm, threshold, comparisonOperator, treatMissingData or evaluationRange)',
    ],
  ],
  [
    'a high-resolution period',
    'alarm: { period: 30 }',
    [
      '5:18 out-of-range: alarm.period is 30; expected a multiple of 60 (high-resolution periods are not kept: CloudTrail delivers in minutes, and matches are counted by the minute)',
    ],
  ],
  [
    'a period between two minutes',
    'alarm: { period: 90 }',
    ['5:18 out-of-range: alarm.period is 90; expected a multiple of 60 (Seconds in one period: a multiple of 60.)'],
  ],
  [
    'a period with its unit',
    'alarm: { period: 5m }',
    ['5:18 wrong-type: alarm.period is "5m"; expected a number (Seconds in one period: a multiple of 60.)'],
  ],
  [
    'a threshold beyond what an alarm counts',
    'alarm: { threshold: 500 }',
    [
      '5:8 too-many-samples: with threshold 500 ringing takes 500 matches, and an alarm keeps 128 (lower the threshold and shorten the period in proportion, or count a rarer event)',
    ],
  ],
  [
    'a threshold that several periods must reach',
    'alarm: { threshold: 50, evaluationPeriods: 3 }',
    [
      '5:8 too-many-samples: with threshold 50 ringing takes 150 matches, and an alarm keeps 128 (lower the threshold and shorten the period in proportion, or count a rarer event)',
    ],
  ],
  [
    'more than a day of short periods',
    'alarm: { period: 300, evaluationPeriods: 289, datapointsToAlarm: 1 }',
    [
      '5:42 out-of-range: alarm.evaluationPeriods x period is 289 x 300 = 86700 seconds; expected at most 86400 where the period is under an hour (CloudWatch has the same limit: a day, or seven days for periods of an hour and more)',
    ],
  ],
  [
    'more than a week of long periods',
    'alarm: { period: 86400, evaluationPeriods: 8 }',
    [
      '5:44 out-of-range: alarm.evaluationPeriods x period is 8 x 86400 = 691200 seconds; expected at most 604800 where the period is at least an hour (CloudWatch has the same limit: a day, or seven days for periods of an hour and more)',
    ],
  ],
  [
    'a range of more than a day',
    'alarm: { period: 300, evaluationPeriods: 2, evaluationRange: 289 }',
    [
      '5:62 out-of-range: alarm.evaluationRange x period is 289 x 300 = 86700 seconds; expected at most 86400 where the period is under an hour (CloudWatch has the same limit: a day, or seven days for periods of an hour and more)',
    ],
  ],
  [
    'half an evaluation period',
    'alarm: { evaluationPeriods: 1.5 }',
    [
      '5:29 wrong-type: alarm.evaluationPeriods is 1.5; expected a whole number (How many of the most recent periods are compared with the threshold.)',
    ],
  ],
  [
    'no evaluation period',
    'alarm: { evaluationPeriods: 0 }',
    [
      '5:29 out-of-range: alarm.evaluationPeriods is 0; expected at least 1 (How many of the most recent periods are compared with the threshold.)',
    ],
  ],
  [
    'more datapoints than periods',
    'alarm: { evaluationPeriods: 2, datapointsToAlarm: 3 }',
    ['5:51 out-of-range: alarm.datapointsToAlarm is 3; expected at most evaluationPeriods, which is 2'],
  ],
  [
    'a range below the evaluation periods',
    'alarm: { evaluationPeriods: 3, evaluationRange: 2 }',
    ['5:49 out-of-range: alarm.evaluationRange is 2; expected at least evaluationPeriods, which is 3'],
  ],
  [
    'a percentile',
    'alarm: { statistic: p99 }',
    [
      '5:21 unknown-value: alarm.statistic is "p99"; expected SampleCount, Average, Sum, Minimum or Maximum (percentiles and trimmed statistics need every value of a period; only sums, counts and extremes are kept)',
    ],
  ],
  [
    "a statistic in SNS's spelling",
    'alarm: { statistic: SUM }',
    [
      '5:21 unknown-value: alarm.statistic is "SUM"; expected SampleCount, Average, Sum, Minimum or Maximum (did you mean Sum?)',
    ],
  ],
  [
    'an anomaly band',
    'alarm: { comparisonOperator: GreaterThanUpperThreshold }',
    [
      '5:30 unknown-value: alarm.comparisonOperator is "GreaterThanUpperThreshold"; expected GreaterThanOrEqualToThreshold, GreaterThanThreshold, LessThanThreshold or LessThanOrEqualToThreshold (anomaly detection bands are not supported)',
    ],
  ],
  [
    'a comparison sign',
    'alarm: { comparisonOperator: ">=" }',
    [
      '5:30 unknown-value: alarm.comparisonOperator is ">="; expected GreaterThanOrEqualToThreshold, GreaterThanThreshold, LessThanThreshold or LessThanOrEqualToThreshold (How a datapoint is compared with the threshold; the datapoint stands first.)',
    ],
  ],
  [
    'missing data in the wrong case',
    'alarm: { treatMissingData: notbreaching }',
    [
      '5:28 unknown-value: alarm.treatMissingData is "notbreaching"; expected missing, notBreaching, breaching or ignore (did you mean notBreaching?)',
    ],
  ],
  [
    'a threshold that is no number',
    'alarm: { threshold: .nan }',
    ['5:21 wrong-type: alarm.threshold is NaN; expected a number (The number that datapoints are compared with.)'],
  ],
  [
    'a threshold without end',
    'alarm: { threshold: .inf }',
    ['5:21 wrong-type: alarm.threshold is Infinity; expected a number (The number that datapoints are compared with.)'],
  ],
  [
    'a threshold in quotes',
    "alarm: { threshold: '1' }",
    ['5:21 wrong-type: alarm.threshold is "1"; expected a number (The number that datapoints are compared with.)'],
  ],
  [
    'a list instead of alarm settings',
    'alarm: [period, 60]',
    [
      "5:8 wrong-type: alarm is a list of 2; expected a map (When the alarm goes off and when it is over, in CloudWatch's settings.)",
    ],
  ],
  [
    'groups that silence would have to fill',
    `groupBy: [$.a]
alarm: { comparisonOperator: LessThanThreshold }`,
    [
      '5:10 group-without-events: groupBy cannot be used with comparisonOperator LessThanThreshold: the alarm can go off without an event, and then there is no group (write one rule for each group, or leave groupBy out)',
    ],
  ],
  [
    'groups and breaching missing data',
    `groupBy: [$.a]
alarm: { treatMissingData: breaching }`,
    [
      '5:10 group-without-events: groupBy cannot be used with treatMissingData breaching: the alarm can go off without an event, and then there is no group (write one rule for each group, or leave groupBy out)',
    ],
  ],
  [
    'groups and a default value that breaches',
    `groupBy: [$.a]
defaultValue: 0
alarm: { threshold: 0 }`,
    [
      '5:10 group-without-events: groupBy cannot be used with defaultValue 0 and threshold 0: the alarm can go off without an event, and then there is no group (write one rule for each group, or leave groupBy out)',
    ],
  ],
])('%s', (_name, addedLines, problems) => {
  expect(problemLinesOfRuleWith(addedLines)).toEqual({ problems, loaded: 0 });
});
