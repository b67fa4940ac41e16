/** An own property of an object; undefined where there is none, or no object. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** A string as it is, and the empty one for everything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
