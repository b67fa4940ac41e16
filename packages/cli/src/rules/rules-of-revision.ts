import { execFileSync } from 'node:child_process';
import { relative, resolve, sep } from 'node:path';
import { loadRules, type LoadedRules } from '@trailbell/core/rule';
import { PROJECT_FOLDER } from './project.ts';

/** The rules of these folders as they were at a revision of the project's Git repository. Throws where Git knows no such revision. */
export function rulesOfRevision(revision: string, folders: readonly string[]): LoadedRules {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, {
      cwd: PROJECT_FOLDER,
      encoding: 'utf8',
      maxBuffer: 1e9,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const commit = git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`).trim();
  const within = folders.map((folder) => relative(PROJECT_FOLDER, resolve(folder)).split(sep).join('/'));
  const names = git('ls-tree', '-r', '-z', '--name-only', commit, '--', ...within).split('\0');
  const textOf = (name: string) => git('show', `${commit}:${name}`);
  const files = names.filter((name) => /\.ya?ml$/.test(name)).map((path) => ({ path, text: textOf(path) }));
  return loadRules(files, {
    readFile: (path) => (names.includes(path) ? textOf(path) : undefined),
  });
}
