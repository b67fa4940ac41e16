import type * as z from 'zod';
import { closestWord } from './closest-word.ts';
import { describeValue, oneOf, quote } from './describe-value.ts';
import type { Position, Problem } from './problem.ts';
import type { Refusal } from './refuse.ts';
import type { SchemaFields } from './schema-fields.ts';
import type { ValuePath, YamlSource } from './yaml-source.ts';

type Complaint = Position & Pick<Problem, 'code' | 'message'> & { readonly hint?: string | undefined };

/** A hint for a value that we know why people write; undefined for the others. */
export type HintFor = (path: ValuePath, value: unknown) => string | undefined;

/** Turns what zod found wrong with a value into problems at the lines where it was written: one for each value, or key. */
export function schemaProblems(
  error: z.ZodError,
  value: unknown,
  source: YamlSource,
  fields: SchemaFields,
  hintFor: HintFor,
): Problem[] {
  const complaints = error.issues.flatMap((issue) => complaintsOf(issue, value, source, fields, hintFor));
  const first = new Map<string, Complaint>();
  for (const complaint of complaints) {
    const isAboutKey = complaint.code === 'unknown-key' || complaint.code === 'missing-key';
    const subject = `${complaint.line}:${complaint.column}${isAboutKey ? complaint.message : ''}`;
    if (!first.has(subject)) first.set(subject, complaint);
  }
  return [...first.values()].map(({ hint, ...complaint }) => ({
    file: source.file,
    ...complaint,
    ...(hint !== undefined && { hint }),
  }));
}

function complaintsOf(
  issue: z.core.$ZodIssue,
  root: unknown,
  source: YamlSource,
  fields: SchemaFields,
  hintFor: HintFor,
): Complaint[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const label = labelOf(path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...source.keyPositionOf([...path, key]),
      code: 'unknown-key',
      message: `unknown key ${quote(key)}${label === '' ? '' : ` in ${label}`}`,
      hint: hintFor([...path, key], undefined) ?? whereItBelongs(key, path, fields),
    }));
  }
  const { found, isMissing } = valueAt(root, path);
  const { description } = fields.at(path);
  if (isMissing) {
    return [
      {
        ...source.positionOf(path.slice(0, -1)),
        code: 'missing-key',
        message: `${label} is missing`,
        hint: description,
      },
    ];
  }
  if (issue.code === 'custom') {
    const { code = 'invalid-format', hint, textOffset } = (issue.params ?? {}) as Partial<Refusal>;
    const position = textOffset === undefined ? source.positionOf(path) : source.positionInText(path, textOffset);
    return [{ ...position, code, message: issue.message, hint }];
  }
  const { code, expected, suggestion } = expectationOf(issue, found);
  return [
    {
      ...source.positionOf(path),
      code,
      message: `${label === '' ? 'this' : label} is ${measure(issue, found)}; expected ${expected}`,
      hint: hintFor(path, found) ?? suggestion ?? description,
    },
  ];
}

interface Expectation {
  readonly code: string;
  readonly expected: string;
  readonly suggestion?: string | undefined;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a map',
};

function expectationOf(issue: z.core.$ZodIssue, found: unknown): Expectation {
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'wrong-type', expected: TYPE_NAMES[issue.expected] ?? issue.expected };
    case 'invalid_value': {
      const words = issue.values.map(String);
      const close = typeof found === 'string' ? closestWord(found, words) : undefined;
      return {
        code: 'unknown-value',
        expected: oneOf(words),
        suggestion: close === undefined ? undefined : `did you mean ${close}?`,
      };
    }
    case 'too_small':
      return { code: 'out-of-range', expected: `at least ${amount(issue.origin, issue.minimum)}` };
    case 'too_big':
      return { code: 'out-of-range', expected: `at most ${amount(issue.origin, issue.maximum)}` };
    case 'not_multiple_of':
      return { code: 'out-of-range', expected: `a multiple of ${issue.divisor}` };
    case 'invalid_format':
      return { code: 'invalid-format', expected: issue.message };
    case 'invalid_union':
      return { code: 'wrong-type', expected: issue.message };
    case 'custom':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
      return { code: 'invalid-format', expected: issue.message };
  }
}

/** What is wrong with a long text is its length, not its words. */
function measure(issue: z.core.$ZodIssue, found: unknown): string {
  return issue.code === 'too_big' && typeof found === 'string'
    ? `${found.length} characters long`
    : describeValue(found);
}

function amount(origin: string, count: number | bigint): string {
  const units: Readonly<Record<string, string>> = { string: 'character', array: 'entry' };
  const unit = units[origin];
  if (unit === undefined) return String(count);
  return `${count} ${count === 1 ? unit : unit.replace(/y$/, 'ie') + 's'}`;
}

function whereItBelongs(key: string, path: ValuePath, fields: SchemaFields): string {
  const { names } = fields.at(path);
  const [home] = fields.homesOf(key);
  if (home !== undefined) {
    return home === key ? `${key} belongs at the top of the ${fields.subject}` : `${key} belongs at ${home}`;
  }
  const close = closestWord(key, names);
  return close === undefined ? `expected ${oneOf(names)}` : `did you mean ${close}?`;
}

function labelOf(path: ValuePath): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}

function valueAt(root: unknown, path: ValuePath): { readonly found: unknown; readonly isMissing: boolean } {
  let found = root;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step))
      return { found: undefined, isMissing: true };
    found = (found as Readonly<Record<string | number, unknown>>)[step];
  }
  return { found, isMissing: false };
}
