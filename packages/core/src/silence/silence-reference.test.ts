import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadSilences } from './load-silences.ts';
import { silenceJsonSchema } from './silence-json-schema.ts';

const REFERENCE = readFileSync(resolve(import.meta.dirname, '../../../../docs/silences.md'), 'utf8');

const RULES = [{ name: 'root-account-usage', groupBy: ['$.recipientAccountId'] }];

interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

function fields(node: SchemaNode): (readonly [name: string, description: string | undefined])[] {
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([name, child]) => [
      [name, child.description] as const,
      ...fields(child),
    ]),
    ...(node.items === undefined ? [] : fields(node.items)),
  ];
}

test('every field is in the reference, and says what it is to editors', () => {
  const { $defs } = silenceJsonSchema() as unknown as { readonly $defs: { readonly silence: SchemaNode } };
  const all = fields($defs.silence);
  expect(all).toHaveLength(14);
  expect(all.filter(([, description]) => description === undefined)).toEqual([]);
  expect(all.filter(([name]) => !new RegExp(`\`[^\`\\n]*\\b${name}\\b|^ .*\\b${name}:`, 'm').test(REFERENCE))).toEqual(
    [],
  );
});

test('the silence in the reference is a good one, with each of the windows', () => {
  const [silence = '', windows = ''] = [...REFERENCE.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => text ?? '');
  const { silences, problems } = loadSilences([{ path: 'x.yaml', text: silence + windows }], RULES);
  expect(problems).toEqual([]);
  expect(silences[0]?.windows).toHaveLength(2);
});

test('the reference explains every code that silences and windows have of their own', () => {
  const folders = [import.meta.dirname, resolve(import.meta.dirname, '../time-interval')];
  const texts = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  const codes = new Set(texts.flatMap((text) => [...text.matchAll(/code: '([a-z-]+)'/g)].map(([, code = '']) => code)));
  expect(codes.size).toBeGreaterThan(6);
  expect([...codes].filter((code) => !REFERENCE.includes(`\`${code}\``))).toEqual([]);
});
