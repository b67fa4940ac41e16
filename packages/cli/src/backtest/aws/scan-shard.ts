import { setTimeout } from 'node:timers/promises';
import { readCompiledRules, type CompiledRules } from '@trailbell/core/compiled-rules';
import { rulesKey } from '../rules-key.ts';
import { s3Uri } from '../s3-location.ts';
import { OtherRules } from '../scan-log.ts';
import { scanFiles } from '../scan-pool.ts';
import { filesOfShard } from '../shards.ts';
import { ScanParts } from './scan-parts.ts';
import { scansIn } from './scans-in.ts';
import { BadShard, type ShardItem } from './shard-item.ts';
import { readWork } from './work-objects.ts';

/** One run of a shard. What it does not come to, the next one does. */
export interface ShardRun {
  /** The bucket of the plan. */
  readonly bucket: string;
  /** Names this run among those of the shard. */
  readonly run: string;
  readonly remainingMs: () => number;
}

/** What is left of a shard after a run. */
export interface ShardProgress {
  readonly isDone: boolean;
  readonly files: number;
  readonly filesLeft: number;
}

/** No file can be done in the time of a run: neither could it in the next. */
export class ShardTooSlow extends Error {
  override readonly name = 'ShardTooSlow';
}

/** No file is begun when there is less time than this. */
const LAST_BEGINNING_MS = 120_000;

/** Files that are not done by then are left to the next run, and what is done is written. */
const LAST_END_MS = 45_000;

/**
 * Scans what of a shard no earlier run has done, with the rules of its plan, until all is done or time is up, and keeps what it came to
 * in the plan's bucket, also where it fails.
 *
 * @throws BadShard, OtherRules and ShardTooSlow, where trying again is no use; ArchiveUnreachable, where it may be
 */
export async function scanShard(item: ShardItem, { bucket, run, remainingMs }: ShardRun): Promise<ShardProgress> {
  const compiled = await rulesOf(item, bucket);
  const files = await readWork({ bucket, key: item.shard }, filesOfShard, badShard);
  const done = new Set<string>();
  for await (const { file } of scansIn({ bucket, key: item.scans })) done.add(file);
  const left = files.filter((file) => !done.has(file));

  const parts = new ScanParts({ bucket, key: `${item.scans}${run}` });
  const scanned = new AbortController();
  const timeIsUp = setTimeout(remainingMs() - LAST_END_MS, undefined, { signal: scanned.signal });
  timeIsUp.catch(() => undefined);
  try {
    const scanning = scanFiles(
      left,
      compiled,
      1,
      (scan) => {
        parts.add(scan);
      },
      () => remainingMs() > LAST_BEGINNING_MS,
    );
    await Promise.race([scanning, timeIsUp]);
  } finally {
    scanned.abort();
    await parts.close();
  }
  if (left.length > 0 && parts.files === 0) {
    throw new ShardTooSlow(
      `no file of ${s3Uri({ bucket, key: item.shard })} could be done in the time of one run: scan it with --shard on a machine`,
    );
  }
  const filesLeft = left.length - parts.files;
  return { isDone: filesLeft === 0, files: files.length, filesLeft };
}

async function rulesOf({ rules, rulesKey: planned }: ShardItem, bucket: string): Promise<CompiledRules> {
  const compiled = await readWork(
    { bucket, key: rules },
    (lines) => readCompiledRules(JSON.parse(lines.join('\n')) as unknown),
    badShard,
  );
  if (rulesKey(compiled) !== planned) throw new OtherRules(s3Uri({ bucket, key: rules }));
  return compiled;
}

function badShard(why: string, cause: unknown): BadShard {
  return new BadShard(why, { cause });
}
