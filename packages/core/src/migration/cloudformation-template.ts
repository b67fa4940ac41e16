import type { CloudWatchSettings, MetricAlarm, MetricFilter } from './cloudwatch-settings.ts';
import { intrinsicOf } from './intrinsic-text.ts';
import { templateReferences } from './template-references.ts';

type Properties = Readonly<Record<string, unknown>>;

export interface TemplateParameter {
  readonly description: string;
}

/**
 * A CloudFormation template with these metric filters and alarms, as plain data. `${Name}` in a setting becomes a reference;
 * `parameters` are declared, and so is whatever else the settings refer to and a parameter can be.
 */
export function cloudFormationTemplate(
  { metricFilters, alarms }: CloudWatchSettings,
  parameters: Readonly<Record<string, TemplateParameter>>,
): Properties {
  const resources: Record<string, Properties> = {};
  const add = (name: string, kind: string, resource: Properties) => {
    const words = name.replace(/[^A-Za-z\d]+(\w?)/g, (_, next: string) => next.toUpperCase());
    const id = `${words.charAt(0).toUpperCase()}${words.slice(1)}`.slice(0, 200);
    const base = id.endsWith(kind) ? id : `${id}${kind}`;
    let logicalId = base;
    for (let number = 2; logicalId in resources; number += 1) logicalId = `${base}${number}`;
    resources[logicalId] = resource;
  };
  for (const filter of metricFilters) {
    add(filter.filterName, 'Filter', { Type: 'AWS::Logs::MetricFilter', Properties: filterProperties(filter) });
  }
  for (const alarm of alarms) {
    add(alarm.alarmName, 'Alarm', { Type: 'AWS::CloudWatch::Alarm', Properties: alarmProperties(alarm) });
  }
  const others = templateReferences(resources)
    .parameters.filter((name) => !Object.hasOwn(parameters, name))
    .map((name) => [name, { description: `What ${name} was where this was imported from.` }] as const);
  const declared = [...Object.entries(parameters), ...others];
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...(declared.length > 0 && {
      Parameters: Object.fromEntries(
        declared.map(([name, { description }]) => [name, { Type: 'String', Description: description }]),
      ),
    }),
    Resources: resources,
  };
}

function filterProperties(filter: MetricFilter): Properties {
  return {
    FilterName: intrinsicOf(filter.filterName),
    ...(filter.logGroupName !== undefined && { LogGroupName: intrinsicOf(filter.logGroupName) }),
    FilterPattern: filter.filterPattern,
    MetricTransformations: [
      {
        MetricNamespace: intrinsicOf(filter.metricNamespace),
        MetricName: intrinsicOf(filter.metricName),
        MetricValue: filter.metricValue,
        ...(filter.defaultValue !== undefined && { DefaultValue: filter.defaultValue }),
        ...(filter.unit !== undefined && { Unit: filter.unit }),
      },
    ],
  };
}

function alarmProperties(alarm: MetricAlarm): Properties {
  return {
    AlarmName: intrinsicOf(alarm.alarmName),
    ...(alarm.alarmDescription !== undefined && { AlarmDescription: alarm.alarmDescription }),
    Namespace: intrinsicOf(alarm.metricNamespace),
    MetricName: intrinsicOf(alarm.metricName),
    Statistic: alarm.statistic,
    ...(alarm.unit !== undefined && { Unit: alarm.unit }),
    Period: alarm.period,
    EvaluationPeriods: alarm.evaluationPeriods,
    ...(alarm.datapointsToAlarm !== undefined && { DatapointsToAlarm: alarm.datapointsToAlarm }),
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparisonOperator,
    TreatMissingData: alarm.treatMissingData,
    ActionsEnabled: alarm.actionsEnabled,
    AlarmActions: alarm.alarmActions.map(intrinsicOf),
    OKActions: alarm.okActions.map(intrinsicOf),
    InsufficientDataActions: alarm.insufficientDataActions.map(intrinsicOf),
  };
}
