import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TrailbellConfig } from '@trailbell/core/config';
import { loadSilences, type LoadedSilences, type SilencedRule } from '@trailbell/core/silence';
import { PROJECT_FOLDER, ruleFoldersOf } from './project.ts';
import { readRules } from './read-rules.ts';
import { readYamlFiles } from './yaml-files.ts';

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
  const read = folders.filter((folder) => existsSync(folder)).map((folder) => readYamlFiles(folder, process.cwd()));
  const files = read.flatMap((one) => one.files);
  const unreadable = read.flatMap((one) => one.problems);
  const missing = named.filter((folder) => !existsSync(folder));
  if (files.length === 0) return { silences: [], problems: unreadable, missing };
  const configured = await readRules(ruleFoldersOf(config));
  const { silences, problems } = loadSilences(files, [...rules, ...configured.rules]);
  return { silences, problems: [...unreadable, ...problems], missing };
}
