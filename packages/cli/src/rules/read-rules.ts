import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { loadRules, type LoadedRules, type RuleFile } from '@trailbell/core/rule';
import { readConfig, ruleFoldersOf } from './project.ts';
import { yamlFilesIn } from './yaml-files.ts';

export interface ReadRules extends LoadedRules {
  /** The folders and files that were asked for and are not there. */
  readonly missing: readonly string[];
  /** The paths of the files that were read, as problems name them. */
  readonly files: readonly string[];
}

/**
 * Loads every rule file that is named, and those in the folders and in their folders, in the order of the names. They may extend the
 * rules of the configured folders, and of the folder that a named file lies in, and use their lists and intervals. A folder that is
 * missing is a problem.
 */
export async function readRules(folders: readonly string[]): Promise<ReadRules> {
  const missing = folders.filter((folder) => !existsSync(folder));
  const files = ruleFiles(folders);
  const { config } = await readConfig();
  const besideFiles = folders
    .filter((path) => existsSync(path) && statSync(path).isFile())
    .map((path) => dirname(path));
  const library = ruleFiles([...besideFiles, ...(config === undefined ? [] : ruleFoldersOf(config))]);
  const readFile = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  return { ...loadRules(files, { readFile, library }), missing, files: files.map(({ path }) => path) };
}

/** The rule files of these folders, each once, by their paths from here. */
function ruleFiles(folders: readonly string[]): readonly RuleFile[] {
  const paths = folders.filter((folder) => existsSync(folder)).flatMap(yamlFilesIn);
  const fromHere = new Map(paths.map((path) => [relative(process.cwd(), path), path]));
  return [...fromHere].map(([path, file]) => ({ path, text: readFileSync(file, 'utf8') }));
}
