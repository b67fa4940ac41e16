import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import type { BacktestResult } from './backtest-result.ts';
import { planFolder } from './aws/plan-folder.ts';
import { PlanUnusable } from './plan-unusable.ts';
import { rulesKey } from './rules-key.ts';
import { ScanLog } from './scan-log.ts';
import { shardFiles, shardsIn } from './shards.ts';
import { simulate } from './simulate.ts';
import { refuseUnfinished, type UnfinishedShard } from './unfinished-shards.ts';

/** As --shard names them. */
const SCAN = /\.scan\/?$/;

/**
 * What shards came to as one result: each scanned into a folder of its own, or all of a plan in a bucket, `s3://bucket/folder/`.
 *
 * @param onProgress is told of a plan in a bucket as its shards come in
 * @throws OtherRules; PlanUnusable where shards are missing or were not scanned to their end; ArchiveUnreachable
 */
export async function mergeScans(
  folders: readonly string[],
  compiled: CompiledRules,
  onProgress?: (shardsDone: number, shards: number) => void,
): Promise<BacktestResult> {
  const key = rulesKey(compiled);
  const downloads = mkdtempSync(join(tmpdir(), 'trailbell-merge-'));
  const remove = () => {
    rmSync(downloads, { recursive: true, force: true });
  };
  // Ctrl-C leaves nothing of it behind.
  process.on('exit', remove);
  try {
    const logs: ScanLog[] = [];
    for (const [index, folder] of folders.entries()) {
      const inBucket = planFolder(folder);
      if (inBucket === undefined) {
        if (!existsSync(folder)) throw new PlanUnusable(`${folder}: there is no such folder`);
        logs.push(ScanLog.open(folder, key));
        continue;
      }
      const log = ScanLog.open(join(downloads, String(index)), key);
      // The SDK is loaded by those who need it.
      const { downloadScans } = await import('./aws/download-scans.ts');
      await downloadScans(inBucket, { rulesKey: key, log, ...(onProgress && { onProgress }) });
      logs.push(log);
    }
    refuseUnfinished(unfinishedBeside(folders, logs));
    return await simulate(compiled, ScanLog.merged(logs));
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** Of the shards whose files lie beside the folders, as --plan and --shard leave them, those that are not scanned to their end. */
function unfinishedBeside(folders: readonly string[], logs: readonly ScanLog[]): readonly UnfinishedShard[] {
  const plans = new Set(folders.filter((folder) => SCAN.test(folder)).map((folder) => dirname(folder)));
  return [...plans].flatMap((plan) =>
    shardsIn(plan).map((shard) => {
      const files = shardFiles(shard);
      const left = files.filter((file) => !logs.some((log) => log.has(file)));
      return { shard, files: files.length, filesLeft: left.length };
    }),
  );
}
