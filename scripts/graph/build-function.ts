import { createCipheriv } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { build } from 'esbuild';
import type { BuiltFunction } from './graph.ts';
import { COMMONJS_NAMES } from './sst-bundle.ts';

/** What SST's components ask the CLI to build. */
export interface BuildOrder {
  readonly functionID: string;
  /** `packages/functions/src/matcher.handler` */
  readonly handler: string;
  readonly encryptionKey: string;
  readonly links: unknown;
  readonly properties?: { readonly minify?: boolean };
  readonly copyFiles: readonly { readonly from: string; readonly to: string }[];
}

/** Builds a function as the SST CLI does for nodejs24.x: the bundle, and the links in an encrypted file. */
export async function buildFunction(
  order: BuildOrder,
  projectFolder: string,
  outFolder: string,
): Promise<BuiltFunction> {
  const extension = extname(order.handler);
  const entryFile = join(projectFolder, `${order.handler.slice(0, -extension.length)}.ts`);
  if (!existsSync(entryFile)) throw new Error(`there is no handler ${order.handler}`);
  rmSync(outFolder, { recursive: true, force: true });
  mkdirSync(outFolder, { recursive: true });
  const file = join(outFolder, 'bundle.mjs');
  await build({
    entryPoints: [entryFile],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2024',
    mainFields: ['module', 'main'],
    minify: order.properties?.minify ?? false,
    keepNames: true,
    banner: { js: COMMONJS_NAMES },
    logLevel: 'silent',
  });
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(order.encryptionKey, 'base64'), Buffer.alloc(12));
  const links = [cipher.update(JSON.stringify(order.links)), cipher.final()];
  writeFileSync(join(outFolder, 'resource.enc'), Buffer.concat([...links, cipher.getAuthTag()]));
  return {
    functionId: order.functionID,
    folder: outFolder,
    handler: `bundle${extension}`,
    bytes: statSync(file).size,
  };
}

/** Leaves a function in a folder of its own as it is zipped: what was built, and the files beside it. Returns that folder. */
export function keepFunction(built: BuiltFunction, { copyFiles }: BuildOrder, functionsFolder: string): string {
  const folder = join(functionsFolder, built.functionId);
  rmSync(folder, { recursive: true, force: true });
  cpSync(built.folder, folder, { recursive: true });
  for (const { from, to } of copyFiles) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    copyFileSync(from, join(folder, to));
  }
  return folder;
}
