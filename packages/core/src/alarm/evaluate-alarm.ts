import type { AlarmSettings, AlarmState, ComparisonOperator } from './settings.ts';

/** True where `value` is on the alarming side of the threshold. The value is the first operand. */
export function isBreaching(operator: ComparisonOperator, value: number, threshold: number): boolean {
  switch (operator) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}

/** Whether the alarming side lies above the threshold: otherwise few matches alarm, and many do not. */
export function breachesAbove(operator: ComparisonOperator): boolean {
  return isBreaching(operator, 1, 0);
}

/**
 * The state that CloudWatch gives an alarm.
 *
 * Of the evaluation range the N most recent real datapoints decide. Where there are fewer, the setting for missing data fills
 * up to N and not further; with no real datapoint at all the setting alone decides. With `missing` and `ignore`, too few points
 * that all breach leave the state open, unless the oldest of them is at least M periods old (a premature ALARM is avoided,
 * a due one is not).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 *
 * @param datapoints one per period, newest last, null where the period has none; those before the evaluation range are not looked at
 */
export function evaluateAlarm(
  settings: AlarmSettings,
  datapoints: readonly (number | null)[],
  previousState: AlarmState,
): AlarmState {
  const periods = settings.evaluationPeriods;
  const needed = settings.datapointsToAlarm ?? periods;
  const range = datapoints.slice(-(settings.evaluationRange ?? periods));
  const breaches = range.map((value) =>
    value === null ? undefined : isBreaching(settings.comparisonOperator, value, settings.threshold),
  );
  const real = breaches.filter((breach) => breach !== undefined).slice(-periods);
  const breaching = real.filter((breach) => breach).length;
  const missing = periods - real.length;

  if (missing <= 0 || breaching >= needed) return breaching >= needed ? 'ALARM' : 'OK';
  switch (settings.treatMissingData) {
    case 'breaching':
      return breaching + missing >= needed ? 'ALARM' : 'OK';
    case 'notBreaching':
      return 'OK';
    case 'ignore':
      return breaching < real.length ? 'OK' : previousState;
    case 'missing': {
      if (breaching < real.length) return 'OK';
      const oldestBreach = breaches.indexOf(true);
      const isDue = oldestBreach >= 0 && breaches.length - oldestBreach >= needed;
      return isDue ? 'ALARM' : 'INSUFFICIENT_DATA';
    }
  }
}
