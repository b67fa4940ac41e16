import { expect, test } from 'vitest';
import { alarmInWords } from './alarm-in-words.ts';

const DEFAULT = {
  statistic: 'Sum',
  period: 300,
  evaluationPeriods: 1,
  threshold: 1,
  comparisonOperator: 'GreaterThanOrEqualToThreshold',
  treatMissingData: 'notBreaching',
} as const;

test.each([
  [{}, 1, 'opens on 1 match within 5 minutes', 'closes after 5 minutes without a match'],
  [
    { threshold: 10, period: 60 },
    1,
    'opens on 10 matches within 1 minute',
    'closes when fewer than 10 come within 1 minute',
  ],
  [
    { threshold: 4.5, period: 3600, evaluationPeriods: 2 },
    1,
    'opens on 5 matches within 1 hour, in 2 such periods in a row',
    'closes when fewer than 5 come within 1 hour',
  ],
  [
    { threshold: 4, comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 3, datapointsToAlarm: 2 },
    1,
    'opens on 5 matches within 5 minutes, in 2 of the last 3 such periods',
    'closes when fewer than 2 of the last 3 periods do',
  ],
  [
    { comparisonOperator: 'LessThanThreshold', threshold: 3, period: 86_400, treatMissingData: 'breaching' },
    1,
    'opens on fewer than 3 matches within 1 day',
    'closes when that is no longer so; a period without a match breaches',
  ],
  [
    { statistic: 'Average', comparisonOperator: 'GreaterThanThreshold', threshold: 5 },
    '$.bytes',
    'opens on an Average of $.bytes above 5 within 5 minutes',
    'closes when that is no longer so',
  ],
  [
    { threshold: 10 },
    2,
    'opens on a Sum of matches that count 2 each of at least 10 within 5 minutes',
    'closes when that is no longer so',
  ],
  [
    { treatMissingData: 'missing' },
    1,
    'opens on 1 match within 5 minutes',
    'closes after 5 minutes without a match; a window without a match is INSUFFICIENT_DATA, not OK',
  ],
  [
    { treatMissingData: 'ignore' },
    1,
    'opens on 1 match within 5 minutes',
    'closes when a period with matches no longer breaches; quiet periods change nothing',
  ],
] as const)('%j and a value of %j', (alarm, metricValue, opens, closes) => {
  expect(alarmInWords({ alarm: { ...DEFAULT, ...alarm }, metricValue })).toEqual([opens, closes]);
});
