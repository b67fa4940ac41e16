import { readFileSync, statSync } from 'node:fs';

/** The text of the file that an example names; undefined where there is none, or a folder. */
export function fileText(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, 'utf8') : undefined;
}
