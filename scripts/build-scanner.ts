// Compiles the scanner to WebAssembly and writes it down as TypeScript, so that using core needs no build. With --check it compares
// in place of writing. The same sources and compiler give the same bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const SCANNER = new URL('../packages/core/src/matcher/scanner/', import.meta.url);
const GENERATED = new URL('scanner-module.generated.ts', SCANNER);
const CHARACTERS_A_LINE = 110;

async function compile(): Promise<Uint8Array> {
  const sources = fileURLToPath(new URL('assembly/', SCANNER));
  let module: Uint8Array | undefined;
  const options = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert', '--initialMemory', '1'];
  const messages: string[] = [];
  const { error } = await asc.main(['index.ts', '--baseDir', sources, ...options, '--outFile', 'scanner.wasm'], {
    stderr: { write: (text: string | Uint8Array) => messages.push(text.toString()) > 0 },
    writeFile: (name, contents) => {
      if (name === 'scanner.wasm' && typeof contents !== 'string') module = contents;
    },
  });
  if (error !== null || module === undefined) throw new Error(`the scanner does not compile:\n${messages.join('')}`);
  return module;
}

function asTypeScript(module: Uint8Array): string {
  const base64 = Buffer.from(module).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${CHARACTERS_A_LINE}}`, 'g')) ?? [];
  return [
    `/** The scanner, ${module.length} bytes of WebAssembly. Written by \`npm run build:scanner\` from the files in assembly/. */`,
    'export const SCANNER_MODULE_BASE64 = `',
    ...lines,
    '`;\n',
  ].join('\n');
}

const generated = asTypeScript(await compile());
if (!process.argv.includes('--check')) writeFileSync(GENERATED, generated);
else if (readFileSync(GENERATED, 'utf8') !== generated) {
  console.error('scanner-module.generated.ts is not what its sources compile to: run npm run build:scanner');
  process.exitCode = 1;
}
