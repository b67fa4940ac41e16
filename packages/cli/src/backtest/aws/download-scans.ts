import { PlanUnusable } from '../plan-unusable.ts';
import { s3Uri, type S3Location } from '../s3-location.ts';
import { OtherRules, type ScanLog } from '../scan-log.ts';
import { filesOfShard } from '../shards.ts';
import { refuseUnfinished, type UnfinishedShard } from '../unfinished-shards.ts';
import { INDEX_NAME } from './plan-folder.ts';
import { scansIn } from './scans-in.ts';
import { readShardItem, type ShardItem } from './shard-item.ts';
import { readWork } from './work-objects.ts';

/** So many shards are read at once. */
const AT_ONCE = 8;

export interface DownloadSettings {
  /** Of the rules that the result will be of. */
  readonly rulesKey: string;
  /** Takes what the files came to. */
  readonly log: ScanLog;
  readonly onProgress?: (shardsDone: number, shards: number) => void;
}

/**
 * Reads what all shards of a plan in a bucket came to, a file at a time.
 *
 * @throws OtherRules; PlanUnusable where there is no plan, or shards are missing or were not scanned to their end; ArchiveUnreachable
 */
export async function downloadScans(
  folder: S3Location,
  { rulesKey, log, onProgress }: DownloadSettings,
): Promise<void> {
  const { bucket } = folder;
  const items = await readWork(
    { bucket, key: folder.key + INDEX_NAME },
    (lines) => lines.map((line) => readShardItem(JSON.parse(line) as unknown)),
    unusable,
  );
  if (items.some((item) => item.rulesKey !== rulesKey)) throw new OtherRules(s3Uri(folder));

  const shards: UnfinishedShard[] = [];
  const queue = items.entries();
  const next = async () => {
    for (const [index, item] of queue) {
      shards[index] = await downloadShard(bucket, item, log);
      onProgress?.(Object.keys(shards).length, items.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  refuseUnfinished(shards);
}

/** Only files that the shard names are taken, so that what lies there of another plan counts for nothing. */
async function downloadShard(bucket: string, { shard, scans }: ShardItem, log: ScanLog): Promise<UnfinishedShard> {
  const location = { bucket, key: shard };
  const files = new Set(await readWork(location, filesOfShard, unusable));
  for await (const scan of scansIn({ bucket, key: scans })) {
    if (files.has(scan.file) && !log.has(scan.file)) log.add(scan);
  }
  const filesLeft = [...files].filter((file) => !log.has(file)).length;
  return { shard: s3Uri(location), files: files.size, filesLeft };
}

function unusable(why: string, cause: unknown): PlanUnusable {
  return new PlanUnusable(why, { cause });
}
