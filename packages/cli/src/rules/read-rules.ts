import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { loadRules, type LoadedRules } from '@trailbell/core/rule';

const RULE_FILE = /\.ya?ml$/;

/** Loads every rule file that is named, and those in the folders and in their folders, in the order of the names. A folder that is missing is a problem. */
export async function readRules(
  folders: readonly string[],
): Promise<LoadedRules & { readonly missing: readonly string[] }> {
  const missing = folders.filter((folder) => !existsSync(folder));
  const found = folders.filter((folder) => !missing.includes(folder));
  const paths = (await Promise.all(found.map(ruleFiles))).flat();
  const files = paths.map((path) => ({ path: relative(process.cwd(), path), text: readFileSync(path, 'utf8') }));
  const loaded = loadRules(files, { readFile: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined) });
  return { ...loaded, missing };
}

async function ruleFiles(folder: string): Promise<readonly string[]> {
  if (statSync(folder).isFile()) return [folder];
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => RULE_FILE.test(name))
    .sort()
    .map((name) => join(folder, name));
}
