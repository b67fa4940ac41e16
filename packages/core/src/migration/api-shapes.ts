import * as z from 'zod';
import { fieldOf } from '../json/index.ts';
import type { MetricAlarm, MetricFilter, NotCarried } from './cloudwatch-settings.ts';

const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

/** One metric filter as the CloudWatch Logs API tells it. Keys that are not named are the API's own business (times, ARNs). */
const METRIC_FILTER = z.object({
  filterName: z.string(),
  filterPattern: z.string().nullish(),
  logGroupName: z.string().nullish(),
  metricTransformations: z
    .array(
      z.object({
        metricName: z.string(),
        metricNamespace: z.string(),
        metricValue: z.union([z.string(), z.number()]).transform(String),
        defaultValue: z.number().nullish(),
        unit: z.string().nullish(),
        dimensions: z.record(z.string(), z.string()).nullish(),
      }),
    )
    .min(1),
  applyOnTransformedLogs: z.boolean().nullish(),
  fieldSelectionCriteria: z.string().nullish(),
  emitSystemFieldDimensions: z.array(z.string()).nullish(),
});

const DIMENSIONS = z.array(z.object({ Name: z.string(), Value: z.string() })).nullish();

const METRIC_ALARM = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().nullish(),
  Namespace: z.string().nullish(),
  MetricName: z.string().nullish(),
  Metrics: z.array(z.unknown()).nullish(),
  Dimensions: DIMENSIONS,
  Statistic: z.string().nullish(),
  ExtendedStatistic: z.string().nullish(),
  Unit: z.string().nullish(),
  Period: z.number().nullish(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number().nullish(),
  Threshold: z.number().nullish(),
  ThresholdMetricId: z.string().nullish(),
  ComparisonOperator: z.string(),
  TreatMissingData: z.string().nullish(),
  ActionsEnabled: z.boolean().nullish(),
  AlarmActions: texts,
  OKActions: texts,
  InsufficientDataActions: texts,
});

/** A metric of this account, in the form that metric math takes too. */
const METRIC_STAT = z.object({
  Expression: z.null().optional(),
  AccountId: z.null().optional(),
  MetricStat: z.object({
    Metric: z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: DIMENSIONS }),
    Period: z.number(),
    Stat: z.string(),
    Unit: z.string().nullish(),
  }),
});

/** What came of one entry: the setting, or why there is none. */
export type Read<Setting> = { readonly found: Setting } | { readonly notCarried: NotCarried };

/** Takes an entry in the API's form for a metric filter. */
export function readMetricFilter(entry: unknown): Read<MetricFilter> {
  const kind = 'metric filter';
  const parsed = METRIC_FILTER.safeParse(entry);
  if (!parsed.success) return { notCarried: { kind, name: nameIn(entry, 'filterName'), reason: why(parsed.error) } };
  const { filterName, filterPattern, logGroupName, metricTransformations } = parsed.data;
  const [transformation, second] = metricTransformations;
  if (transformation === undefined || second !== undefined) {
    return { notCarried: { kind, name: filterName, reason: 'it feeds several metrics, and a rule is one' } };
  }
  const missing = whatMatchingLacks(parsed.data);
  if (missing !== undefined) return { notCarried: { kind, name: filterName, reason: missing } };
  const { metricName, metricNamespace, metricValue, defaultValue, unit, dimensions } = transformation;
  return {
    found: {
      filterName,
      filterPattern: filterPattern ?? '',
      ...(typeof logGroupName === 'string' && { logGroupName }),
      metricNamespace,
      metricName,
      metricValue,
      ...(typeof defaultValue === 'number' && { defaultValue }),
      ...(typeof unit === 'string' && unit !== 'None' && { unit }),
      dimensions: dimensions ?? {},
    },
  };
}

/** What a metric filter can be told and a rule cannot. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
function whatMatchingLacks(filter: z.output<typeof METRIC_FILTER>): string | undefined {
  if (filter.applyOnTransformedLogs === true)
    return 'it looks at transformed log events, and a rule at those that came in';
  if ((filter.fieldSelectionCriteria ?? '') !== '')
    return 'it looks at the log events of some accounts or regions alone';
  if ((filter.emitSystemFieldDimensions ?? []).length > 0) {
    return 'its metric has dimensions; write a rule with groupBy in place of it';
  }
  return undefined;
}

/** Takes an entry in the API's form for a metric alarm. */
export function readMetricAlarm(entry: unknown): Read<MetricAlarm> {
  const refuse = (name: string, reason: string) => ({ notCarried: { kind: 'alarm', name, reason } }) as const;
  const parsed = METRIC_ALARM.safeParse(entry);
  if (!parsed.success) return refuse(nameIn(entry, 'AlarmName'), why(parsed.error));
  const alarm = withItsOneMetric(parsed.data);
  const name = alarm.AlarmName;
  if (Array.isArray(alarm.Metrics) && alarm.Metrics.length > 0) {
    return refuse(name, 'it is computed from metric math, and a rule counts the matches of one pattern');
  }
  if (typeof alarm.ThresholdMetricId === 'string') {
    return refuse(name, 'its threshold is an anomaly detection band, which needs a model of the past');
  }
  const statistic = alarm.Statistic ?? alarm.ExtendedStatistic;
  if (
    typeof alarm.Namespace !== 'string' ||
    typeof alarm.MetricName !== 'string' ||
    typeof statistic !== 'string' ||
    typeof alarm.Period !== 'number' ||
    typeof alarm.Threshold !== 'number'
  ) {
    return refuse(name, 'it names no metric, statistic, period or threshold');
  }
  return {
    found: {
      alarmName: name,
      ...(typeof alarm.AlarmDescription === 'string' &&
        alarm.AlarmDescription.trim() !== '' && { alarmDescription: alarm.AlarmDescription }),
      metricNamespace: alarm.Namespace,
      metricName: alarm.MetricName,
      dimensions: Object.fromEntries((alarm.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
      statistic,
      ...(typeof alarm.Unit === 'string' && { unit: alarm.Unit }),
      period: alarm.Period,
      evaluationPeriods: alarm.EvaluationPeriods,
      ...(typeof alarm.DatapointsToAlarm === 'number' && { datapointsToAlarm: alarm.DatapointsToAlarm }),
      threshold: alarm.Threshold,
      comparisonOperator: alarm.ComparisonOperator,
      treatMissingData: alarm.TreatMissingData ?? 'missing',
      actionsEnabled: alarm.ActionsEnabled ?? true,
      alarmActions: alarm.AlarmActions,
      okActions: alarm.OKActions,
      insufficientDataActions: alarm.InsufficientDataActions,
    },
  };
}

/** An alarm on one metric may name it as metric math does: it is the same alarm. */
function withItsOneMetric(alarm: z.output<typeof METRIC_ALARM>): z.output<typeof METRIC_ALARM> {
  const [metric, second] = alarm.Metrics ?? [];
  const sole = second === undefined ? METRIC_STAT.safeParse(metric).data : undefined;
  if (sole === undefined || typeof alarm.ThresholdMetricId === 'string') return alarm;
  const { Metric, Period, Stat, Unit } = sole.MetricStat;
  return { ...alarm, ...Metric, Metrics: [], Period, Unit, Statistic: Stat, ExtendedStatistic: null };
}

function nameIn(entry: unknown, key: string): string {
  const name = fieldOf(entry, key);
  return typeof name === 'string' ? name : '(without a name)';
}

function why({ issues }: z.ZodError): string {
  const said = issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'the entry'}: ${message}`);
  return `it is not in the form that the AWS CLI prints (${said.join('; ')})`;
}
