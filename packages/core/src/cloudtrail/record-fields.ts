import { isJsonObject, type JsonObject } from '../json/index.ts';
import { plainText } from './plain-text.ts';

/** The fields of a JSON object; none when the value is anything else. */
export function fieldsOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/**
 * A string field as plain text of at most `maxLength` characters; undefined when it is blank, dashes alone (which stand for nothing),
 * or not a string.
 */
export function textOf(value: unknown, maxLength = 256): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = plainText(value.trim(), maxLength);
  return /^-*$/.test(text) ? undefined : text;
}

/** What the pattern's first group captures in a text; undefined when there is no text, no match, or a blank. */
export function captured(text: string | undefined, pattern: RegExp): string | undefined {
  return textOf(text === undefined ? undefined : pattern.exec(text)?.[1]);
}

/** A boolean, which CloudTrail writes as `true`, `"true"` or `"Yes"` depending on the field. */
export function booleanOf(value: unknown): boolean | undefined {
  if (value === true || value === 'true' || value === 'Yes') return true;
  if (value === false || value === 'false' || value === 'No') return false;
  return undefined;
}

/** The given fields without those that are undefined, so that absent fields are absent in JSON and in comparisons too. */
export function definedOnly<T extends object>(fields: T): DefinedOnly<T> {
  const defined: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) defined[key] = value;
  // The cast says what the loop does; no type of an assignment can.
  return defined as DefinedOnly<T>;
}

type DefinedOnly<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
