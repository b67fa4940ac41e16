import { isJsonObject, parseJson } from '../json/index.ts';

/**
 * A CloudFormation value as the text that `Fn::Sub` would take for it: `{"Ref": "Group"}` is `${Group}`. Undefined for what
 * such a text cannot say: imports, conditions, lookups in maps.
 */
export function intrinsicText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const [name, argument] = soleEntry(value) ?? [];
  if (name === 'Ref' && typeof argument === 'string') return `\${${argument}}`;
  if (name === 'Fn::Sub' && typeof argument === 'string') return argument;
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) return `\${${argument.join('.')}}`;
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, parts] = argument as readonly unknown[];
    if (typeof separator !== 'string' || !Array.isArray(parts)) return undefined;
    const texts = parts.map(intrinsicText);
    return texts.some((text) => text === undefined) ? undefined : texts.join(separator);
  }
  return undefined;
}

/** The same for a topic or another target of an alarm, which is kept whatever it is: what has no such text stays JSON. */
export function actionText(value: unknown): string {
  return intrinsicText(value) ?? JSON.stringify(value);
}

/** The inverse: a text with `${...}` in it as `Ref`, `Fn::GetAtt` or `Fn::Sub`, any other as it is. */
export function intrinsicOf(text: string): unknown {
  const kept = text.startsWith('{"Fn::') ? parseJson(text) : undefined;
  if (kept !== undefined) return kept;
  const [, sole] = /^\$\{([\w:]+)\}$/.exec(text) ?? [];
  if (sole !== undefined) return { Ref: sole };
  return /\$\{[^!]/.test(text) ? { 'Fn::Sub': text } : text;
}

/** Whether a text refers to something that only a deployment knows. */
export function refersElsewhere(text: string): boolean {
  return /\$\{[^!]/.test(text);
}

function soleEntry(value: unknown): readonly [string, unknown] | undefined {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return entries.length === 1 ? entries[0] : undefined;
}
