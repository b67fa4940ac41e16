import { BlockList, isIP } from 'node:net';

/** What a filter policy can compare: the values of JSON without its containers. */
export type Scalar = string | number | boolean | null;

/** One test of a filter policy's list; a list matches where one of its tests does. */
export type FilterRule =
  | { readonly kind: 'equals'; readonly value: Scalar }
  | { readonly kind: 'anything-but'; readonly rules: readonly FilterRule[] }
  | { readonly kind: 'prefix' | 'suffix' | 'equals-ignore-case'; readonly text: string }
  | { readonly kind: 'numeric'; readonly bounds: readonly NumericBound[] }
  | { readonly kind: 'cidr'; readonly addresses: BlockList }
  | { readonly kind: 'exists'; readonly isPresent: boolean };

export interface NumericBound {
  readonly operator: NumericOperator;
  readonly value: number;
}

export const NUMERIC_OPERATORS = ['=', '<', '<=', '>', '>='] as const;
export type NumericOperator = (typeof NUMERIC_OPERATORS)[number];

/**
 * Whether a property with these values (none: it is absent) passes one rule. An array's elements are values on their own. To be
 * there, for `exists: true`, a value must be neither null nor empty.
 * https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export function ruleMatches(rule: FilterRule, values: readonly Scalar[]): boolean {
  if (rule.kind === 'exists') {
    return rule.isPresent ? values.some((value) => value !== null && value !== '') : values.length === 0;
  }
  return values.some((value) => valueMatches(rule, value));
}

function valueMatches(rule: Exclude<FilterRule, { kind: 'exists' }>, value: Scalar): boolean {
  switch (rule.kind) {
    case 'equals':
      return value === rule.value;
    case 'anything-but':
      return !rule.rules.some((inner) => ruleMatches(inner, [value]));
    case 'prefix':
      return typeof value === 'string' && value.startsWith(rule.text);
    case 'suffix':
      return typeof value === 'string' && value.endsWith(rule.text);
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === rule.text.toLowerCase();
    case 'numeric':
      return typeof value === 'number' && rule.bounds.every((bound) => isWithin(bound, value));
    case 'cidr':
      return typeof value === 'string' && isWithinNetwork(rule.addresses, value);
  }
}

function isWithin({ operator, value: limit }: NumericBound, value: number): boolean {
  switch (operator) {
    case '=':
      return value === limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}

function isWithinNetwork(addresses: BlockList, value: string): boolean {
  const family = isIP(value);
  return family !== 0 && addresses.check(value, family === 4 ? 'ipv4' : 'ipv6');
}
