import { isRedactedPath, isSecretName, isSecretOfPair, isSecretText, type RedactedPath } from './redaction.ts';
import { fieldsOf } from './record-fields.ts';

/** Stands for a value that is there and must not be told. */
export const REDACTED_TEXT = '[redacted]';

/** The parts of a record that carry what callers and services put there, secrets among them. */
export type ParameterSection = 'requestParameters' | 'responseElements';

/** One text, number or boolean of a section. Nothing of a record's sections is told but what stands in these. */
export interface Parameter {
  /** Where it is, as selectors write it: `ipPermissions.items[0].fromPort`. */
  readonly path: string;
  /** The names of the properties that lead to it, the innermost last. */
  readonly names: readonly string[];
  /** How many objects and lists it lies in. */
  readonly depth: number;
  /** Undefined where it is redacted. */
  readonly value: string | number | boolean | undefined;
  /** What must not be told: a value, an object or a list. Only for finding where else it stands. */
  readonly redacted?: unknown;
}

/** A section may hold 100 KB; a call that names so much is told by its first few values. */
const MAX_VISITS = 500;
/** EC2's requests go down to seven: `ipPermissions.items[0].ipRanges.items[0].cidrIp`. */
const MAX_DEPTH = 10;
/** Of a list the first few are told. */
const MAX_ITEMS = 5;

/** The parameters of a section, in its order, without what must not be told. */
export function parametersOf(
  section: ParameterSection,
  record: unknown,
  redactedPaths: readonly RedactedPath[] = [],
): readonly Parameter[] {
  const found: Parameter[] = [];
  let visits = 0;
  const visit = (value: unknown, path: string, names: readonly string[], depth: number): void => {
    visits += 1;
    if (visits > MAX_VISITS || depth > MAX_DEPTH) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.slice(0, MAX_ITEMS).entries())
        visit(item, `${path}[${index}]`, names, depth + 1);
      return;
    }
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      const isSecret = typeof value === 'string' && isSecretText(value);
      found.push({ path, names, depth, ...(isSecret ? { value: undefined, redacted: value } : { value }) });
      return;
    }
    const fields = Object.entries(fieldsOf(value)).slice(0, MAX_VISITS);
    for (const [name, field] of fields) {
      const inner = path === '' ? name : `${path}.${name}`;
      const innerNames = [...names, name];
      if (field === null || (typeof field === 'string' && field.trim() === '')) continue;
      // True and false under such a name are a setting: `passwordResetRequired`.
      const isSecret = typeof field !== 'boolean' && (isSecretName(name) || isSecretOfPair(name, fields));
      if (isSecret || isRedactedPath([section, ...innerNames], redactedPaths)) {
        found.push({ path: inner, names: innerNames, depth: depth + 1, value: undefined, redacted: field });
      } else visit(field, inner, innerNames, depth + 1);
    }
  };
  if (!isRedactedPath([section], redactedPaths)) visit(fieldsOf(fieldsOf(record)[section]), '', [], 0);
  return found;
}

/** Shorter texts are words that may stand anywhere. */
const MIN_SECRET_LENGTH = 6;

/** A text in which nothing stands any more that is redacted among the parameters: services repeat in errors what they were sent. */
export function withoutRedacted(text: string, parameters: readonly Parameter[]): string {
  const secrets = parameters
    .flatMap(({ redacted }) => textsIn(redacted))
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH);
  // The longest first, so that of one that holds another nothing is left.
  return [...new Set(secrets)]
    .toSorted((left, right) => right.length - left.length)
    .reduce((cleaned, secret) => cleaned.replaceAll(secret, REDACTED_TEXT), text);
}

/** The texts in a value, however it is built; of a big one the first. */
function textsIn(value: unknown): readonly string[] {
  const texts: string[] = [];
  const pending: unknown[] = [value];
  for (let visits = 0; pending.length > 0 && visits < MAX_VISITS; visits += 1) {
    const next = pending.shift();
    if (typeof next === 'string') texts.push(next);
    if (typeof next !== 'object' || next === null) continue;
    const inner: readonly unknown[] = Object.values(next);
    pending.push(...inner.slice(0, MAX_VISITS));
  }
  return texts;
}
