import { format } from 'prettier';
import { expect, test } from 'vitest';
import { ruleJsonSchema } from './rule-json-schema.ts';

/** Written anew by `vitest run packages/core/src/rule -u`. */
test('the schema that rule files name is the schema that they are loaded with', async () => {
  const json = await format(JSON.stringify(ruleJsonSchema()), { parser: 'json', printWidth: 120 });
  await expect(json).toMatchFileSnapshot('../../../../rules/rule.schema.json');
});

interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

function undescribed(node: SchemaNode, path: string): string[] {
  const below = Object.entries(node.properties ?? {}).flatMap(([key, child]) => [
    ...(child.description === undefined ? [`${path}.${key}`] : []),
    ...undescribed(child, `${path}.${key}`),
  ]);
  return node.items === undefined ? below : [...below, ...undescribed(node.items, `${path}[]`)];
}

test('every field says what it is, for the editor and for the hints of problems', () => {
  const { $defs } = ruleJsonSchema() as unknown as { readonly $defs: { readonly rule: SchemaNode } };
  expect(undescribed($defs.rule, 'rule')).toEqual([]);
  expect(Object.keys($defs.rule.properties ?? {})).toHaveLength(15);
});
