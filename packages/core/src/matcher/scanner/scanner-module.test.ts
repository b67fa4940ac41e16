import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compileModule } from './web-assembly.ts';

test('the committed module is what its sources compile to, byte for byte', () => {
  const script = fileURLToPath(new URL('../../../../../scripts/build-scanner.ts', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

test('where WebAssembly cannot run the module there is none, and no error', () => {
  expect(compileModule(new Uint8Array([0, 1, 2, 3]))).toBeUndefined();
});
