import { isJsonObject, type JsonObject } from '../json/index.ts';
import { actionText, intrinsicText, refersElsewhere } from './intrinsic-text.ts';

const NUMBERS: ReadonlySet<string> = new Set([
  'Period',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'Threshold',
  'DefaultValue',
]);

const FLAGS: ReadonlySet<string> = new Set(['ActionsEnabled', 'ApplyOnTransformedLogs']);

const ACTIONS: ReadonlySet<string> = new Set(['AlarmActions', 'OKActions', 'InsufficientDataActions']);

/** Without these the others still say what is counted, and when it rings. Where they are not known they are left out, and told of. */
const MAY_BE_LEFT_OUT: ReadonlySet<string> = new Set([
  'FilterName',
  'LogGroupName',
  'AlarmName',
  'AlarmDescription',
  'ActionsEnabled',
]);

const READ: ReadonlySet<string> = new Set([
  ...MAY_BE_LEFT_OUT,
  ...NUMBERS,
  ...ACTIONS,
  ...['FilterPattern', 'MetricTransformations', 'ApplyOnTransformedLogs', 'FieldSelectionCriteria'],
  ...[
    'EmitSystemFieldDimensions',
    'Namespace',
    'MetricName',
    'Metrics',
    'Dimensions',
    'Statistic',
    'ExtendedStatistic',
  ],
  ...['Unit', 'ThresholdMetricId', 'ComparisonOperator', 'TreatMissingData'],
]);

/** The properties with references as text; undefined where what matters is known to a deployment alone, which is told of. */
export function plainProperties(
  properties: JsonObject,
  parameters: JsonObject,
  note: (reason: string) => void,
): JsonObject | undefined {
  const plain: Record<string, unknown> = {};
  let isWhole = true;
  for (const [name, value] of Object.entries(properties)) {
    if (!READ.has(name) || isNoValue(value)) continue;
    const found = plainValue(name, value, parameters);
    if (found !== undefined) plain[name] = found;
    else {
      note(`${name} is ${JSON.stringify(value)}, which only a deployment knows`);
      isWhole &&= MAY_BE_LEFT_OUT.has(name);
    }
  }
  return isWhole ? plain : undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
function isNoValue(value: unknown): boolean {
  return isJsonObject(value) && value.Ref === 'AWS::NoValue';
}

function plainValue(name: string, value: unknown, parameters: JsonObject): unknown {
  if (NUMBERS.has(name)) return numberOf(value, parameters);
  if (FLAGS.has(name)) return value === 'true' ? true : value === 'false' ? false : flagOf(value);
  if (name === 'FilterPattern') return patternOf(value);
  if (name === 'Metrics') return plainMetrics(value, parameters);
  if (ACTIONS.has(name))
    return listOf(value)
      .filter((action) => !isNoValue(action))
      .map(actionText);
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      isJsonObject(item) && intrinsicText(item) === undefined ? itemOf(item, parameters) : intrinsicText(item),
    );
    return items.some((item) => item === undefined) ? undefined : items;
  }
  return intrinsicText(value);
}

/** Half a pattern is another pattern. In one that is written out `${` is a text like any other. */
function patternOf(value: unknown): string | undefined {
  const text = intrinsicText(value);
  return text !== undefined && typeof value !== 'string' && refersElsewhere(text) ? undefined : text;
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Metrics as deep as they go; what has no text stays as it is. */
function plainMetrics(value: unknown, parameters: JsonObject, name = ''): unknown {
  if (NUMBERS.has(name)) return numberOf(value, parameters) ?? value;
  if (Array.isArray(value)) return value.map((item) => plainMetrics(item, parameters));
  if (!isJsonObject(value)) return value;
  const text = intrinsicText(value);
  if (text !== undefined) return text;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainMetrics(part, parameters, key)]));
}

function itemOf(item: JsonObject, parameters: JsonObject): JsonObject | undefined {
  if (Object.keys(item).some((key) => key.startsWith('Fn::'))) return undefined;
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    const found = plainValue(name, value, parameters);
    if (found === undefined) return undefined;
    plain[name] = found;
  }
  return plain;
}

function numberOf(value: unknown, parameters: JsonObject): number | undefined {
  const parameter = isJsonObject(value) && typeof value.Ref === 'string' ? parameters[value.Ref] : undefined;
  const given = isJsonObject(parameter) ? parameter.Default : value;
  const number = typeof given === 'number' || (typeof given === 'string' && given.trim() !== '') ? Number(given) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
