import { isJsonObject, type JsonObject } from '../json/index.ts';
import { readMetricAlarm, readMetricFilter } from './api-shapes.ts';
import type { CloudWatchSettings, MetricAlarm, MetricFilter, NotCarried } from './cloudwatch-settings.ts';
import { plainProperties } from './cloudformation-properties.ts';

const [FILTER_TYPE, ALARM_TYPE, COMPOSITE_TYPE, STACK_TYPE] = [
  'AWS::Logs::MetricFilter',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudFormation::Stack',
];

/** Whether a parsed file is a CloudFormation template. */
export function isTemplate(json: unknown): boolean {
  return isJsonObject(json) && isJsonObject(json.Resources);
}

/**
 * Reads the metric filters and alarms of a CloudFormation template. A reference stays as `${Name}`; a number that is a
 * parameter takes the parameter's default. What has no name in the template is named after its logical id.
 */
export function readTemplate(template: unknown): CloudWatchSettings {
  const metricFilters: MetricFilter[] = [];
  const alarms: MetricAlarm[] = [];
  const notCarried: NotCarried[] = [];
  if (!isJsonObject(template) || !isJsonObject(template.Resources)) return { metricFilters, alarms, notCarried };
  const parameters = isJsonObject(template.Parameters) ? template.Parameters : {};
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (id.startsWith('Fn::ForEach::') && [FILTER_TYPE, ALARM_TYPE].some((type) => mentions(resource, type))) {
      const reason = 'what it makes only a deployment spells out; import what the AWS CLI prints';
      notCarried.push({ kind: 'module', name: id, reason });
    }
    if (!isJsonObject(resource)) continue;
    const { Type: type, Properties: given, Condition: condition } = resource;
    if (type === STACK_TYPE || (typeof type === 'string' && type.endsWith('::MODULE'))) {
      notCarried.push({
        kind: 'module',
        name: id,
        reason: 'what it makes stands in another template; import that too',
      });
    }
    const kind = type === FILTER_TYPE ? 'metric filter' : 'alarm';
    if (type === COMPOSITE_TYPE) {
      notCarried.push({ kind, name: id, reason: 'it is a composite alarm, and a rule has no other alarms to combine' });
    }
    if (type !== FILTER_TYPE && type !== ALARM_TYPE) continue;
    const properties = isJsonObject(given) ? given : {};
    const note = (reason: string) => notCarried.push({ kind, name: id, reason });
    if (typeof condition === 'string') note(`its condition ${condition} is left out: the rule always applies`);
    const plain = plainProperties(properties, parameters, note);
    if (plain === undefined) continue;
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

/** The properties of a filter in the API's form, which begins its keys in lower case. */
function filterEntry(id: string, properties: JsonObject): unknown {
  const transformations = Array.isArray(properties.MetricTransformations) ? properties.MetricTransformations : [];
  return {
    filterName: properties.FilterName ?? id,
    filterPattern: properties.FilterPattern,
    logGroupName: properties.LogGroupName,
    applyOnTransformedLogs: properties.ApplyOnTransformedLogs,
    fieldSelectionCriteria: properties.FieldSelectionCriteria,
    emitSystemFieldDimensions: properties.EmitSystemFieldDimensions,
    metricTransformations: transformations.map((transformation: unknown) => {
      if (!isJsonObject(transformation)) return transformation;
      const { MetricName, MetricNamespace, MetricValue, DefaultValue, Unit, Dimensions } = transformation;
      return {
        metricName: MetricName,
        metricNamespace: MetricNamespace,
        metricValue: MetricValue,
        defaultValue: DefaultValue,
        unit: Unit,
        ...(Array.isArray(Dimensions) && { dimensions: dimensionsOf(Dimensions) }),
      };
    }),
  };
}

function dimensionsOf(dimensions: readonly unknown[]): JsonObject {
  return Object.fromEntries(
    dimensions.flatMap((entry) => (isJsonObject(entry) ? [[String(entry.Key), entry.Value]] : [])),
  );
}

function mentions(value: unknown, type: string): boolean {
  return JSON.stringify(value).includes(JSON.stringify(type));
}
