import type * as z from 'zod';
import { fieldOf } from '../json/index.ts';
import { closestWord } from '../rule/closest-word.ts';
import { describeValue, oneOf, quote } from '../rule/describe-value.ts';
import type { Refusal } from '../rule/refuse.ts';
import type { Rule } from '../rule/rule.ts';
import { schemaFields } from '../rule/schema-fields.ts';
import type { TrailbellConfig } from './config.ts';
import type { ConfigProblem } from './config-problem.ts';
import { CONFIG_SCHEMA } from './config-schema.ts';
import { emptyRoutes } from './empty-routes.ts';
import { redactedGroups } from './redacted-groups.ts';

type Path = readonly (string | number)[];

/** Checks a configuration at run time, where types are no more. `config` is there exactly when there is no problem. */
export function validateConfig(
  config: unknown,
  /** The loaded rules, where they are known: then a route that names none of them is found too, and a group that would be told. */
  rules?: readonly (Pick<Rule, 'name' | 'severity'> & Partial<Pick<Rule, 'groupBy'>>)[],
): { readonly config?: TrailbellConfig; readonly problems: readonly ConfigProblem[] } {
  const parsed = CONFIG_SCHEMA.safeParse(config);
  if (!parsed.success) return { problems: problemsOf(parsed.error, config) };
  const { routes, redact = [] } = parsed.data;
  const problems = rules === undefined ? [] : [...emptyRoutes(routes, rules), ...redactedGroups(redact, rules)];
  return problems.length > 0 ? { problems } : { config: parsed.data, problems };
}

/** One problem for each value or key. */
function problemsOf(error: z.ZodError, config: unknown): readonly ConfigProblem[] {
  const fields = schemaFields(CONFIG_SCHEMA);
  const first = new Map<string, ConfigProblem>();
  for (const problem of error.issues.flatMap((issue) => describe(issue, config, fields))) {
    const isFirst = !first.has(problem.field);
    if (isFirst) first.set(problem.field, problem);
  }
  return [...first.values()];
}

function describe(
  issue: z.core.$ZodIssue,
  config: unknown,
  fields: ReturnType<typeof schemaFields>,
): readonly ConfigProblem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const { description = descriptionOfList(path, fields), names } = fields.at(path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const close = closestWord(key, names);
      return {
        code: 'unknown-key',
        field: labelOf([...path, key]),
        message: `there is no ${quote(key)} here`,
        hint: close === undefined ? `expected ${oneOf(names)}` : `did you mean ${close}?`,
      };
    });
  }
  const field = labelOf(path);
  if (issue.code === 'custom') {
    const { code = 'invalid-format', hint } = (issue.params ?? {}) as Partial<Refusal>;
    return [{ code, field, message: issue.message, ...(hint !== undefined && { hint }) }];
  }
  const found = valueAt(config, path);
  if (found === undefined) {
    const message = isWritten(config, path) ? 'is undefined: give it a value, or leave the key out' : 'is missing';
    return [{ code: 'missing-key', field, message, ...hinted(description) }];
  }
  const { code, expected, hint = description } = expectationOf(issue, found, path[0] === 'routes');
  const shown = path.at(-1) === 'endpointSecret' ? 'not text' : `${describeValue(found)}; expected ${expected}`;
  return [{ code, field, message: `is ${shown}`, ...hinted(hint) }];
}

/** What is said of a list is said of its entries. */
function descriptionOfList(path: Path, fields: ReturnType<typeof schemaFields>): string | undefined {
  return typeof path.at(-1) === 'number' ? fields.at(path.slice(0, -1)).description : undefined;
}

function expectationOf(
  issue: z.core.$ZodIssue,
  found: unknown,
  inRoute: boolean,
): { readonly code: string; readonly expected: string; readonly hint?: string } {
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'wrong-type', expected: TYPE_NAMES[issue.expected] ?? issue.expected };
    case 'invalid_value': {
      const words = issue.values.map(String);
      const close = typeof found === 'string' ? closestWord(found, words) : undefined;
      return { code: 'unknown-value', expected: oneOf(words), ...hinted(close && `did you mean ${close}?`) };
    }
    case 'too_small':
      if (issue.origin === 'number') return { code: 'too-small', expected: `at least ${issue.minimum}` };
      if (issue.origin === 'string') return { code: 'empty', expected: 'text' };
      return {
        code: 'empty',
        expected: 'at least one',
        ...hinted(inRoute ? 'leave the list out to take all' : undefined),
      };
    case 'too_big':
      if (issue.origin === 'number') return { code: 'too-big', expected: `at most ${issue.maximum}` };
      return {
        code: 'too-many',
        expected: `at most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'entries'}`,
      };
    case 'invalid_format':
    case 'custom':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    case 'invalid_union':
    case 'not_multiple_of':
      return { code: 'invalid-format', expected: issue.message };
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  int: 'a whole number',
  boolean: 'true or false',
};

function hinted(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint };
}

function labelOf(path: Path): string {
  const label = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return label === '' ? 'default export' : label.replace(/^\./, '');
}

/** Whether the key is there, whatever its value. */
function isWritten(root: unknown, path: Path): boolean {
  const [key, holder] = [path.at(-1), valueAt(root, path.slice(0, -1))];
  return key !== undefined && typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key);
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(fieldOf, root);
}
