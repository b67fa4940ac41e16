import { inputFiles } from '../input/input-files.ts';

/** CloudTrail's digests lie beside its archives and hold no records. */
const DIGEST = /[/\\]CloudTrail-Digest[/\\]/;

const ARCHIVE_FILE = /\.(?:json|jsonl|ndjson|log|txt)(?:\.gz)?$|\.gz$/i;

export interface ArchiveFiles {
  readonly files: readonly string[];
  readonly problems: readonly { readonly file: string; readonly problem: string }[];
}

/** The files that are named, and those in folders that look like archives, in the order of their names. */
export async function archiveFiles(paths: readonly string[]): Promise<ArchiveFiles> {
  const files = new Set<string>();
  const problems: { readonly file: string; readonly problem: string }[] = [];
  for await (const input of inputFiles(paths)) {
    if (input.kind === 'unreadable') problems.push({ file: input.file, problem: input.why });
    else if (input.isNamed || (ARCHIVE_FILE.test(input.file) && !DIGEST.test(input.file))) files.add(input.file);
  }
  return { files: [...files].sort(), problems };
}
