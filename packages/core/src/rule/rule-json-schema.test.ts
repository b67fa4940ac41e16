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
  const { $defs } = ruleJsonSchema() as unknown as { readonly $defs: Readonly<Record<string, SchemaNode>> };
  const { rule, extension, shared } = $defs;
  for (const [name, node] of Object.entries({ rule, extension, shared })) {
    expect(node && undescribed(node, name)).toEqual([]);
  }
  expect(undescribed({ properties: { a: {} } }, 'x')).toEqual(['x.a']);
});

test('a rule that extends another may say whatever a rule may say, and must say only which', () => {
  const { $defs } = ruleJsonSchema() as unknown as {
    readonly $defs: Readonly<Record<'rule' | 'extension', SchemaNode & { readonly required?: readonly string[] }>>;
  };
  expect(Object.keys($defs.extension.properties ?? {})).toEqual([
    'extends',
    ...Object.keys($defs.rule.properties ?? {}),
  ]);
  expect($defs.extension.required).toEqual(['extends']);
  expect(JSON.stringify($defs.extension)).not.toContain('"default"');
});
