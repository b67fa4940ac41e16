import type { SpaceEntry, SpacePattern } from '../ast.ts';
import { extractFields } from '../evaluate/bind-fields.ts';
import { compileFieldTest } from './compile-value-test.ts';
import type { ExtractedValues } from '../evaluate/evaluate-pattern.ts';
import { compileExpression } from '../expression.ts';
import { FieldReader, splitFields } from '../event/split-fields.ts';

type FieldTest = (field: string) => boolean;

interface CompiledEntry {
  readonly entry: SpaceEntry;
  readonly test: FieldTest | undefined;
}

/** Compiles a space-delimited pattern to a function from messages to extracted values; undefined where it does not match. */
export function compileSpace(pattern: SpacePattern): (message: string) => ExtractedValues | undefined {
  const entries = pattern.entries.map((entry) => ({ entry, test: compileEntry(entry) }));
  const ellipsis = entries.findIndex(({ entry }) => entry.kind === 'ellipsis');
  if (entries.length === 0) return (message) => extractAll(message, [], []);
  if (ellipsis === -1) return (message) => extractLine(message, entries);
  const before = entries.slice(0, ellipsis);
  const after = entries.slice(ellipsis + 1);
  return (message) => extractAll(message, before, after);
}

function compileEntry(entry: SpaceEntry): FieldTest | undefined {
  if (entry.kind !== 'field' || entry.condition === undefined) return undefined;
  return compileExpression(entry.condition, (comparison) =>
    comparison.kind === 'present' ? () => true : compileFieldTest(comparison.test),
  );
}

/** Without an ellipsis: one entry a field, and the last takes the rest of the line. Stops at the first entry that fails. */
function extractLine(message: string, entries: readonly CompiledEntry[]): ExtractedValues | undefined {
  const reader = new FieldReader(message);
  const bound: { text: string; entry: SpaceEntry }[] = [];
  for (const [index, { entry, test }] of entries.entries()) {
    const field = reader.next();
    if (field === undefined) return undefined;
    const isRest = index === entries.length - 1 && !reader.isAtEnd();
    const text = isRest ? message.slice(field.start) : field.text;
    if (test?.(text) === false) return undefined;
    bound.push({ text, entry });
  }
  return extractFields(bound);
}

/** With an ellipsis, or no entries at all: those before it count from the left, those after it from the right. */
function extractAll(
  message: string,
  before: readonly CompiledEntry[],
  after: readonly CompiledEntry[],
): ExtractedValues | undefined {
  const fields = splitFields(message);
  const covered = fields.length - before.length - after.length;
  if (covered < 0) return undefined;
  const bound: { text: string; entry: SpaceEntry | undefined }[] = [];
  for (const [index, { text }] of fields.entries()) {
    const owner = before[index] ?? after[index - before.length - covered];
    if (owner?.test?.(text) === false) return undefined;
    bound.push({ text, entry: owner?.entry });
  }
  return extractFields(bound);
}
