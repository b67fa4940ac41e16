import { readMetricAlarm, readMetricFilter } from './api-shapes.ts';
import type { CloudWatchSettings, MetricAlarm, MetricFilter, NotCarried } from './cloudwatch-settings.ts';
import { actionText, intrinsicText } from './intrinsic-text.ts';

const [FILTER_TYPE, ALARM_TYPE, COMPOSITE_TYPE] = [
  'AWS::Logs::MetricFilter',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
];

type Properties = Readonly<Record<string, unknown>>;

/** Whether a parsed file is a CloudFormation template. */
export function isTemplate(json: unknown): boolean {
  return isRecord(json) && isRecord(json.Resources);
}

/**
 * Reads the metric filters and alarms of a CloudFormation template. A reference stays as `${Name}`; a number that is a
 * parameter takes the parameter's default. What has no name in the template is named after its logical id.
 */
export function readTemplate(template: unknown): CloudWatchSettings {
  const metricFilters: MetricFilter[] = [];
  const alarms: MetricAlarm[] = [];
  const notCarried: NotCarried[] = [];
  if (!isRecord(template) || !isRecord(template.Resources)) return { metricFilters, alarms, notCarried };
  const parameters = isRecord(template.Parameters) ? template.Parameters : {};
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isRecord(resource)) continue;
    const { Type: type, Properties: given, Condition: condition } = resource;
    const kind = type === FILTER_TYPE ? 'metric filter' : 'alarm';
    if (type === COMPOSITE_TYPE) {
      notCarried.push({ kind, name: id, reason: 'it is a composite alarm, and a rule has no other alarms to combine' });
    }
    if (type !== FILTER_TYPE && type !== ALARM_TYPE) continue;
    const properties = isRecord(given) ? given : {};
    const note = (reason: string) => notCarried.push({ kind, name: id, reason });
    if (typeof condition === 'string') note(`its condition ${condition} is left out: the rule always applies`);
    const plain = plainProperties(properties, parameters, note);
    if (type === FILTER_TYPE) {
      const read = readMetricFilter(filterEntry(id, plain));
      if ('found' in read) metricFilters.push(read.found);
      else notCarried.push(read.notCarried);
    } else {
      const read = readMetricAlarm({ AlarmName: id, ...plain });
      if ('found' in read) alarms.push(read.found);
      else notCarried.push(read.notCarried);
    }
  }
  return { metricFilters, alarms, notCarried };
}

const NUMBERS: ReadonlySet<string> = new Set([
  'Period',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'Threshold',
  'DefaultValue',
]);

const ACTIONS: ReadonlySet<string> = new Set(['AlarmActions', 'OKActions', 'InsufficientDataActions']);

/** The properties with references as text; one that only a deployment knows is left out and told of. */
function plainProperties(properties: Properties, parameters: Properties, note: (reason: string) => void): Properties {
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(properties)) {
    const found = plainValue(name, value, parameters);
    if (found === undefined) note(`${name} is ${JSON.stringify(value)}, which only a deployment knows`);
    else plain[name] = found;
  }
  return plain;
}

function plainValue(name: string, value: unknown, parameters: Properties): unknown {
  if (NUMBERS.has(name)) return numberOf(value, parameters);
  if (name === 'ActionsEnabled') return value === 'true' || (value !== 'false' && value);
  if (name === 'Metrics') return value;
  if (ACTIONS.has(name)) return listOf(value).map(actionText);
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      isRecord(item) && intrinsicText(item) === undefined ? itemOf(item, parameters) : intrinsicText(item),
    );
    return items.some((item) => item === undefined) ? undefined : items;
  }
  return intrinsicText(value);
}

function itemOf(item: Properties, parameters: Properties): Properties | undefined {
  if (Object.keys(item).some((key) => key.startsWith('Fn::'))) return undefined;
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    const found = plainValue(name, value, parameters);
    if (found === undefined) return undefined;
    plain[name] = found;
  }
  return plain;
}

function numberOf(value: unknown, parameters: Properties): number | undefined {
  const parameter = isRecord(value) && typeof value.Ref === 'string' ? parameters[value.Ref] : undefined;
  const number = Number(isRecord(parameter) ? parameter.Default : typeof value === 'object' ? undefined : value);
  return Number.isFinite(number) ? number : undefined;
}

/** The properties of a filter in the API's form, which begins its keys in lower case. */
function filterEntry(id: string, properties: Properties): unknown {
  const transformations = Array.isArray(properties.MetricTransformations) ? properties.MetricTransformations : [];
  return {
    filterName: properties.FilterName ?? id,
    filterPattern: properties.FilterPattern,
    logGroupName: properties.LogGroupName,
    metricTransformations: transformations.map((transformation: unknown) => {
      if (!isRecord(transformation)) return transformation;
      const { MetricName, MetricNamespace, MetricValue, DefaultValue, Dimensions } = transformation;
      return {
        metricName: MetricName,
        metricNamespace: MetricNamespace,
        metricValue: MetricValue,
        defaultValue: DefaultValue,
        ...(Array.isArray(Dimensions) && { dimensions: dimensionsOf(Dimensions) }),
      };
    }),
  };
}

function dimensionsOf(dimensions: readonly unknown[]): Properties {
  return Object.fromEntries(dimensions.flatMap((entry) => (isRecord(entry) ? [[String(entry.Key), entry.Value]] : [])));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
