import { stat } from 'node:fs/promises';
import { inputFiles } from '../input/input-files.ts';
import { isAskedFor, type ArchiveFilter } from './cloudtrail-key.ts';
import { s3Location } from './s3-location.ts';

/** A file of an archive: a path, or `s3://bucket/key`, and how large it is there. */
export interface ArchiveFile {
  readonly file: string;
  readonly bytes: number;
}

export type FoundFile = ArchiveFile | { readonly file: string; readonly problem: string };

/** CloudTrail's digests lie beside its archives and hold no records. */
const DIGEST = /[/\\]CloudTrail-Digest[/\\]/;

const ARCHIVE_FILE = /\.(?:json|jsonl|ndjson|log|txt)(?:\.gz)?$|\.gz$/i;

/**
 * The files that are named, and those in folders and buckets that look like archives and are asked for, as they are found.
 *
 * @throws ArchiveUnreachable where a bucket cannot be listed
 */
export async function* foundFiles(paths: readonly string[], filter: ArchiveFilter = {}): AsyncIterable<FoundFile> {
  for (const path of paths) {
    const location = s3Location(path);
    if (location !== undefined) {
      // The SDK is loaded by those who need it.
      const { listedObjects } = await import('./s3-listing.ts');
      for await (const found of listedObjects(location, filter)) {
        if (found.file === path || isArchive(found.file)) yield found;
      }
      continue;
    }
    for await (const input of inputFiles([path])) {
      const { file } = input;
      if (input.kind === 'unreadable') yield { file, problem: input.why };
      else if (input.isNamed || (isArchive(file) && isAskedFor(file, filter)))
        yield { file, bytes: await sizeOf(file) };
    }
  }
}

export interface ArchiveFiles {
  readonly files: readonly string[];
  readonly problems: readonly { readonly file: string; readonly problem: string }[];
}

/** All of them, each once, in the order of their names. */
export async function archiveFiles(paths: readonly string[], filter: ArchiveFilter = {}): Promise<ArchiveFiles> {
  const files = new Set<string>();
  const problems: { readonly file: string; readonly problem: string }[] = [];
  for await (const found of foundFiles(paths, filter)) {
    if ('problem' in found) problems.push(found);
    else files.add(found.file);
  }
  return { files: [...files].sort(), problems };
}

function isArchive(file: string): boolean {
  return ARCHIVE_FILE.test(file) && !DIGEST.test(file);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
