import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { TrailbellConfig } from '@trailbell/core/config';
import { loadSilences, type LoadedSilences, type SilenceFile, type SilencedRule } from '@trailbell/core/silence';
import { PROJECT_FOLDER, ruleFoldersOf } from './project.ts';
import { readRules } from './read-rules.ts';
import { yamlFilesIn } from './yaml-files.ts';

/** Where silences are unless the configuration says otherwise. It may be missing. */
const DEFAULT_FOLDERS = ['silences'];

/**
 * Loads the silence files of the configured folders, in the order of their names. They are checked against these rules and those
 * that the configuration names: a silence of a rule that is not asked for is no mistake.
 */
export async function readSilences(
  config: Pick<TrailbellConfig, 'ruleFolders' | 'silenceFolders'>,
  rules: readonly SilencedRule[],
): Promise<LoadedSilences & { readonly missing: readonly string[] }> {
  const named = (config.silenceFolders ?? []).map((folder) => resolve(PROJECT_FOLDER, folder));
  const folders = named.length > 0 ? named : DEFAULT_FOLDERS.map((folder) => join(PROJECT_FOLDER, folder));
  const files = folders.filter((folder) => existsSync(folder)).flatMap(filesIn);
  const missing = named.filter((folder) => !existsSync(folder));
  if (files.length === 0) return { silences: [], problems: [], missing };
  const configured = await readRules(ruleFoldersOf(config));
  return { ...loadSilences(files, [...rules, ...configured.rules]), missing };
}

function filesIn(folder: string): readonly SilenceFile[] {
  return yamlFilesIn(folder).map((path) => ({ path: relative(process.cwd(), path), text: readFileSync(path, 'utf8') }));
}
