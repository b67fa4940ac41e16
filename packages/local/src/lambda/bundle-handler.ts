/** Bundles a handler the way it is deployed, so that what runs here is what runs there. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** A handler's bundle on disk. */
export interface HandlerBundle {
  /** `index.mjs`; its source map lies beside it. */
  readonly file: string;
  readonly bytes: number;
  readonly gzippedBytes: number;
  /** The source files that went into it, relative to the working directory. */
  readonly sources: readonly string[];
}

/** What a bundle must never take from this project: tests, and the stand-ins of this package. */
const NOT_FOR_PRODUCTION = /\.(?:test|soak|bench)\.[cm]?[jt]s$|(?:^|\/)(?:test|packages\/local)\//;

function isForProduction(source: string): boolean {
  return source.includes('node_modules/') || !NOT_FOR_PRODUCTION.test(source);
}

/** CommonJS dependencies find these in an ES module only if someone declares them. */
const BANNER = [
  "import { createRequire as bundleRequire } from 'node:module';",
  'const require = bundleRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

/**
 * Writes `index.mjs` and its source map into `outFolder`, with the settings that SST gives esbuild for a minified function of
 * the nodejs24.x runtime. Throws where esbuild fails, warns, or took in a test or a local stand-in.
 */
export async function bundleHandler(handler: {
  readonly entryFile: string;
  readonly outFolder: string;
}): Promise<HandlerBundle> {
  const file = join(handler.outFolder, 'index.mjs');
  const { metafile, warnings } = await build({
    entryPoints: [handler.entryFile],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    sourcemap: 'external',
    banner: { js: BANNER },
    metafile: true,
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(`esbuild warns: ${warnings.map(({ text }) => text).join('; ')}`);
  const sources = Object.keys(metafile.inputs);
  const entryFile = resolve(handler.entryFile);
  const strays = sources.filter((source) => resolve(source) !== entryFile && !isForProduction(source));
  if (strays.length > 0) throw new Error(`the bundle holds what is not for production: ${strays.join(', ')}`);
  const code = await readFile(file);
  return { file, bytes: code.length, gzippedBytes: gzipSync(code).length, sources };
}
