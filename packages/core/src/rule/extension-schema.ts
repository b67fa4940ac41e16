import * as z from 'zod';
import type { RuleData } from './parse-rule.ts';
import { RULE_SCHEMA } from './rule-schema.ts';

/** What a rule says that changes another: any field, none of them required. */
export type ExtensionData = { readonly extends: string } & Partial<Omit<RuleData, 'alarm' | 'examples'>> & {
    readonly alarm?: Partial<RuleData['alarm']>;
    readonly examples?: Partial<RuleData['examples']>;
  };

/** The rule's own fields, so that a field that rules get is one that can be changed. */
export const EXTENSION_SCHEMA = z.strictObject({
  extends: z
    .string()
    .regex(/^[^\s/]+\/[^\s/]+$/, 'the folder and the name of a rule, such as cis/root-account-usage')
    .describe('The rule that this one changes: its folder and its name, such as cis/root-account-usage.'),
  ...withoutDefaults(RULE_SCHEMA.shape),
});

/** Defaults would undo what the changed rule says. Checks across fields are made on the rule as it is after the change. */
function withoutDefaults(shape: Readonly<Record<string, z.core.$ZodType>>): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, field]) => {
      const { description } = field as z.ZodType;
      const bare = unwrapped(field);
      const inner = bare instanceof z.ZodObject ? z.strictObject(withoutDefaults(bare.shape)) : bare;
      const optional = (inner as z.ZodType).exactOptional();
      return [key, description === undefined ? optional : optional.describe(description)];
    }),
  );
}

function unwrapped(field: z.core.$ZodType): z.core.$ZodType {
  const isWrapped =
    field instanceof z.ZodDefault || field instanceof z.ZodPrefault || field instanceof z.ZodExactOptional;
  return isWrapped ? unwrapped(field.unwrap()) : field;
}
