import * as z from 'zod';
import { SILENCE_SCHEMA } from './silence-schema.ts';

/** The JSON Schema (draft 2020-12) of a silence file, for editors: one silence, or a list of silences. */
export function silenceJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...silence } = z.toJSONSchema(SILENCE_SCHEMA, { io: 'input', target: 'draft-2020-12' });
  return {
    $schema,
    title: 'Trailbell silence file',
    if: { type: 'array' },
    then: { type: 'array', items: { $ref: '#/$defs/silence' } },
    else: { $ref: '#/$defs/silence' },
    $defs: { silence },
  };
}
