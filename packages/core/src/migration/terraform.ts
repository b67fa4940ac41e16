import { isJsonObject, type JsonObject } from '../json/index.ts';
import { readMetricAlarm, readMetricFilter } from './api-shapes.ts';
import type { CloudWatchSettings, MetricAlarm, MetricFilter, NotCarried } from './cloudwatch-settings.ts';
import { refersElsewhere } from './intrinsic-text.ts';
import { TerraformScope } from './terraform-scope.ts';

const [FILTER_TYPE, ALARM_TYPE, COMPOSITE_TYPE] = [
  'aws_cloudwatch_log_metric_filter',
  'aws_cloudwatch_metric_alarm',
  'aws_cloudwatch_composite_alarm',
];

/**
 * Reads the metric filters and alarms of a Terraform configuration in Terraform's JSON syntax, all files of a folder put
 * together. Defaults of variables, locals and the names of resources are put in where they are referred to.
 */
export function readTerraform(configuration: JsonObject): CloudWatchSettings {
  const metricFilters: MetricFilter[] = [];
  const alarms: MetricAlarm[] = [];
  const notCarried: NotCarried[] = [];
  const scope = new TerraformScope(configuration);
  for (const { type, label, block } of resourcesIn(configuration)) {
    const kind = type === FILTER_TYPE ? 'metric filter' : 'alarm';
    const says = (reason: string) => notCarried.push({ kind, name: label, reason });
    if (type === COMPOSITE_TYPE) says('it is a composite alarm, and a rule has no other alarms to combine');
    if (type !== FILTER_TYPE && type !== ALARM_TYPE) continue;
    if ('for_each' in block || 'dynamic' in block) {
      says('it is made for each of several values, which only Terraform spells out; import what the AWS CLI prints');
      continue;
    }
    if ('count' in block) says('its count is left out: the rule always applies');
    const value = (key: string, within: JsonObject = block) => scope.resolve(within[key]);
    const unknown = type === ALARM_TYPE ? unknownNumber(block, scope) : undefined;
    if (type === ALARM_TYPE && flagOf(value('actions_enabled')) === undefined && !isUnset(block.actions_enabled)) {
      says(
        `its actions_enabled is ${JSON.stringify(value('actions_enabled'))}, which only a deployment knows, and was left out`,
      );
    }
    if (unknown !== undefined) {
      says(unknown);
      continue;
    }
    if (type === FILTER_TYPE && /(?<!\$)\$\{/.test(String(value('pattern')))) {
      says('its pattern has parts that only a deployment knows');
      continue;
    }
    const read =
      type === FILTER_TYPE
        ? readMetricFilter({
            filterName: value('name'),
            filterPattern: unescaped(value('pattern')),
            logGroupName: value('log_group_name'),
            applyOnTransformedLogs: flagOf(value('apply_on_transformed_logs')),
            fieldSelectionCriteria: value('field_selection_criteria'),
            emitSystemFieldDimensions: value('emit_system_field_dimensions'),
            metricTransformations: listOf(block.metric_transformation).map((transformation) => ({
              metricName: value('name', transformation),
              metricNamespace: value('namespace', transformation),
              metricValue: value('value', transformation),
              defaultValue: numberOf(value('default_value', transformation)),
              unit: value('unit', transformation),
              dimensions: transformation.dimensions,
            })),
          })
        : readMetricAlarm(alarmEntry(block, value));
    if (!('found' in read)) notCarried.push(read.notCarried);
    else if ('filterName' in read.found) metricFilters.push(read.found);
    else alarms.push(read.found);
  }
  for (const name of Object.keys(isJsonObject(configuration.module) ? configuration.module : {})) {
    const reason = 'what it makes only Terraform spells out; import what `terraform show -json` prints of a plan';
    notCarried.push({ kind: 'module', name, reason });
  }
  return { metricFilters, alarms, notCarried };
}

/** Whether parsed JSON is Terraform's: its JSON syntax, or a plan or state that `terraform show -json` prints. */
export function isTerraform(json: unknown): boolean {
  return (
    isJsonObject(json) &&
    (isJsonObject(json.resource) || isJsonObject(json.planned_values) || isJsonObject(json.values))
  );
}

const NUMBERS = ['period', 'evaluation_periods', 'datapoints_to_alarm', 'threshold'] as const;

/** A number without which there is no alarm, and which the configuration does not say: a variable without a default. */
function unknownNumber(block: JsonObject, scope: TerraformScope): string | undefined {
  const found = NUMBERS.map((key) => ({ key, value: scope.resolve(block[key]) })).find(
    ({ value }) => typeof value === 'string' && refersElsewhere(value),
  );
  return found && `its ${found.key} is ${String(found.value)}, which only a deployment knows`;
}

function alarmEntry(block: JsonObject, value: (key: string, within?: JsonObject) => unknown) {
  return {
    AlarmName: value('alarm_name'),
    AlarmDescription: value('alarm_description'),
    Namespace: value('namespace'),
    MetricName: value('metric_name'),
    Metrics: listOf(block.metric_query).map((query) => metricEntry(query, value)),
    Dimensions: dimensionsOf(value('dimensions')),
    Statistic: value('statistic'),
    ExtendedStatistic: value('extended_statistic'),
    Unit: value('unit'),
    Period: numberOf(value('period')),
    EvaluationPeriods: numberOf(value('evaluation_periods')),
    DatapointsToAlarm: numberOf(value('datapoints_to_alarm')),
    Threshold: numberOf(value('threshold')),
    ThresholdMetricId: value('threshold_metric_id'),
    ComparisonOperator: value('comparison_operator'),
    TreatMissingData: value('treat_missing_data'),
    ActionsEnabled: flagOf(value('actions_enabled')),
    AlarmActions: textsOf(value('alarm_actions')),
    OKActions: textsOf(value('ok_actions')),
    InsufficientDataActions: textsOf(value('insufficient_data_actions')),
  };
}

/** A metric of metric math in the API's form. */
function metricEntry(query: JsonObject, value: (key: string, within: JsonObject) => unknown) {
  const [metric] = listOf(query.metric);
  return {
    Expression: isUnset(query.expression) ? null : query.expression,
    AccountId: isUnset(query.account_id) ? null : query.account_id,
    ...(metric !== undefined && {
      MetricStat: {
        Metric: {
          Namespace: value('namespace', metric),
          MetricName: value('metric_name', metric),
          Dimensions: dimensionsOf(value('dimensions', metric)),
        },
        Period: numberOf(value('period', metric)),
        Stat: value('stat', metric),
        Unit: value('unit', metric),
      },
    }),
  };
}

function dimensionsOf(dimensions: unknown) {
  return isJsonObject(dimensions) ? Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) : [];
}

