import { isJsonObject } from '../../json/index.ts';
import type { LoadedRule, ValuePath } from '../../rule/index.ts';
import { quote } from '../../rule/describe-value.ts';
import { RECORD_FIELDS, type RecordField, type RecordFields } from '../aws/record-fields.ts';
import type { RuleComplaint } from '../finding.ts';

/** Records that no trail would hold: misspelt fields, account ids that YAML read as numbers, booleans for texts. */
export function unlikelyExamples(rule: LoadedRule, list: 'matches' | 'ignores'): readonly RuleComplaint[] {
  return rule.examples[list].flatMap(({ event }, index) =>
    inMap(event, RECORD_FIELDS, pathOfRecord(rule, ['examples', list, index])),
  );
}

/** An example is a record, or a map with the record under `event`. */
function pathOfRecord({ source }: LoadedRule, path: ValuePath): ValuePath {
  const [example, event] = [source.positionOf(path), source.positionOf([...path, 'event'])];
  const hasEvent = example.line !== event.line || example.column !== event.column;
  return hasEvent ? [...path, 'event'] : path;
}

function inMap(value: unknown, fields: RecordFields, path: ValuePath): readonly RuleComplaint[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    return field === undefined ? misspelt(key, fields, [...path, key]) : inField(inner, field, [...path, key], key);
  });
}

function misspelt(key: string, fields: RecordFields, path: ValuePath): readonly RuleComplaint[] {
  const meant = Object.keys(fields).find((name) => name.toLowerCase() === key.toLowerCase());
  if (meant === undefined) return [];
  const message = `CloudTrail writes ${meant}, and this record has ${key}`;
  return [{ code: 'unlikely-example', path, message, hint: `write ${meant}` }];
}

function inField(value: unknown, field: RecordField, path: ValuePath, key: string): readonly RuleComplaint[] {
  const complaint = (message: string, hint: string) => [{ code: 'unlikely-example', path, message, hint } as const];
  switch (field.kind) {
    case 'map':
      return inMap(value, field.fields, path);
    case 'open':
      return inMap(value, field.known ?? {}, path);
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((element: unknown, index) => inField(element, field.element, [...path, index], key))
        : [];
    case 'boolean':
      return typeof value === 'string' && /^(?:true|false)$/i.test(value)
        ? complaint(`CloudTrail writes ${key} as a boolean, and this is text`, 'leave the quotes out')
        : [];
    case 'text':
      if (typeof value === 'number' && field.form === 'account') {
        return complaint(
          `CloudTrail writes account ids as text, and YAML reads ${value} as a number`,
          'put it in quotes: leading zeros are lost otherwise',
        );
      }
      if (typeof value === 'number' || typeof value === 'boolean') {
        return complaint(
          `CloudTrail writes ${key} as text, and YAML reads ${value} as a ${typeof value}`,
          'put it in quotes',
        );
      }
      return typeof value === 'string' && field.values?.includes(value) === false && isMisspelt(value, field.values)
        ? complaint(`${key} is never ${quote(value)}`, `CloudTrail writes ${field.values.join(', ')}`)
        : [];
    case 'number':
      return [];
  }
}

/** A value of another kind may be new; the same in other letters is a slip. */
function isMisspelt(value: string, values: readonly string[]): boolean {
  return values.some((known) => known.toLowerCase() === value.toLowerCase());
}
