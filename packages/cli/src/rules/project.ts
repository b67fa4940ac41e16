import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TrailbellConfig } from '@trailbell/core/config';

const CONFIG_FILE_NAME = 'trailbell.config.ts';

/** The checkout that this command is part of. */
export const PROJECT_FOLDER = fileURLToPath(new URL('../../../../', import.meta.url));

/** The rule folders of the nearest trailbell.config.ts: in the working directory, above it, or in the command's own project. */
export async function configuredRuleFolders(): Promise<readonly string[]> {
  const folder = nearestConfigFolder(process.cwd()) ?? PROJECT_FOLDER;
  const module = (await import(pathToFileURL(join(folder, CONFIG_FILE_NAME)).href)) as { default: TrailbellConfig };
  return module.default.ruleFolders.map((ruleFolder) => resolve(folder, ruleFolder));
}

function nearestConfigFolder(from: string): string | undefined {
  if (existsSync(join(from, CONFIG_FILE_NAME))) return from;
  const parent = dirname(from);
  return parent === from ? undefined : nearestConfigFolder(parent);
}
