import type { AlarmSettings } from '@trailbell/core/alarm';
import type { Rule } from '@trailbell/core/rule';
import { counted } from '../terminal/counted.ts';

/** When the alarm of a rule goes off and when it is over, in two sentences. */
export function alarmInWords({
  alarm,
  metricValue,
}: Pick<Rule, 'alarm' | 'metricValue'>): readonly [opens: string, closes: string] {
  const { period, evaluationPeriods: periods, datapointsToAlarm: datapoints = periods } = alarm;
  const within = durationInWords(period);
  const breach = breachInWords(alarm, metricValue);
  const often =
    periods === 1
      ? ''
      : datapoints === periods
        ? `, in ${periods} such periods in a row`
        : `, in ${datapoints} of the last ${periods} such periods`;
  return [`opens on ${breach} within ${within}${often}`, closing(alarm, metricValue, datapoints)];
}

function closing(alarm: AlarmSettings, metricValue: Rule['metricValue'], datapoints: number): string {
  const { period, evaluationPeriods: periods, treatMissingData } = alarm;
  const isLess = alarm.comparisonOperator.startsWith('Less');
  const matches = matchesNeeded(alarm, metricValue);
  const quiet = treatMissingData === 'missing' ? '; a window without a match is INSUFFICIENT_DATA, not OK' : '';
  if (treatMissingData === 'ignore') {
    return `closes when a period with matches no longer breaches; quiet periods change nothing`;
  }
  if (isLess || treatMissingData === 'breaching') {
    const silence = treatMissingData === 'breaching' ? '; a period without a match breaches' : '';
    return `closes when that is no longer so${silence}${quiet}`;
  }
  if (datapoints < periods) return `closes when fewer than ${datapoints} of the last ${periods} periods do${quiet}`;
  if (matches === 1) return `closes after ${durationInWords(period)} without a match${quiet}`;
  const end =
    matches === undefined ? 'that is no longer so' : `fewer than ${matches} come within ${durationInWords(period)}`;
  return `closes when ${end}${quiet}`;
}

/** `10 matches`, `a sum of $.bytes above 5` */
function breachInWords(alarm: AlarmSettings, metricValue: Rule['metricValue']): string {
  const { comparisonOperator, threshold, statistic } = alarm;
  const matches = matchesNeeded(alarm, metricValue);
  if (matches !== undefined) {
    const fewer = comparisonOperator.startsWith('Less') ? 'fewer than ' : '';
    return `${fewer}${matches} ${matches === 1 ? 'match' : 'matches'}`;
  }
  const words = {
    GreaterThanOrEqualToThreshold: 'of at least',
    GreaterThanThreshold: 'above',
    LessThanThreshold: 'below',
    LessThanOrEqualToThreshold: 'of at most',
  }[comparisonOperator];
  const of = typeof metricValue === 'number' ? `matches that count ${metricValue} each` : metricValue;
  return `${statistic === 'Average' ? 'an' : 'a'} ${statistic} of ${of} ${words} ${threshold}`;
}

/** How many matches make the datapoint that the threshold asks for, where matches are what is counted. */
function matchesNeeded({ statistic, comparisonOperator, threshold }: AlarmSettings, metricValue: Rule['metricValue']) {
  const isCount = statistic === 'SampleCount' || (statistic === 'Sum' && metricValue === 1);
  if (!isCount) return undefined;
  const isExclusive =
    comparisonOperator === 'GreaterThanThreshold' || comparisonOperator === 'LessThanOrEqualToThreshold';
  return isExclusive ? Math.floor(threshold) + 1 : Math.ceil(threshold);
}

/** `5 minutes`, `1 hour`, `2 days` */
function durationInWords(seconds: number): string {
  for (const [unit, size] of [
    ['day', 86_400],
    ['hour', 3600],
  ] as const) {
    if (seconds % size === 0) return counted(seconds / size, unit);
  }
  return counted(seconds / 60, 'minute');
}
