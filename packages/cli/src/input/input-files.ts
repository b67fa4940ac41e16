import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** A file of the input, or a path that leads to none. The file is opened when it is asked for. */
export type InputFile =
  | {
      readonly kind: 'file';
      readonly file: string;
      /** False for what was found in a folder. */
      readonly isNamed: boolean;
      open(): Readable;
    }
  | { readonly kind: 'unreadable'; readonly file: string; readonly why: string };

/** Standard input, by the name that commands give it. */
export const STANDARD_INPUT = '-';

/** Files as they are named, those of a folder (and of its folders) in the order of their names, and standard input. */
export async function* inputFiles(paths: readonly string[]): AsyncIterable<InputFile> {
  for (const path of paths) {
    if (path === STANDARD_INPUT)
      yield { kind: 'file', file: 'standard input', isNamed: true, open: () => process.stdin };
    else yield* filesAt(path, true);
  }
}

async function* filesAt(
  path: string,
  isNamed: boolean,
  seenFolders: ReadonlySet<string> = new Set(),
): AsyncIterable<InputFile> {
  let names: readonly string[] | undefined;
  let folders = seenFolders;
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      // A link to a folder around it would lead on for ever.
      const folder = await realpath(path);
      if (seenFolders.has(folder)) return;
      folders = new Set([...seenFolders, folder]);
      names = (await readdir(path)).sort();
    } else if (!found.isFile() && !isNamed) {
      yield { kind: 'unreadable', file: path, why: 'it is neither a file nor a folder' };
      return;
    }
  } catch (error) {
    yield { kind: 'unreadable', file: path, why: whyUnreadable(error) };
    return;
  }
  if (names === undefined) yield { kind: 'file', file: path, isNamed, open: () => createReadStream(path) };
  else for (const name of names) yield* filesAt(join(path, name), false, folders);
}

/** An error of the file system, or of what is in the file, in a few words. */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES') return 'permission denied';
  return error.message;
}
