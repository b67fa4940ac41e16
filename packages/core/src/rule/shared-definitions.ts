import * as z from 'zod';
import { fieldOf, isJsonObject, type JsonObject } from '../json/index.ts';
import { TIME_INTERVAL_SCHEMA, type TimeInterval } from '../time-interval/index.ts';
import type { Problem } from './problem.ts';
import type { YamlItem } from './read-yaml.ts';
import { refuse } from './refuse.ts';
import { ruleHint } from './rule-hints.ts';
import { schemaFields } from './schema-fields.ts';
import { schemaProblems } from './schema-problems.ts';
import { valueLiterals } from './value-literals.ts';

/** How a list of values or a time interval may be called. */
export const SHARED_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

const entry = z
  .string()
  .min(1)
  .max(1024)
  .superRefine((text, context) => {
    const literals = valueLiterals(text);
    if ('message' in literals) refuse(context, [], literals);
  });

const valueList = z.array(entry).min(1).max(1000);

/** A document of a rule file that is no rule: what rules share. */
export const SHARED_SCHEMA = z
  .strictObject({
    values: z
      .record(z.string(), valueList)
      .superRefine(checkNames)
      .exactOptional()
      .describe(
        'Lists by their names: texts, blocks of IPv4 addresses, %regular expressions%. A pattern says = @name.',
      ),
    timeIntervals: z
      .record(z.string(), TIME_INTERVAL_SCHEMA)
      .superRefine(checkNames)
      .exactOptional()
      .describe('Windows that come again every week, by their names. A rule says during or notDuring.'),
  })
  .describe('What rules share: lists of values and time intervals.');

function checkNames(named: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  for (const name of Object.keys(named)) {
    if (SHARED_NAME.test(name)) continue;
    refuse(context, [name], {
      code: 'invalid-format',
      message: `${JSON.stringify(name)} is no name; expected letters, digits, - and _, a letter first`,
    });
  }
}

/** The lists and intervals that rules share, by their names. */
export interface SharedDefinitions {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly timeIntervals: ReadonlyMap<string, TimeInterval>;
  /** Names that are defined, but not so that they could be used. */
  readonly broken: ReadonlySet<string>;
}

const FIELDS = schemaFields(SHARED_SCHEMA);

/** Whether a document of a rule file holds what rules share, and no rule. */
export function isShared(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  return ('values' in value || 'timeIntervals' in value) && !('name' in value || 'filterPattern' in value);
}

/**
 * What the documents define together: a name that is defined twice keeps its first meaning, and one with a mistake takes no other
 * with it. What stands in `library` comes last, and nothing is reported of it.
 */
export function readShared(
  items: readonly YamlItem[],
  library: readonly YamlItem[],
): SharedDefinitions & { readonly problems: readonly Problem[] } {
  const values = new Map<string, readonly string[]>();
  const timeIntervals = new Map<string, TimeInterval>();
  const broken = new Set<string>();
  const problems: Problem[] = [];
  for (const { value, source } of items) {
    const parsed = SHARED_SCHEMA.safeParse(value);
    if (!parsed.success) problems.push(...schemaProblems(parsed.error, value, source, FIELDS, ruleHint));
    const report = (field: string, name: string) => {
      problems.push({ file: source.file, ...source.keyPositionOf([field, name]), ...defined(field, name) });
    };
    define('values', valueList, value, values, broken, report);
    define('timeIntervals', TIME_INTERVAL_SCHEMA, value, timeIntervals, broken, report);
  }
  for (const { value } of library) {
    define('values', valueList, value, values, broken);
    define('timeIntervals', TIME_INTERVAL_SCHEMA, value, timeIntervals, broken);
  }
  return { values, timeIntervals, broken, problems };
}

/** Adds the good definitions of one field of a document to those that there are. */
function define<Meaning>(
  field: 'values' | 'timeIntervals',
  schema: z.ZodType<Meaning>,
  document: unknown,
  known: Map<string, Meaning>,
  broken: Set<string>,
  onDefinedTwice?: (field: string, name: string) => void,
): void {
  for (const [name, definition] of Object.entries(mapIn(document, field))) {
    const parsed = schema.safeParse(definition);
    if (known.has(name)) onDefinedTwice?.(field, name);
    else if (parsed.success && SHARED_NAME.test(name)) known.set(name, parsed.data);
    else broken.add(name);
  }
}

function mapIn(document: unknown, field: string): JsonObject {
  const found = fieldOf(document, field);
  return isJsonObject(found) ? found : {};
}

function defined(field: string, name: string): Pick<Problem, 'code' | 'message' | 'hint'> {
  return {
    code: 'duplicate-shared-name',
    message: `${field}.${name} is defined already`,
    hint: 'all rule folders together have one list of names',
  };
}
