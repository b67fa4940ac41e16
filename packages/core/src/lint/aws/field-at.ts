import type { Selector } from '../../pattern/index.ts';
import { RECORD_FIELDS, type RecordField } from './record-fields.ts';

/** What a selector leads to in a CloudTrail record. */
export type FieldAt =
  | { readonly kind: 'field'; readonly field: RecordField }
  /** Somewhere in a part of the record that each service fills as it likes. */
  | { readonly kind: 'unknown' }
  /** The step at `index` leads to nothing that records have; `among` is what stands there. */
  | { readonly kind: 'none'; readonly index: number; readonly among: RecordField };

const ROOT: RecordField = { kind: 'map', fields: RECORD_FIELDS };

/** Follows a selector through what is known of CloudTrail's records. */
export function fieldAt({ steps }: Pick<Selector, 'steps'>): FieldAt {
  let field: RecordField = ROOT;
  for (const [index, step] of steps.entries()) {
    if (field.kind === 'open') {
      const known: RecordField | undefined =
        step.kind === 'property' && Object.hasOwn(field.known ?? {}, step.name) ? field.known?.[step.name] : undefined;
      if (known === undefined) return { kind: 'unknown' };
      field = known;
      continue;
    }
    if (field.kind === 'map' && step.kind === 'wildcard') return { kind: 'unknown' };
    const next = below(field, step);
    if (next === undefined) return { kind: 'none', index, among: field };
    field = next;
  }
  return { kind: 'field', field };
}

function below(field: RecordField, step: Selector['steps'][number]): RecordField | undefined {
  if (field.kind === 'list') return step.kind === 'property' ? undefined : field.element;
  if (field.kind !== 'map' || step.kind !== 'property') return undefined;
  return Object.hasOwn(field.fields, step.name) ? field.fields[step.name] : undefined;
}

/** Whether every record that an alarm can be about has the field, with text in it. */
export function isAlwaysThere(selector: Pick<Selector, 'steps'>): boolean {
  const at = fieldAt(selector);
  return at.kind === 'field' && at.field.kind === 'text' && at.field.presence === 'always';
}
