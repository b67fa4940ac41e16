import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** The folders that an evaluation works with. */
export interface Folders {
  readonly project: string;
  /** `.sst/platform`: SST's components, and Pulumi's SDK in its node_modules. */
  readonly platform: string;
  /** A temporary folder inside the platform, so that what is bundled there finds the platform's packages. */
  readonly temporary: string;
}

/** CommonJS packages find these in an ES module only if someone declares them. */
export const COMMONJS_NAMES = [
  "import { createRequire as bundleRequire } from 'node:module';",
  "import { fileURLToPath as bundlePath } from 'node:url';",
  'const require = bundleRequire(import.meta.url);',
  'const __filename = bundlePath(import.meta.url);',
  "const __dirname = bundlePath(new URL('.', import.meta.url));",
].join('\n');

/** What the SST CLI leaves out of its bundle of sst.config.ts: found in the platform when it runs. */
const EXTERNAL = [
  '@pulumi/*',
  '@pulumiverse/*',
  '@sst-provider/*',
  '@aws-sdk/*',
  'undici',
  'esbuild',
  'archiver',
  'glob',
  'vite',
];

export interface SstBundle {
  readonly name: string;
  readonly code: string;
  readonly banner?: string;
  readonly define?: Readonly<Record<string, string>>;
  readonly inject?: readonly string[];
  /** Put before each file of the project. */
  readonly globals?: string;
  /** Stands for trailbell.config.ts. */
  readonly configFile?: string | undefined;
}

/** Bundles code that imports sst.config.ts as the SST CLI does, and returns the path of the bundle. */
export async function bundleSstConfig(folders: Folders, bundle: SstBundle): Promise<string> {
  const outfile = join(folders.temporary, bundle.name);
  await build({
    stdin: { contents: bundle.code, resolveDir: folders.project, sourcefile: 'eval.ts', loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2023',
    mainFields: ['module', 'main'],
    nodePaths: [join(folders.platform, 'node_modules')],
    external: EXTERNAL,
    banner: { js: `${COMMONJS_NAMES}\n${bundle.banner ?? ''}` },
    define: { ...bundle.define },
    inject: [...(bundle.inject ?? [])],
    plugins: [rulesOfSst(folders, bundle)],
    logLevel: 'silent',
  });
  return outfile;
}

/** sst.config.ts has no imports of its own, and each file sees SST and the providers as globals, packages' files too. */
function rulesOfSst({ project }: Folders, { globals, configFile }: SstBundle): Plugin {
  return {
    name: 'sst',
    setup(esbuild) {
      esbuild.onResolve({ filter: /.*/ }, ({ importer, kind }) =>
        basename(importer) === 'sst.config.ts' && kind === 'import-statement' && globals === undefined
          ? { errors: [{ text: 'sst.config.ts must not have imports at its top' }] }
          : undefined,
      );
      if (configFile !== undefined) {
        // It may begin with the project's own.
        esbuild.onResolve({ filter: /\/trailbell\.config\.ts$/ }, ({ importer }) =>
          importer === configFile ? undefined : { path: configFile },
        );
      }
      if (globals !== undefined) {
        esbuild.onLoad({ filter: /\.(js|ts|jsx|tsx)$/ }, ({ path }) =>
          path.startsWith(join(project, '.sst'))
            ? undefined
            : { contents: `${globals}\n${readFileSync(path, 'utf8')}`, loader: 'default' },
        );
      }
    },
  };
}
