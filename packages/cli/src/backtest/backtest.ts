import { hash } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { archiveFiles } from './archive-files.ts';
import type { BacktestResult } from './backtest-result.ts';
import { ScanLog } from './scan-log.ts';
import { scanFiles } from './scan-pool.ts';
import { simulate } from './simulate.ts';

export interface BacktestSettings {
  readonly compiled: CompiledRules;
  readonly paths: readonly string[];
  /** How many threads scan; as many as there are processors unless given. */
  readonly threads?: number;
  /** Where the work so far is kept. */
  readonly folder?: string;
  readonly onProgress?: (progress: BacktestProgress) => void;
}

export interface BacktestProgress {
  readonly filesDone: number;
  readonly files: number;
  readonly records: number;
  readonly bytes: number;
  /** Files that an earlier run had done. */
  readonly resumedFiles: number;
}

/**
 * Runs rules over an archive. What is done is kept in a folder that belongs to these rules and this archive until the result is
 * there, so that the same call goes on after an interruption, and comes to the same result.
 */
export async function backtest(settings: BacktestSettings): Promise<BacktestResult> {
  const { compiled, paths, threads = availableParallelism(), onProgress } = settings;
  const { files, problems } = await archiveFiles(paths);
  const log = ScanLog.open(settings.folder ?? folderOf(compiled, files));
  const done = new Set(log.files.map(({ file }) => file));
  let [records, bytes] = [0, 0];
  const progress = () =>
    onProgress?.({ filesDone: log.files.length, files: files.length, records, bytes, resumedFiles: done.size });
  progress();
  const left = files.filter((file) => !done.has(file));
  await scanFiles(left, compiled, Math.min(threads, left.length), (scan) => {
    log.add(scan);
    records += scan.records;
    bytes += scan.bytes;
    progress();
  });
  const result = await simulate(compiled, log);
  log.remove();
  return { ...result, problems: [...problems, ...result.problems] };
}

/** Other rules or other files are other work; the version of rules is when they were compiled, and changes nothing. */
function folderOf({ version: _, ...rules }: CompiledRules, files: readonly string[]): string {
  const key = hash('sha256', JSON.stringify([rules, files]), 'hex').slice(0, 16);
  return join(tmpdir(), `trailbell-backtest-${key}`);
}
