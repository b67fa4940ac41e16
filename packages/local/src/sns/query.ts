import { AwsRefusal } from '../aws-api/aws-refusal.ts';

/** The parameters of one AWS Query request, flat: `Attributes.entry.1.key=RawMessageDelivery`. */
export type Query = ReadonlyMap<string, string>;

/** Parses a form-encoded body or a URL's query string. */
export function parseQuery(text: string): Query {
  return new Map(new URLSearchParams(text));
}

/** A parameter that the action cannot do without. Throws SNS's ValidationError. */
export function required(query: Query, name: string): string {
  const value = query.get(name);
  if (value !== undefined) return value;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw new AwsRefusal(
    'ValidationError',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** The members of a list parameter in their order, each as a query of its own: `prefix.2.Id` becomes `Id` of the second. */
export function members(query: Query, prefix: string): readonly Query[] {
  const byIndex = new Map<number, Map<string, string>>();
  for (const [name, value] of query) {
    if (!name.startsWith(`${prefix}.`)) continue;
    const [index = '', ...path] = name.slice(prefix.length + 1).split('.');
    const member = byIndex.get(Number(index)) ?? new Map<string, string>();
    byIndex.set(Number(index), member.set(path.join('.'), value));
  }
  return [...byIndex].sort(([a], [b]) => a - b).map(([, member]) => member);
}

/** A map parameter such as `Attributes`: its `entry.N.key` and `entry.N.value` as one map. */
export function mapEntries(query: Query, name: string): ReadonlyMap<string, string> {
  return new Map(
    members(query, `${name}.entry`).map((entry) => [required(entry, 'key'), entry.get('value') ?? ''] as const),
  );
}
