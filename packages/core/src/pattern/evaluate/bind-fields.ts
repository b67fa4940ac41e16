import type { SpaceEntry } from '../ast.ts';
import type { ExtractedValues } from './evaluate-pattern.ts';
import { splitFields } from '../event/split-fields.ts';

/** A field of a message and the entry of the pattern that it falls to; none for what `...` or `[]` covers. */
export interface BoundField {
  readonly text: string;
  readonly entry: SpaceEntry | undefined;
}

/** Gives every field of a message to an entry; undefined if there are too few fields. */
export function bindFields(entries: readonly SpaceEntry[], message: string): readonly BoundField[] | undefined {
  const fields = splitFields(message);
  const texts = fields.map(({ text }) => text);
  const ellipsis = entries.findIndex(({ kind }) => kind === 'ellipsis');
  if (entries.length === 0) return texts.map((text) => ({ text, entry: undefined }));
  if (ellipsis === -1) {
    const last = fields[entries.length - 1];
    if (last === undefined) return undefined;
    const rest = fields.length === entries.length ? last.text : message.slice(last.start);
    return entries.map((entry, index) => ({ text: index === entries.length - 1 ? rest : (texts[index] ?? ''), entry }));
  }
  const covered = texts.length - (entries.length - 1);
  if (covered < 0) return undefined;
  const owners = [
    ...entries.slice(0, ellipsis),
    ...Array.from({ length: covered }, () => undefined),
    ...entries.slice(ellipsis + 1),
  ];
  return texts.map((text, index) => ({ text, entry: owners[index] }));
}

/** Named fields by `$name`, all others by `$` and their position, counted from 1. */
export function extractFields(fields: readonly BoundField[]): ExtractedValues {
  return Object.fromEntries(
    fields.map(({ text, entry }, index) => [`$${entry?.kind === 'field' ? entry.name : index + 1}`, text]),
  );
}