function* resourcesIn(configuration: JsonObject): Generator<{ type: string; label: string; block: JsonObject }> {
  for (const [type, labels] of Object.entries(isJsonObject(configuration.resource) ? configuration.resource : {})) {
    for (const [label, blocks] of Object.entries(isJsonObject(labels) ? labels : {})) {
      for (const block of listOf(blocks)) yield { type, label: `${type}.${label}`, block };
    }
  }
  for (const part of [configuration.planned_values, configuration.values]) {
    if (isJsonObject(part) && isJsonObject(part.root_module)) yield* resourcesOfModule(part.root_module);
  }
}

function* resourcesOfModule(module: JsonObject): Generator<{ type: string; label: string; block: JsonObject }> {
  for (const { type, address, values } of listOf(module.resources)) {
    if (typeof type === 'string' && isJsonObject(values)) yield { type, label: String(address), block: values };
  }
  for (const child of listOf(module.child_modules)) yield* resourcesOfModule(child);
}

function listOf(value: unknown): readonly JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isJsonObject);
}

/** A list that only a deployment knows is one reference. */
function textsOf(value: unknown): unknown {
  return typeof value === 'string' ? [value] : value;
}

/** Terraform takes numbers as text too. */
function numberOf(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** Terraform takes flags as text too. */
function flagOf(value: unknown): boolean | undefined {
  if (value === 'true' || value === true) return true;
  return value === 'false' || value === false ? false : undefined;
}

/** Plans say null, or an empty text, of what was never set. */
function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** `$${` is how Terraform writes `${` itself. */
function unescaped(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('$${', '${') : value;
}
