import type { LoadedRules } from '@trailbell/core/rule';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { scanInto } from './backtest.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { MET } from './exit-codes.ts';
import { printFileProblems } from './print-file-problems.ts';
import { asPaging } from './rules-to-apply.ts';
import { shardFiles } from './shards.ts';
import { withProgress } from './with-progress.ts';

/** `--shard`: scans one shard, and leaves what it came to in a folder for `--merge`. Returns the exit code. */
export async function scanNamedShard(
  shard: string,
  loaded: LoadedRules,
  options: BacktestOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = options.state ?? shard.replace(/(?:\.jsonl)?$/, '.scan');
  const log = await withProgress(terminal, options, (settings) =>
    scanInto(folder, shardFiles(shard), { ...settings, compiled: asPaging(loaded) }),
  );
  const problems: { readonly file: string; readonly problem: string }[] = [];
  let records = 0;
  for (const { file, problem, records: inFile } of log.files()) {
    records += inFile;
    if (problem !== undefined) problems.push({ file, problem });
  }
  printFileProblems(problems, terminal);
  terminal.line(`${counted(records, 'record')} in ${counted(log.count, 'file')}: ${harmless(folder)}`);
  return MET;
}
