import { hash } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { archiveFiles } from './archive-files.ts';
import type { BacktestResult } from './backtest-result.ts';
import type { ArchiveFilter } from './cloudtrail-key.ts';
import { rulesKey } from './rules-key.ts';
import { ScanLog } from './scan-log.ts';
import { scanFiles } from './scan-pool.ts';
import { simulate } from './simulate.ts';

export interface ScanSettings {
  readonly compiled: CompiledRules;
  /** How many threads scan; as many as there are processors unless given. */
  readonly threads?: number;
  readonly onProgress?: (progress: BacktestProgress) => void;
}

export interface BacktestSettings extends ScanSettings {
  /** Files, folders, and `s3://bucket/prefix`. */
  readonly paths: readonly string[];
  readonly filter?: ArchiveFilter;
  /** Where the work so far is kept. */
  readonly folder?: string;
}

export interface BacktestProgress {
  readonly filesDone: number;
  readonly files: number;
  readonly records: number;
  readonly bytes: number;
  /** Files that an earlier run had done. */
  readonly resumedFiles: number;
}

/** A result, and the work behind it, which lies in its folder until it is removed. */
export interface KeptBacktest {
  readonly result: BacktestResult;
  readonly remove: () => void;
}

/**
 * Runs rules over an archive. What is done is kept in a folder that belongs to these rules and this archive until the result is
 * there, so that the same call goes on after an interruption, and comes to the same result.
 *
 * @throws ArchiveUnreachable, and OtherRules where the named folder holds another work
 */
export async function backtest(settings: BacktestSettings): Promise<BacktestResult> {
  const { result, remove } = await keptBacktest(settings);
  remove();
  return result;
}

/** The same, for whoever has more to do than this before an interruption costs nothing. */
export async function keptBacktest(settings: BacktestSettings): Promise<KeptBacktest> {
  const { compiled, paths, filter } = settings;
  const { files, problems } = await archiveFiles(paths, filter);
  const log = await scanInto(settings.folder ?? folderOf(compiled, files), files, settings);
  const result = await simulate(compiled, log);
  return {
    result: { ...result, problems: [...problems, ...result.problems] },
    remove: () => {
      log.remove();
    },
  };
}

/** Scans what of the files is not done yet, and keeps what it comes to in a folder. @throws ArchiveUnreachable, OtherRules */
export async function scanInto(
  folder: string,
  files: readonly string[],
  { compiled, threads = availableParallelism(), onProgress }: ScanSettings,
): Promise<ScanLog> {
  const log = ScanLog.open(folder, rulesKey(compiled));
  const left = files.filter((file) => !log.has(file));
  const resumedFiles = files.length - left.length;
  let [records, bytes] = [0, 0];
  const progress = () => onProgress?.({ filesDone: log.count, files: files.length, records, bytes, resumedFiles });
  progress();
  await scanFiles(left, compiled, Math.min(threads, left.length), (scan) => {
    log.add(scan);
    records += scan.records;
    bytes += scan.bytes;
    progress();
  });
  return log;
}

/** Other rules or other files are other work. */
function folderOf(compiled: CompiledRules, files: readonly string[]): string {
  const key = hash('sha256', JSON.stringify([rulesKey(compiled), files]), 'hex').slice(0, 16);
  return join(tmpdir(), `trailbell-backtest-${key}`);
}
