import { plainText } from '../cloudtrail/plain-text.ts';
import { loadRules } from '../rule/load-rules.ts';
import type { CloudWatchSettings, MetricAlarm, MetricFilter, NotCarried } from './cloudwatch-settings.ts';
import { ruleFileText } from './rule-file-text.ts';
import { ruleNameOf } from './rule-name.ts';

/** A rule file to be written: its name without an ending, and its text. */
export interface ImportedRule {
  readonly name: string;
  readonly text: string;
}

export interface ImportedRules {
  readonly rules: readonly ImportedRule[];
  readonly notCarried: readonly NotCarried[];
}

export interface ImportOptions {
  /** Of every imported rule: CloudWatch has none. */
  readonly severity: 'critical' | 'error' | 'warning' | 'info';
  /** What goes into the comment by which editors find the schema. */
  readonly schemaPath?: string;
}

/**
 * The rules that do what these metric filters and alarms do: one for each alarm and filter that feeds it. A filter that no
 * alarm watches, or whose alarm notifies nobody, becomes a staged rule, which records and does not page.
 */
export function rulesFromCloudWatch(settings: CloudWatchSettings, options: ImportOptions): ImportedRules {
  const notCarried = [...settings.notCarried];
  const rules: ImportedRule[] = [];
  const taken = new Set<string>();
  const add = (filter: MetricFilter, alarm: MetricAlarm | undefined): boolean => {
    const kind = alarm === undefined ? 'metric filter' : 'alarm';
    const says = (reason: string) => notCarried.push({ kind, name: alarm?.alarmName ?? filter.filterName, reason });
    const obstacle = filterObstacle(filter);
    if (obstacle !== undefined) {
      says(obstacle);
      return false;
    }
    const name = ruleNameOf(alarm?.alarmName ?? filter.filterName, taken);
    const text = ruleFileText(ruleOf(name, filter, alarm, options), options.schemaPath);
    const [problem] = loadRules([{ path: `${name}.yaml`, text }]).problems;
    if (problem !== undefined) {
      says(problem.message);
      return false;
    }
    const unlike = alarm && otherUnit(filter, alarm);
    if (unlike !== undefined) says(unlike);
    taken.add(name);
    rules.push({ name, text });
    return true;
  };

  const watched = new Set<MetricFilter>();
  const filtersOf = Map.groupBy(settings.metricFilters, metricOf);
  for (const alarm of settings.alarms) {
    const feeding = filtersOf.get(metricOf(alarm)) ?? [];
    const says = (reason: string) => notCarried.push({ kind: 'alarm', name: alarm.alarmName, reason });
    if (feeding.length === 0) {
      says(`no metric filter here feeds its metric ${alarm.metricNamespace} ${alarm.metricName}`);
    }
    const obstacle = feeding.length === 0 ? undefined : alarmObstacle(alarm);
    if (obstacle !== undefined) {
      says(obstacle);
      continue;
    }
    if (feeding.length > 1) {
      says(`its metric adds up ${feeding.length} metric filters; each becomes a rule that counts alone`);
    }
    // A filter whose alarm stays behind comes along without it.
    for (const filter of feeding) if (add(filter, alarm)) watched.add(filter);
  }
  for (const filter of settings.metricFilters) if (!watched.has(filter)) add(filter, undefined);
  return { rules, notCarried };
}

/** `Number` takes more than a metric value may be: nothing at all, hexadecimal digits. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function metricOf({ metricNamespace, metricName }: MetricFilter | MetricAlarm): string {
  return JSON.stringify([metricNamespace, metricName]);
}

const HAS_DIMENSIONS = 'its metric has dimensions; write a rule with groupBy in place of it';

function filterObstacle(filter: MetricFilter): string | undefined {
  if (Object.keys(filter.dimensions).length > 0) return HAS_DIMENSIONS;
  if (filter.defaultValue !== undefined && filter.defaultValue !== 0) {
    return `its default value ${filter.defaultValue} would have to be counted for each record that does not match`;
  }
  if (!filter.metricValue.startsWith('$') && !NUMBER.test(filter.metricValue)) {
    return `its metric value ${JSON.stringify(filter.metricValue)} is neither a number nor a selector`;
  }
  return undefined;
}

function alarmObstacle(alarm: MetricAlarm): string | undefined {
  if (Object.keys(alarm.dimensions).length > 0) return HAS_DIMENSIONS;
  if (/^(?:p|tm|wm|tc|ts|pr|iqm)\b|^(?:p|tm|wm|tc|ts)\d/i.test(alarm.statistic)) {
    return `its statistic ${alarm.statistic} needs every value of a period; only sums, counts and extremes are kept`;
  }
  if (alarm.period < 60) {
    return `its period of ${alarm.period} seconds is shorter than a minute, in which matches are counted`;
  }
  return undefined;
}

/** An alarm looks at the values of its unit alone, and never rings where its filter writes another. A rule does. */
function otherUnit({ unit: written = 'None' }: MetricFilter, { unit }: MetricAlarm): string | undefined {
  if (unit === undefined || unit === written) return undefined;
  return `it looks at values in ${unit} alone, and its metric filter writes them in ${written}: it could never ring, and the rule can`;
}

function ruleOf(name: string, filter: MetricFilter, alarm: MetricAlarm | undefined, { severity }: ImportOptions) {
  const pages = alarm?.actionsEnabled === true && alarm.alarmActions.length > 0;
  const selectorOrNumber = filter.metricValue.startsWith('$') ? filter.metricValue : Number(filter.metricValue);
  return {
    name,
    title: titleOf(alarm?.alarmDescription ?? alarm?.alarmName ?? filter.filterName),
    severity,
    ...(alarm?.alarmDescription !== undefined && { description: alarm.alarmDescription }),
    ...(!pages && { mode: 'stage' }),
    filterPattern: filter.filterPattern,
    ...(selectorOrNumber !== 1 && { metricValue: selectorOrNumber }),
    ...(filter.defaultValue === 0 && { defaultValue: 0 }),
    ...(alarm !== undefined && { alarm: alarmSettingsOf(alarm) }),
    examples: { matches: [], ignores: [] },
    cloudwatch: {
      filterName: filter.filterName,
      ...(filter.logGroupName !== undefined && { logGroupName: filter.logGroupName }),
      metricNamespace: filter.metricNamespace,
      metricName: filter.metricName,
      ...(filter.unit !== undefined && { metricUnit: filter.unit }),
      ...(alarm !== undefined && {
        alarmName: alarm.alarmName,
        ...(alarm.unit !== undefined && { alarmUnit: alarm.unit }),
        alarmActions: alarm.alarmActions,
        okActions: alarm.okActions,
        insufficientDataActions: alarm.insufficientDataActions,
        // With actions for ALARM, `mode: stage` says so.
        ...(!alarm.actionsEnabled && alarm.alarmActions.length === 0 && { actionsEnabled: false }),
      }),
    },
  };
}

function alarmSettingsOf(alarm: MetricAlarm) {
  const { statistic, period, evaluationPeriods, datapointsToAlarm, threshold, comparisonOperator } = alarm;
  return {
    statistic,
    period,
    evaluationPeriods,
    ...(datapointsToAlarm !== undefined && { datapointsToAlarm }),
    threshold,
    comparisonOperator,
    treatMissingData: alarm.treatMissingData,
  };
}

/** One line of at most 120 characters. */
function titleOf(text: string): string {
  return plainText(text.replaceAll(/\s+/g, ' ').trim(), 120);
}
