import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Problem, RuleFile } from '@trailbell/core/rule';
import { whyUnreadable } from '../input/input-files.ts';

const YAML_FILE = /\.ya?ml$/;

export interface YamlFiles {
  readonly files: readonly RuleFile[];
  /** A problem for each file or folder that could not be read. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the YAML files of a folder and of its folders, in the order of their names; a file is itself. Links to folders are not
 * followed. Of what lies in a folder only regular files, and links to them, are read: a pipe would be waited for without end.
 *
 * @param from the folder that the paths of the files are told from
 */
export function readYamlFiles(path: string, from: string): YamlFiles {
  const paths: string[] = [];
  const files: RuleFile[] = [];
  const problems: Problem[] = [];
  const tried = (found: string, read: (found: string) => void) => {
    try {
      read(found);
    } catch (error) {
      const message = `it cannot be read: ${whyUnreadable(error)}`;
      problems.push({ code: 'unreadable-file', file: relative(from, found), line: 1, column: 1, message });
    }
  };
  const listFolder = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const found = join(folder, entry.name);
      if (entry.isDirectory()) tried(found, listFolder);
      else if (YAML_FILE.test(entry.name)) paths.push(found);
    }
  };
  const readFile = (file: string) => {
    const isRead = file === path || statSync(file).isFile();
    if (isRead) files.push({ path: relative(from, file), text: readFileSync(file, 'utf8') });
  };
  tried(path, (named) => {
    if (statSync(named).isDirectory()) listFolder(named);
    else paths.push(named);
  });
  for (const found of paths.sort()) tried(found, readFile);
  return { files, problems };
}
