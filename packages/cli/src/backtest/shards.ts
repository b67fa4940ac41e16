import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldOf } from '@trailbell/core/json';
import { whyUnreadable } from '../input/input-files.ts';
import { foundFiles, type ArchiveFile } from './archive-files.ts';
import type { ArchiveFilter } from './cloudtrail-key.ts';
import { PlanUnusable } from './plan-unusable.ts';

/** What a plan came to. */
export interface Plan {
  /** Where the shards lie: paths, or `s3://bucket/key`. */
  readonly shards: readonly string[];
  readonly files: number;
  /** As they lie in the archive, packed. */
  readonly bytes: number;
  readonly problems: readonly { readonly file: string; readonly problem: string }[];
}

export interface CutSettings {
  readonly paths: readonly string[];
  readonly filter?: ArchiveFilter;
  /** About how many bytes of the archive, packed, a shard takes. */
  readonly shardBytes: number;
  /** How many files a shard takes at most; 20,000 unless given. */
  readonly shardFiles?: number;
}

/** However small they are: each takes a request, and the names of a shard are in memory together. */
const MAX_SHARD_FILES = 20_000;

/**
 * Cuts an archive into shards as it is listed, so that memory holds the names of one: JSON lines that each name a file of the archive and
 * its size. A shard takes at least one file.
 *
 * @param write keeps a shard under a name, and says where it lies
 * @throws ArchiveUnreachable
 */
export async function cutShards(
  { paths, filter, shardBytes, shardFiles = MAX_SHARD_FILES }: CutSettings,
  write: (name: string, lines: string) => Promise<string>,
): Promise<Plan> {
  const shards: string[] = [];
  const problems: { readonly file: string; readonly problem: string }[] = [];
  let [files, bytes, inShard] = [0, 0, 0];
  let shard: ArchiveFile[] = [];
  const finish = async () => {
    if (shard.length === 0) return;
    const name = `shard-${String(shards.length + 1).padStart(5, '0')}`;
    shards.push(await write(name, shard.map((file) => `${JSON.stringify(file)}\n`).join('')));
    shard = [];
    inShard = 0;
  };
  for await (const found of foundFiles(paths, filter)) {
    if ('problem' in found) {
      problems.push(found);
      continue;
    }
    if (shard.length === shardFiles || inShard + found.bytes > shardBytes) await finish();
    shard.push(found);
    inShard += found.bytes;
    bytes += found.bytes;
    files += 1;
  }
  await finish();
  return { shards, files, bytes, problems };
}

const SHARD_FILE = /^shard-\d+\.jsonl$/;

/** Cuts an archive into shards that are files of a folder. @throws PlanUnusable where there are shards already; ArchiveUnreachable */
export async function planShards({ folder, ...settings }: CutSettings & { readonly folder: string }): Promise<Plan> {
  mkdirSync(folder, { recursive: true });
  const [taken] = shardsIn(folder);
  if (taken !== undefined) {
    throw new PlanUnusable(`there is ${taken} already: name another folder, or remove this one`);
  }
  return cutShards(settings, (name, lines) => {
    const path = join(folder, `${name}.jsonl`);
    writeFileSync(path, lines);
    return Promise.resolve(path);
  });
}

/** The shards that a plan left in a folder. */
export function shardsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => SHARD_FILE.test(name))
    .map((name) => join(folder, name));
}

/** The files that a shard names, in order. @throws PlanUnusable where it cannot be read, or is none */
export function shardFiles(shard: string): readonly string[] {
  try {
    return filesOfShard(readFileSync(shard, 'utf8').split('\n'));
  } catch (error) {
    throw new PlanUnusable(`${shard}: ${whyUnreadable(error)}`, { cause: error });
  }
}

/** The files that the lines of a shard name, in order. @throws Error for a line that names none */
export function filesOfShard(lines: readonly string[]): readonly string[] {
  return [...new Set(lines.filter((line) => line !== '').map(fileOf))].sort();
}

function fileOf(line: string): string {
  const file = fieldOf(JSON.parse(line), 'file');
  if (typeof file !== 'string') throw new Error('a line of it names no file: it is not made by --plan');
  return file;
}
