import type { ValuePath } from './yaml-source.ts';

/** Why some values that CloudWatch, or people's habits, know are not taken here. */
export function ruleHint(path: ValuePath, value: unknown): string | undefined {
  if (path.at(-1) === 'filterPattern' && typeof value === 'object') {
    return 'put the pattern in single quotes: to YAML { and [ begin something else';
  }
  if (path[0] === 'values' && typeof value === 'number') {
    return 'put it in quotes: an account id without quotes is a number, and loses its zeros';
  }
  switch (path.join('.')) {
    case 'alarm.period':
      return value === 10 || value === 20 || value === 30
        ? 'high-resolution periods are not kept: CloudTrail delivers in minutes, and matches are counted by the minute'
        : undefined;
    case 'alarm.statistic':
      return typeof value === 'string' && /^(?:p|tm|tc|ts|wm|iqm|pr|median)[\d(]?/i.test(value)
        ? 'percentiles and trimmed statistics need every value of a period; only sums, counts and extremes are kept'
        : undefined;
    case 'alarm.comparisonOperator':
      return typeof value === 'string' && /Lower|Upper/.test(value)
        ? 'anomaly detection bands are not supported'
        : undefined;
    case 'defaultValue':
      return 'only a zero can be filled in without watching every record that does not match';
    case 'pattern':
    case 'filter':
      return 'did you mean filterPattern?';
    case 'values':
    case 'timeIntervals':
      return 'what rules share stands in a document of its own: put a line with --- between it and the rule';
    case 'alarm.window':
      return 'the window is period x evaluationPeriods';
    default:
      return undefined;
  }
}
