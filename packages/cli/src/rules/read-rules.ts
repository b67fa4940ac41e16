import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadRules, type LoadedRules, type RuleFile } from '@trailbell/core/rule';
import { configuredFolders } from './configured-folders.ts';
import { fileText } from './file-text.ts';
import { readYamlFiles, type YamlFiles } from './yaml-files.ts';

export interface ReadRules extends LoadedRules {
  /** The folders and files that were asked for and are not there. */
  readonly missing: readonly string[];
  /** The files that were looked at, as problems name them; one that could not be read is empty. */
  readonly files: readonly RuleFile[];
}

/**
 * Loads every rule file that is named, and those in the folders and in their folders, in the order of the names. They may extend the
 * rules of the configured folders, and of the folder that a named file lies in, and use their lists and intervals; those that are
 * configured themselves cannot have the names of others that are. A folder that is missing is a problem, and so is a file that cannot
 * be read.
 */
export async function readRules(folders: readonly string[]): Promise<ReadRules> {
  const missing = folders.filter((folder) => !existsSync(folder));
  const { files, problems } = ruleFiles(folders);
  const besideFiles = folders
    .filter((path) => existsSync(path) && statSync(path).isFile())
    .map((path) => dirname(path));
  const configured = ruleFiles(await configuredFolders()).files;
  const loaded = loadRules(files, {
    readFile: fileText,
    library: [...ruleFiles(besideFiles).files, ...configured],
    deployedPaths: new Set(configured.map(({ path }) => path)),
  });
  const unread = problems.map(({ file }) => ({ path: file, text: '' }));
  return { ...loaded, problems: [...problems, ...loaded.problems], missing, files: [...files, ...unread] };
}

/** The rule files of these folders, each once, by their paths from here. */
function ruleFiles(folders: readonly string[]): YamlFiles {
  const read = folders.filter((folder) => existsSync(folder)).map((folder) => readYamlFiles(folder, process.cwd()));
  const files = new Map(read.flatMap((one) => one.files.map((file) => [file.path, file])));
  return { files: [...files.values()], problems: read.flatMap((one) => one.problems) };
}
