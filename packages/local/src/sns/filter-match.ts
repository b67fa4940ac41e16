import { isJsonObject, type JsonObject, parseJson } from '@trailbell/core/json';
import type { FilterPolicy, FilterPolicyScope, PropertyFilter } from './filter-policy.ts';
import { ruleMatches, type Scalar } from './filter-rule.ts';
import type { MessageAttribute, MessageAttributes } from './message-attributes.ts';

/**
 * Whether a subscription with this filter policy takes the message. One over attributes takes nothing that has no attributes at all,
 * not even where it asks for the absence of one; over the body the like holds only for what is no JSON object.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html and, for `exists`,
 * https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export function passesFilter(
  policy: FilterPolicy,
  scope: FilterPolicyScope,
  message: { readonly body: string; readonly attributes: MessageAttributes },
): boolean {
  if (scope === 'MessageAttributes') {
    return (
      asksNothing(policy) || (message.attributes.size > 0 && matches(policy, attributesAsObject(message.attributes)))
    );
  }
  const body = parseJson(message.body);
  return isJsonObject(body) && matches(policy, body);
}

function asksNothing({ properties, anyOf }: FilterPolicy): boolean {
  return properties.length === 0 && anyOf.length === 0;
}

function matches(policy: FilterPolicy, object: JsonObject): boolean {
  return (
    policy.properties.every((property) => propertyMatches(property, object)) &&
    policy.anyOf.every((alternatives) => alternatives.some((alternative) => matches(alternative, object)))
  );
}

function propertyMatches(property: PropertyFilter, object: JsonObject): boolean {
  const value = Object.hasOwn(object, property.name) ? object[property.name] : undefined;
  switch (property.kind) {
    case 'rules': {
      const values = scalars(value);
      return property.rules.some((rule) => ruleMatches(rule, values));
    }
    case 'nested': {
      const objects = objectsIn(value);
      // An absent object still has to be asked: `exists: false` holds for what lies in it.
      return (objects.length === 0 ? [{}] : objects).some((inner) => matches(property.policy, inner));
    }
  }
}

function scalars(value: unknown): readonly Scalar[] {
  if (Array.isArray(value)) return value.flatMap(scalars);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [value];
  return [];
}

function objectsIn(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isJsonObject(value) ? [value] : [];
}

function attributesAsObject(attributes: MessageAttributes): JsonObject {
  return Object.fromEntries([...attributes].map(([name, attribute]) => [name, attributeValue(attribute)]));
}

/** SNS compares String, String.Array and Number attributes; to a filter policy the others aren't there. */
function attributeValue({ type, value }: MessageAttribute): unknown {
  switch (type) {
    case 'String':
      return value;
    case 'Number':
      return Number(value);
    case 'String.Array': {
      const parsed = parseJson(value);
      return Array.isArray(parsed) ? parsed : undefined;
    }
    default:
      return undefined;
  }
}
