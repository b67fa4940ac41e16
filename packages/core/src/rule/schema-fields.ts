import * as z from 'zod';
import type { ValuePath } from './yaml-source.ts';

/** The part of a JSON Schema that is needed to say what belongs where. */
interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  /** Of a map whose keys are the user's. */
  readonly additionalProperties?: JsonSchema | false;
}

/** What a schema says about the fields of a file, so that a problem can say it too. */
export interface SchemaFields {
  /** What the schema describes: `rule`. */
  readonly subject: string;
  /** The description of the field, and the names of the fields below it. */
  at(path: ValuePath): { readonly description: string | undefined; readonly names: readonly string[] };
  /** Where a field of this name belongs, nearest to the top first: `alarm.threshold`. */
  homesOf(name: string): readonly string[];
}

export function schemaFields(schema: z.ZodType, subject = 'rule'): SchemaFields {
  const root = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
  return {
    subject,
    at(path) {
      const field = path.reduce<JsonSchema | undefined>((at, step) => {
        if (typeof step === 'number') return at?.items;
        const others = at?.additionalProperties;
        return at?.properties?.[step] ?? (others === false ? undefined : others);
      }, root);
      return { description: field?.description, names: Object.keys(field?.properties ?? {}) };
    },
    homesOf: (name) => homesIn(root, name, ''),
  };
}

function homesIn(schema: JsonSchema, name: string, prefix: string): string[] {
  const properties = Object.entries(schema.properties ?? {});
  return [
    ...properties.filter(([key]) => key === name).map(([key]) => prefix + key),
    ...properties.flatMap(([key, value]) => homesIn(value.items ?? value, name, `${prefix}${key}.`)),
  ];
}
