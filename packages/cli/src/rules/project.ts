import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TrailbellConfig } from '@trailbell/core/config';

/** The checkout that this command is part of. Its trailbell.config.ts is the one that counts: no other is ever run. */
export const PROJECT_FOLDER = fileURLToPath(new URL('../../../../', import.meta.url));

/** The project's configuration. */
export async function readConfig(): Promise<TrailbellConfig> {
  const file = pathToFileURL(join(PROJECT_FOLDER, 'trailbell.config.ts'));
  const module = (await import(file.href)) as { default: TrailbellConfig };
  return module.default;
}

/** The folders of rule files that the configuration names. */
export function ruleFoldersOf({ ruleFolders }: TrailbellConfig): readonly string[] {
  return ruleFolders.map((folder) => resolve(PROJECT_FOLDER, folder));
}
