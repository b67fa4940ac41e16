import { execFileSync } from 'node:child_process';
import { relative, resolve, sep } from 'node:path';
import { loadRules, type LoadedRules } from '@trailbell/core/rule';
import { PROJECT_FOLDER } from './project.ts';

/** What Git cannot tell, in its own words. */
export class RevisionUnreadable extends Error {
  override readonly name = 'RevisionUnreadable';
}

/**
 * The rules of these folders as they were at a revision of the project's Git repository. They may extend the rules of the library's
 * folders as those were, and use their lists and intervals.
 *
 * @throws RevisionUnreadable where Git knows no such revision, or the folders are not in the repository
 */
export function rulesOfRevision(
  revision: string,
  folders: readonly string[],
  library: readonly string[] = [],
): LoadedRules {
  try {
    return rulesFromGit(revision, folders, library);
  } catch (error) {
    if (!(error instanceof Error && 'stderr' in error)) throw error;
    // Where Git itself is missing it has said nothing.
    const said = typeof error.stderr === 'string' ? error.stderr.trim() : '';
    throw new RevisionUnreadable(said === '' ? error.message : said, { cause: error });
  }
}

function rulesFromGit(revision: string, folders: readonly string[], library: readonly string[]): LoadedRules {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, {
      cwd: PROJECT_FOLDER,
      encoding: 'utf8',
      maxBuffer: 1e9,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const commit = git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`).trim();
  const namesIn = (paths: readonly string[]) => {
    const within = paths.map((path) => relative(PROJECT_FOLDER, resolve(path)).split(sep).join('/'));
    // Without a path Git would list the whole revision.
    return paths.length === 0 ? [] : git('ls-tree', '-r', '-z', '--name-only', commit, '--', ...within).split('\0');
  };
  const names = namesIn(folders);
  const textOf = (name: string) => git('show', `${commit}:${name}`);
  const filesOf = (paths: readonly string[]) =>
    paths.filter((name) => /\.ya?ml$/.test(name)).map((path) => ({ path, text: textOf(path) }));
  return loadRules(filesOf(names), {
    readFile: (path) => (names.includes(path) ? textOf(path) : undefined),
    library: filesOf(namesIn(library)),
  });
}
