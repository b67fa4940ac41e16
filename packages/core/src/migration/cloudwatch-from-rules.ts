import { parsePattern } from '../pattern/parse/parse-pattern.ts';
import { PatternSyntaxError } from '../pattern/pattern-syntax-error.ts';
import type { Rule } from '../rule/rule.ts';
import type { CloudWatchSettings, MetricAlarm, MetricFilter, NotCarried } from './cloudwatch-settings.ts';

export interface ExportOptions {
  /** Of rules that do not say another: a name, or a reference such as `${LogGroupName}`. */
  readonly logGroupName: string;
  readonly metricNamespace: string;
  /** Where alarms of rules that do not say another are sent: ARNs or references. */
  readonly actions: readonly string[];
}

/**
 * The metric filters and alarms that do what these rules do, as far as CloudWatch can. What it cannot is told: exceptions,
 * groups, patterns past its limits. A staged rule notifies nobody.
 */
export function cloudWatchFromRules(rules: readonly Rule[], options: ExportOptions): CloudWatchSettings {
  const notCarried: NotCarried[] = [];
  const metricFilters = new Map<string, MetricFilter>();
  const alarms = new Map<string, MetricAlarm>();
  for (const rule of rules) {
    const says = (reason: string) => notCarried.push({ kind: 'rule', name: rule.name, reason });
    const refusal = cloudWatchRefusal(rule.filterPattern);
    if (refusal !== undefined) {
      says(`CloudWatch would refuse its pattern: ${refusal}`);
      continue;
    }
    if (rule.exceptions.length > 0) says('its exceptions are left out: a metric filter has none, so it counts more');
    if (rule.groupBy.length > 0) says('its groups are left out: one alarm adds up all of them');
    const filter = filterOf(rule, options);
    metricFilters.set(JSON.stringify(filter), filter);
    if (rule.cloudwatch !== undefined && rule.cloudwatch.alarmName === undefined) continue;
    const alarm = alarmOf(rule, filter, options);
    alarms.set(JSON.stringify(alarm), alarm);
  }
  return { metricFilters: [...metricFilters.values()], alarms: [...alarms.values()], notCarried };
}

function filterOf(
  { name, filterPattern, metricValue, defaultValue, cloudwatch }: Rule,
  options: ExportOptions,
): MetricFilter {
  return {
    filterName: cloudwatch?.filterName ?? name,
    filterPattern,
    logGroupName: cloudwatch?.logGroupName ?? options.logGroupName,
    metricNamespace: cloudwatch?.metricNamespace ?? options.metricNamespace,
    metricName: cloudwatch?.metricName ?? name,
    metricValue: String(metricValue),
    ...(defaultValue !== undefined && { defaultValue }),
    ...(cloudwatch?.metricUnit !== undefined && { unit: cloudwatch.metricUnit }),
    dimensions: {},
  };
}

function alarmOf(rule: Rule, { metricNamespace, metricName }: MetricFilter, { actions }: ExportOptions): MetricAlarm {
  const { name, title, description, mode, alarm, cloudwatch } = rule;
  const alarmActions = cloudwatch?.alarmActions ?? actions;
  return {
    alarmName: cloudwatch?.alarmName ?? name,
    ...(cloudwatch === undefined
      ? { alarmDescription: description ?? title }
      : description !== undefined && { alarmDescription: description }),
    metricNamespace,
    metricName,
    dimensions: {},
    statistic: alarm.statistic,
    ...(cloudwatch?.alarmUnit !== undefined && { unit: cloudwatch.alarmUnit }),
    period: alarm.period,
    evaluationPeriods: alarm.evaluationPeriods,
    ...(alarm.datapointsToAlarm !== undefined && { datapointsToAlarm: alarm.datapointsToAlarm }),
    threshold: alarm.threshold,
    comparisonOperator: alarm.comparisonOperator,
    treatMissingData: alarm.treatMissingData,
    actionsEnabled: alarmActions.length === 0 ? cloudwatch?.actionsEnabled !== false : mode !== 'stage',
    alarmActions,
    okActions: cloudwatch?.okActions ?? actions,
    insufficientDataActions: cloudwatch?.insufficientDataActions ?? [],
  };
}

function cloudWatchRefusal(filterPattern: string): string | undefined {
  try {
    parsePattern(filterPattern, { limits: 'cloudwatch' });
    return undefined;
  } catch (error) {
    if (error instanceof PatternSyntaxError) return error.message;
    throw error;
  }
}
