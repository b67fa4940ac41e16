import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { foundFiles } from './archive-files.ts';
import type { ArchiveFilter } from './cloudtrail-key.ts';

/** What a plan came to. */
export interface Plan {
  readonly shards: readonly string[];
  readonly files: number;
  /** As they lie in the archive, packed. */
  readonly bytes: number;
  readonly problems: readonly { readonly file: string; readonly problem: string }[];
}

export interface PlanSettings {
  readonly paths: readonly string[];
  readonly filter?: ArchiveFilter;
  /** Where the shard files go. */
  readonly folder: string;
  /** About how many bytes of the archive, packed, a shard takes. */
  readonly shardBytes: number;
}

/**
 * Cuts an archive into shards: JSON lines that each name a file of the archive and its size, written as the archive is listed, so that memory holds
 * none of it. A shard takes at least one file.
 *
 * @throws ArchiveUnreachable
 */
export async function planShards({ paths, filter, folder, shardBytes }: PlanSettings): Promise<Plan> {
  mkdirSync(folder, { recursive: true });
  const shards: string[] = [];
  const problems: { readonly file: string; readonly problem: string }[] = [];
  let [files, bytes, inShard] = [0, 0, 0];
  let out: ReturnType<typeof createWriteStream> | undefined;
  const finish = async () => {
    if (out === undefined) return;
    out.end();
    await once(out, 'finish');
  };
  for await (const found of foundFiles(paths, filter)) {
    if ('problem' in found) {
      problems.push(found);
      continue;
    }
    if (out === undefined || inShard + found.bytes > shardBytes) {
      await finish();
      const shard = join(folder, `shard-${String(shards.length + 1).padStart(5, '0')}.jsonl`);
      shards.push(shard);
      out = createWriteStream(shard);
      inShard = 0;
    }
    if (!out.write(`${JSON.stringify(found)}\n`)) await once(out, 'drain');
    inShard += found.bytes;
    bytes += found.bytes;
    files += 1;
  }
  await finish();
  return { shards, files, bytes, problems };
}

/** The files that a shard names, in order. @throws what reading the file fails with, and Error for a line that names none */
export function shardFiles(shard: string): readonly string[] {
  const lines = readFileSync(shard, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return [...new Set(lines.map(fileOf))].sort();
}

function fileOf(line: string): string {
  const value: unknown = JSON.parse(line);
  const file: unknown = typeof value === 'object' && value !== null && 'file' in value ? value.file : undefined;
  if (typeof file !== 'string') throw new Error('a line of it names no file: it is not made by --plan');
  return file;
}
