import { resolve } from 'node:path';
import { build } from 'esbuild';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { silenceJsonSchema } from './silence-json-schema.ts';

/** Written anew by `vitest run packages/core/src/silence -u`. */
test('the schema that silence files name is the schema that they are loaded with', async () => {
  const json = await format(JSON.stringify(silenceJsonSchema()), { parser: 'json', printWidth: 120 });
  await expect(json).toMatchFileSnapshot('../../../../silences/silence.schema.json');
});

test('the entry point for Lambdas bundles neither YAML nor a schema', async () => {
  const { metafile } = await build({
    absWorkingDir: resolve(import.meta.dirname, '..'),
    entryPoints: ['silencing/index.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs).toContain('silence/silence-in-force.ts');
  expect(inputs.filter((input) => /node_modules|schema|load-/.test(input))).toEqual([]);
});
