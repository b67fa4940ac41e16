import * as z from 'zod';
import { RULE_SCHEMA } from './rule-schema.ts';

/** The JSON Schema (draft 2020-12) of a rule file, for editors: one rule, or a list of rules. */
export function ruleJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rule } = z.toJSONSchema(RULE_SCHEMA, { io: 'input', target: 'draft-2020-12' });
  return {
    $schema,
    title: 'Trailbell rule file',
    if: { type: 'array' },
    then: { type: 'array', items: { $ref: '#/$defs/rule' } },
    else: { $ref: '#/$defs/rule' },
    $defs: { rule },
  };
}
