import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  COMPARISON_OPERATORS,
  MISSING_DATA_TREATMENTS,
  type AlarmSettings,
  type AlarmState,
} from '../alarm/settings.ts';
import { stateReason } from './state-reason.ts';

const NEWEST_MS = Date.UTC(2026, 10, 22, 7, 5);

/** Sum over N periods of five minutes, at least 1. */
function settings(evaluationPeriods: number, more: Partial<AlarmSettings> = {}): AlarmSettings {
  return {
    statistic: 'Sum',
    period: 300,
    evaluationPeriods,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'missing',
    ...more,
  };
}

/** Values newest first, five minutes apart. */
function points(...values: readonly (number | undefined)[]) {
  return values.map((value, index) => ({ startMs: NEWEST_MS - index * 300_000, value }));
}

const none = undefined;

type Datapoints = ReturnType<typeof points>;

const CASES: readonly (readonly [AlarmState, AlarmSettings, Datapoints, string])[] = [
  [
    'ALARM',
    settings(1),
    points(1),
    'Threshold Crossed: 1 datapoint [1.0 (22/11/26 07:05:00)] was greater than or equal to the threshold (1.0).',
  ],
  [
    'ALARM',
    settings(3, { comparisonOperator: 'GreaterThanThreshold', threshold: 0 }),
    points(2, 3, 1),
    'Threshold Crossed: 3 datapoints [2.0 (22/11/26 07:05:00), 3.0 (22/11/26 07:00:00), 1.0 (22/11/26 06:55:00)] were greater than the threshold (0.0).',
  ],
  [
    'ALARM',
    settings(1, { datapointsToAlarm: 1, comparisonOperator: 'GreaterThanThreshold', threshold: 30 }),
    points(66.66201000304783),
    'Threshold Crossed: 1 out of the last 1 datapoints [66.66201000304783 (22/11/26 07:05:00)] was greater than the threshold (30.0) (minimum 1 datapoint for OK -> ALARM transition).',
  ],
  [
    'ALARM',
    settings(2, { datapointsToAlarm: 2, threshold: 10 }),
    points(14, 14),
    'Threshold Crossed: 2 out of the last 2 datapoints [14.0 (22/11/26 07:05:00), 14.0 (22/11/26 07:00:00)] were greater than or equal to the threshold (10.0) (minimum 2 datapoints for OK -> ALARM transition).',
  ],
  [
    'ALARM',
    settings(3, { datapointsToAlarm: 2 }),
    points(4, 0, 2),
    'Threshold Crossed: 2 out of the last 3 datapoints [4.0 (22/11/26 07:05:00), 2.0 (22/11/26 06:55:00)] were greater than or equal to the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition).',
  ],
  [
    'ALARM',
    settings(20, { datapointsToAlarm: 1, treatMissingData: 'notBreaching' }),
    points(613, ...Array<undefined>(19).fill(none)),
    'Threshold Crossed: 1 out of the last 20 datapoints [613.0 (22/11/26 07:05:00)] was greater than or equal to the threshold (1.0) and 19 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).',
  ],
  [
    'ALARM',
    settings(2, { treatMissingData: 'breaching' }),
    points(none, 5),
    'Threshold Crossed: 1 datapoint [5.0 (22/11/26 07:00:00)] was greater than or equal to the threshold (1.0) and 1 missing datapoint was treated as [Breaching].',
  ],
  [
    'ALARM',
    settings(3),
    points(none, none, 5),
    'Threshold Crossed: 1 datapoint [5.0 (22/11/26 06:55:00)] was greater than or equal to the threshold (1.0).',
  ],
  [
    'ALARM',
    settings(4),
    points(4, 3, 2, 1),
    'Threshold Crossed: 4 datapoints [4.0 (22/11/26 07:05:00), 3.0 (22/11/26 07:00:00), 2.0 (22/11/26 06:55:00), 1.0 (22/11/26 06:50:00)] were greater than or equal to the threshold (1.0).',
  ],
  [
    'ALARM',
    settings(5),
    points(5, 4, 3, 2, 1),
    'Threshold Crossed: 5 datapoints were greater than or equal to the threshold (1.0). The most recent datapoints which crossed the threshold: [5.0 (22/11/26 07:05:00), 4.0 (22/11/26 07:00:00), 3.0 (22/11/26 06:55:00), 2.0 (22/11/26 06:50:00), 1.0 (22/11/26 06:45:00)].',
  ],
  [
    'ALARM',
    settings(5, { datapointsToAlarm: 5, comparisonOperator: 'LessThanThreshold', threshold: 65 }),
    points(0, 0, 0, 0, 0),
    'Threshold Crossed: 5 out of the last 5 datapoints were less than the threshold (65.0). The most recent datapoints which crossed the threshold: [0.0 (22/11/26 07:05:00), 0.0 (22/11/26 07:00:00), 0.0 (22/11/26 06:55:00), 0.0 (22/11/26 06:50:00), 0.0 (22/11/26 06:45:00)] (minimum 5 datapoints for OK -> ALARM transition).',
  ],
  [
    'ALARM',
    settings(24, { comparisonOperator: 'GreaterThanThreshold', threshold: 0 }),
    points(...Array<number>(24).fill(1)),
    'Threshold Crossed: 24 datapoints were greater than the threshold (0.0). The most recent datapoints which crossed the threshold: [1.0 (22/11/26 07:05:00), 1.0 (22/11/26 07:00:00), 1.0 (22/11/26 06:55:00), 1.0 (22/11/26 06:50:00), 1.0 (22/11/26 06:45:00)].',
  ],
  [
    'ALARM',
    settings(2, { treatMissingData: 'breaching' }),
    points(none, none),
    'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
  ],
  [
    'ALARM',
    settings(1, { treatMissingData: 'breaching' }),
    points(none),
    'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].',
  ],
  [
    'ALARM',
    settings(3, { datapointsToAlarm: 2, treatMissingData: 'breaching' }),
    points(none, none, 0),
    'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching].',
  ],
  [
    'OK',
    settings(1),
    points(0),
    'Threshold Crossed: 1 datapoint [0.0 (22/11/26 07:05:00)] was not greater than or equal to the threshold (1.0).',
  ],
  [
    'OK',
    settings(2, { datapointsToAlarm: 2, comparisonOperator: 'LessThanThreshold' }),
    points(3, 3),
    'Threshold Crossed: 2 out of the last 2 datapoints [3.0 (22/11/26 07:05:00), 3.0 (22/11/26 07:00:00)] were not less than the threshold (1.0) (minimum 1 datapoint for ALARM -> OK transition).',
  ],
  [
    'OK',
    settings(5, { datapointsToAlarm: 3, comparisonOperator: 'GreaterThanThreshold', threshold: 0 }),
    points(0, 0, 7, 0, 7),
    'Threshold Crossed: 3 out of the last 5 datapoints [0.0 (22/11/26 07:05:00), 0.0 (22/11/26 07:00:00), 0.0 (22/11/26 06:50:00)] were not greater than the threshold (0.0) (minimum 3 datapoints for ALARM -> OK transition).',
  ],
  [
    'OK',
    settings(8, { comparisonOperator: 'LessThanOrEqualToThreshold', threshold: 0, treatMissingData: 'breaching' }),
    points(none, 2, none, none, none, none, none, none),
    'Threshold Crossed: 1 datapoint [2.0 (22/11/26 07:00:00)] was not less than or equal to the threshold (0.0) and 7 missing datapoints were treated as [Breaching].',
  ],
  [
    'OK',
    settings(1, { treatMissingData: 'notBreaching' }),
    points(none),
    'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
  ],
  [
    'OK',
    settings(3, { datapointsToAlarm: 3, treatMissingData: 'notBreaching' }),
    points(none, none, 5),
    'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [NonBreaching].',
  ],
  [
    'OK',
    settings(1, { comparisonOperator: 'GreaterThanThreshold' }),
    points(1),
    'Threshold Crossed: 1 datapoint [1.0 (22/11/26 07:05:00)] was not greater than the threshold (1.0).',
  ],
  [
    'INSUFFICIENT_DATA',
    settings(10),
    points(...Array<undefined>(10).fill(none)),
    'Insufficient Data: 10 datapoints were unknown.',
  ],
  ['INSUFFICIENT_DATA', settings(1), points(none), 'Insufficient Data: 1 datapoint was unknown.'],
  ['INSUFFICIENT_DATA', settings(3), points(none, none, none), 'Insufficient Data: 3 datapoints were unknown.'],
];

