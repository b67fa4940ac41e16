import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { bundleHandler } from './index.ts';

/** Writes source files into a folder of their own and bundles `handler.ts` among them. */
async function bundle(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'trailbell-bundle-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return bundleHandler({ entryFile: join(folder, 'handler.ts'), outFolder: join(folder, 'out') });
}

test('a bundle is one minified ES module with its source map beside it, and knows its size', async () => {
  const handler = await bundle({
    'handler.ts': "import { greet } from './greet.ts';\nexport const handler = (name: string) => greet(name);\n",
    'greet.ts':
      '/** A comment. */\nexport function greet(veryLongName: string): string { return `hello ${veryLongName}`; }\n',
  });
  const code = await readFile(handler.file);
  expect(handler.file).toMatch(/\/out\/index\.mjs$/);
  expect(handler.bytes).toBe(code.length);
  expect(handler.gzippedBytes).toBe(gzipSync(code).length);
  expect(gunzipSync(gzipSync(code)).toString()).not.toMatch(/A comment|veryLongName|sourceMappingURL/);
  expect(JSON.parse(await readFile(`${handler.file}.map`, 'utf8'))).toMatchObject({ version: 3 });
  expect(handler.sources.map((source) => source.split('/').at(-1)).toSorted()).toEqual(['greet.ts', 'handler.ts']);
});

test('names survive, and what CommonJS expects to find is there', async () => {
  const { file } = await bundle({
    'handler.ts': [
      "import { hostname } from './legacy.cjs';",
      'export class RuleError extends Error {}',
      'export const handler = () => [RuleError.name, typeof hostname(), typeof __dirname, typeof __filename];',
    ].join('\n'),
    'legacy.cjs': "const name = 'os'; exports.hostname = () => require('node:' + name).hostname();",
  });
  const { handler } = (await import(pathToFileURL(file).href)) as { handler: () => unknown };
  expect(handler()).toEqual(['RuleError', 'string', 'string', 'string']);
});

const strays = ['helper.test.ts', 'helper.soak.ts', 'test/helper.ts', 'packages/local/src/helper.ts'];
for (const stray of strays) {
  test(`a bundle that would take in ${stray} is refused`, async () => {
    const files = { 'handler.ts': `export { handler } from './${stray}';`, [stray]: 'export const handler = () => 1;' };
    await expect(bundle(files)).rejects.toThrow(`not for production: `);
  });
}

test('what a dependency calls its test folder does not matter', async () => {
  const dependency = 'node_modules/dependency/test/index.js';
  const { sources } = await bundle({
    'handler.ts': `export { handler } from './${dependency}';`,
    [dependency]: 'export const handler = () => 1;',
  });
  expect(sources).toHaveLength(2);
});

test('a broken import fails the bundle', async () => {
  await expect(bundle({ 'handler.ts': "export { handler } from './absent.ts';" })).rejects.toThrow('absent.ts');
});
