import type { CompiledRule } from '../../compiled-rules/index.ts';

/** A rule that matches every log event, unless more is said of it. */
export function compiledRule(more: Partial<CompiledRule> = {}): CompiledRule {
  return {
    name: 'everything',
    title: 'Everything',
    severity: 'info',
    references: [],
    filterPattern: '',
    exceptions: [],
    groupBy: [],
    groupLimit: 1,
    metricValue: 1,
    alarm: {
      statistic: 'Sum',
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
    },
    ...more,
  };
}
