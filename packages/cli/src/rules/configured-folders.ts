import { relative } from 'node:path';
import { formatConfigProblem } from '@trailbell/core/config';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readConfig, ruleFoldersOf } from './project.ts';

/** The folders of rule files that trailbell.config.ts names; none without a usable one. */
export async function configuredFolders(): Promise<readonly string[]> {
  const { config } = await readConfig();
  return config === undefined ? [] : ruleFoldersOf(config);
}

/** The same as they are called from here, with what is wrong with trailbell.config.ts told; undefined without a usable one. */
export async function configuredFoldersFromHere(terminal: Terminal): Promise<readonly string[] | undefined> {
  const { config, problems } = await readConfig();
  for (const problem of problems) terminal.note(harmless(`trailbell.config.ts: ${formatConfigProblem(problem)}`));
  return config && ruleFoldersOf(config).map((folder) => relative(process.cwd(), folder) || '.');
}
