import { existsSync, readdirSync, statSync, watch, type FSWatcher } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Editors write a file in several steps. */
const QUIET_MS = 100;

/**
 * Calls back when something in these folders, or in the folders of these files, has changed and a moment has passed. Never ends.
 * @param ownFile what the callback itself writes, and may lie in these folders
 */
export async function watchFolders(
  paths: readonly string[],
  onChange: () => Promise<void>,
  ownFile?: string,
): Promise<never> {
  const roots = new Set(
    paths.filter((path) => existsSync(path)).map((path) => (statSync(path).isFile() ? dirname(path) : path)),
  );
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const run = () => {
    watchAll();
    running = running.then(onChange);
  };
  // Each folder by itself: `recursive` watches files, and loses one that an editor replaces by another.
  const watchAll = () => {
    const folders = new Set([...roots].filter((root) => existsSync(root)).flatMap(withFoldersBelow));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      const watcher = watch(folder, (_event, name) => {
        if (ownFile !== undefined && name !== null && resolve(folder, name) === resolve(ownFile)) return;
        clearTimeout(timer);
        timer = setTimeout(run, QUIET_MS);
      });
      // Windows reports a watched folder that goes away; the folder above has it too.
      watcher.on('error', () => {
        watcher.close();
        watchers.delete(folder);
      });
      watchers.set(folder, watcher);
    }
  };
  watchAll();
  return new Promise<never>(() => undefined);
}

function withFoldersBelow(folder: string): readonly string[] {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.map(({ parentPath, name }) => join(parentPath, name))];
}
