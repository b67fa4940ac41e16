import { existsSync, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Editors write a file in several steps. */
const QUIET_MS = 100;

/** Calls back when something in these folders, or in the folders of these files, has changed and a moment has passed. Never ends. */
export async function watchFolders(paths: readonly string[], onChange: () => Promise<void>): Promise<never> {
  const folders = new Set(
    paths.filter((path) => existsSync(path)).map((path) => (statSync(path).isFile() ? dirname(path) : path)),
  );
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const run = () => {
    running = running.then(onChange);
  };
  for (const folder of folders) {
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(run, QUIET_MS);
    });
  }
  return new Promise<never>(() => undefined);
}
