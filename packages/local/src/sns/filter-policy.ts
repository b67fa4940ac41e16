import { BlockList } from 'node:net';
import { isJsonObject, type JsonObject, parseJson } from '@trailbell/core/json';
import { type FilterRule, NUMERIC_OPERATORS, type NumericBound, type NumericOperator } from './filter-rule.ts';

/** Where a subscription's filter policy looks. */
export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

/** A message passes where every property does, and one alternative of every `$or`. */
export interface FilterPolicy {
  readonly properties: readonly PropertyFilter[];
  readonly anyOf: readonly (readonly FilterPolicy[])[];
}

export type PropertyFilter =
  | { readonly kind: 'rules'; readonly name: string; readonly rules: readonly FilterRule[] }
  | { readonly kind: 'nested'; readonly name: string; readonly policy: FilterPolicy };

/** Thrown by {@link parseFilterPolicy}: what is wrong, in SNS's words where they are known. */
export class FilterPolicyError extends Error {
  override readonly name = 'FilterPolicyError';
}

const MAXIMUM_KEYS = 5;
const MAXIMUM_COMBINATIONS = 150;

/**
 * Parses a filter policy and holds it to SNS's limits: five keys, 150 combinations, no nesting over message attributes.
 * https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export function parseFilterPolicy(text: string, scope: FilterPolicyScope): FilterPolicy {
  const parsed = parseJson(text);
  if (!isJsonObject(parsed)) throw new FilterPolicyError('failed to parse JSON.');
  if (Object.keys(parsed).length > MAXIMUM_KEYS)
    throw new FilterPolicyError('Filter policy can not have more than 5 keys');
  const policy = parseNode(parsed, scope);
  if (combinations(policy, 1) > MAXIMUM_COMBINATIONS) throw new FilterPolicyError('Filter policy is too complex');
  return policy;
}

function parseNode(node: JsonObject, scope: FilterPolicyScope): FilterPolicy {
  const properties: PropertyFilter[] = [];
  const anyOf: FilterPolicy[][] = [];
  for (const [name, value] of Object.entries(node)) {
    if (name === '$or' && isAlternatives(value)) anyOf.push(value.map((alternative) => parseNode(alternative, scope)));
    else properties.push(parseProperty(name, value, scope));
  }
  return { properties, anyOf };
}

/** SNS reads `$or` as an operator only where it lists two objects or more; otherwise it is a property of that name. */
function isAlternatives(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.length >= 2 && value.every((item) => isJsonObject(item) && !isOperator(item));
}

function isOperator(value: JsonObject): boolean {
  const [name = ''] = Object.keys(value);
  return Object.keys(value).length === 1 && Object.hasOwn(OPERATORS, name);
}

function parseProperty(name: string, value: unknown, scope: FilterPolicyScope): PropertyFilter {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new FilterPolicyError('Empty arrays are not allowed');
    return { kind: 'rules', name, rules: value.map(parseRule) };
  }
  if (!isJsonObject(value)) throw new FilterPolicyError(`"${name}" must be an object or an array`);
  if (scope === 'MessageAttributes')
    throw new FilterPolicyError('Filter policy scope MessageAttributes does not support nested filter policy');
  return { kind: 'nested', name, policy: parseNode(value, scope) };
}

function parseRule(value: unknown): FilterRule {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { kind: 'equals', value };
  if (!isJsonObject(value)) throw new FilterPolicyError('Match value must be String, number, true, false, or null');
  const [operator = '', ...others] = Object.keys(value);
  if (others.length > 0) throw new FilterPolicyError('Only one key allowed in match expression');
  const parse = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (parse === undefined) throw new FilterPolicyError(`Unrecognized match type ${operator}`);
  return parse(value[operator]);
}

const OPERATORS: Readonly<Record<string, (operand: unknown) => FilterRule>> = {
  'anything-but': parseAnythingBut,
  prefix: (operand) => ({ kind: 'prefix', text: textOperand('prefix', operand) }),
  suffix: (operand) => ({ kind: 'suffix', text: textOperand('suffix', operand) }),
  'equals-ignore-case': (operand) => ({ kind: 'equals-ignore-case', text: textOperand('equals-ignore-case', operand) }),
  numeric: (operand) => ({ kind: 'numeric', bounds: parseBounds(operand) }),
  cidr: (operand) => ({ kind: 'cidr', addresses: parseNetwork(textOperand('cidr', operand)) }),
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw new FilterPolicyError('exists match pattern must be either true or false.');
    return { kind: 'exists', isPresent: operand };
  },
};

function textOperand(operator: string, operand: unknown): string {
  if (typeof operand !== 'string') throw new FilterPolicyError(`${operator} match pattern must be a string`);
  return operand;
}

function parseAnythingBut(operand: unknown): FilterRule {
  if (isJsonObject(operand)) {
    const rule = parseRule(operand);
    if (rule.kind !== 'prefix' && rule.kind !== 'suffix' && rule.kind !== 'equals-ignore-case')
      throw new FilterPolicyError('Unsupported anything-but pattern');
    return { kind: 'anything-but', rules: [rule] };
  }
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0 || !values.every((value) => typeof value === 'string' || typeof value === 'number'))
    throw new FilterPolicyError('Inside anything but list, start|null|boolean is not supported.');
  return { kind: 'anything-but', rules: values.map((value) => ({ kind: 'equals', value })) };
}

function parseBounds(operand: unknown): readonly NumericBound[] {
  const items: readonly unknown[] = Array.isArray(operand) ? operand : [];
  if (items.length !== 2 && items.length !== 4)
    throw new FilterPolicyError('Value of numeric must be an array of one or two operators, each with its number.');
  const bounds: NumericBound[] = [];
  for (let at = 0; at < items.length; at += 2) {
    const operator = items[at];
    const value = items[at + 1];
    if (!isNumericOperator(operator))
      throw new FilterPolicyError(`Unrecognized numeric range operator: ${String(operator)}`);
    if (typeof value !== 'number' || Math.abs(value) > 1e9)
      throw new FilterPolicyError('Value of numeric must be a number between -1.0E9 and 1.0E9.');
    bounds.push({ operator, value });
  }
  return bounds;
}

function isNumericOperator(value: unknown): value is NumericOperator {
  return NUMERIC_OPERATORS.some((operator) => operator === value);
}

function parseNetwork(text: string): BlockList {
  const [address = '', bits = ''] = text.split('/');
  const addresses = new BlockList();
  try {
    addresses.addSubnet(address, Number.parseInt(bits, 10), address.includes(':') ? 'ipv6' : 'ipv4');
  } catch {
    throw new FilterPolicyError('Malformed CIDR, one IP address, / and the bits of its prefix are expected.');
  }
  return addresses;
}

/** The product of the lists' lengths, each weighted by how deep it lies; alternatives of an `$or` add up. */
function combinations({ properties, anyOf }: FilterPolicy, depth: number): number {
  const ofProperties = properties.map((property) =>
    property.kind === 'rules' ? property.rules.length * depth : combinations(property.policy, depth + 1),
  );
  const ofAlternatives = anyOf.map((policies) =>
    policies.reduce((sum, policy) => sum + combinations(policy, depth), 0),
  );
  return [...ofProperties, ...ofAlternatives].reduce((product, count) => product * count, 1);
}
