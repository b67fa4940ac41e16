import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { validateConfig, type TrailbellConfig } from '@trailbell/core/config';

/** The checkout that this command is part of. Its trailbell.config.ts is the one that counts: no other is ever run. */
export const PROJECT_FOLDER = fileURLToPath(new URL('../../../../', import.meta.url));

/** The project's configuration, and what is wrong with it: without a usable one there are only problems. */
export async function readConfig(): Promise<ReturnType<typeof validateConfig>> {
  const file = pathToFileURL(join(PROJECT_FOLDER, 'trailbell.config.ts'));
  const module = (await import(file.href)) as { readonly default?: unknown };
  return validateConfig(module.default);
}

/** The folders of rule files that the configuration names. */
export function ruleFoldersOf({ ruleFolders }: Pick<TrailbellConfig, 'ruleFolders'>): readonly string[] {
  return ruleFolders.map((folder) => resolve(PROJECT_FOLDER, folder));
}