test.each(CASES.map(([state, alarm, datapoints, reason]) => ({ state, alarm, datapoints, reason })))(
  '$state: $reason',
  ({ state, alarm, datapoints, reason }) => {
    expect(stateReason({ settings: alarm, datapoints, state })).toBe(reason);
  },
);

test('of more datapoints than periods, as a longer evaluation range has them, the most recent real ones count', () => {
  const reason = stateReason({ settings: settings(2), datapoints: points(none, 4, none, 3, 9), state: 'ALARM' });
  expect(reason).toBe(
    'Threshold Crossed: 2 datapoints [4.0 (22/11/26 07:00:00), 3.0 (22/11/26 06:50:00)] were greater than or equal to the threshold (1.0).',
  );
});

test('a reason has one line and never more than the 1,023 characters of a StateReason', () => {
  const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined });
  const alarm = fc
    .record({
      periods: fc.integer({ min: 1, max: 1440 }),
      toAlarm: fc.option(fc.nat(1439)),
      threshold: fc.double({ noNaN: true, noDefaultInfinity: true }),
      comparisonOperator: fc.constantFrom(...COMPARISON_OPERATORS),
      treatMissingData: fc.constantFrom(...MISSING_DATA_TREATMENTS),
    })
    .map(({ periods, toAlarm, ...rest }) =>
      settings(periods, { ...rest, ...(toAlarm === null ? {} : { datapointsToAlarm: 1 + (toAlarm % periods) }) }),
    );
  const state = fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA');
  fc.assert(
    fc.property(alarm, fc.array(value, { maxLength: 30 }), state, (drawn, values, to) => {
      const reason = stateReason({ settings: drawn, datapoints: points(...values), state: to });
      expect(reason.length).toBeLessThanOrEqual(1023);
      expect(reason).toMatch(/^(Threshold Crossed|Insufficient Data): [ -~]+\.$/);
      expect(reason).not.toMatch(/undefined|NaN|\b1 datapoints were|\b1 periods/);
    }),
  );
});
