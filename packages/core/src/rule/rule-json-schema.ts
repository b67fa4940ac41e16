import * as z from 'zod';
import { EXTENSION_SCHEMA } from './extension-schema.ts';
import { RULE_SCHEMA } from './rule-schema.ts';
import { SHARED_SCHEMA } from './shared-definitions.ts';

/** The JSON Schema (draft 2020-12) of a rule file, for editors: a document of it, or a list of such. */
export function ruleJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rule } = jsonSchemaOf(RULE_SCHEMA);
  const { $schema: _1, ...extension } = jsonSchemaOf(EXTENSION_SCHEMA);
  const { $schema: _2, ...shared } = jsonSchemaOf(SHARED_SCHEMA);
  return {
    $schema,
    title: 'Trailbell rule file',
    if: { type: 'array' },
    then: { type: 'array', items: { $ref: '#/$defs/document' } },
    else: { $ref: '#/$defs/document' },
    $defs: {
      document: {
        if: { required: ['extends'] },
        then: { $ref: '#/$defs/extension' },
        else: {
          if: { anyOf: [{ required: ['values'] }, { required: ['timeIntervals'] }] },
          then: { $ref: '#/$defs/shared' },
          else: { $ref: '#/$defs/rule' },
        },
      },
      rule,
      extension,
      shared,
    },
  };
}

function jsonSchemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
}
