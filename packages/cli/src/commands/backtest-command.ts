import { existsSync, statSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import type { LoadedRules } from '@trailbell/core/rule';
import { ArchiveUnreachable } from '../backtest/archive-unreachable.ts';
import { keptBacktest, type KeptBacktest } from '../backtest/backtest.ts';
import { filterOf, type BacktestOptions } from '../backtest/backtest-options.ts';
import { isAskedFor } from '../backtest/cloudtrail-key.ts';
import { compareResults } from '../backtest/compare-results.ts';
import { FAILED, MET, NOT_MET } from '../backtest/exit-codes.ts';
import { judgeExpectations } from '../backtest/expectations.ts';
import { junitReport } from '../backtest/junit.ts';
import { mergeScans } from '../backtest/merge-scans.ts';
import { planArchive } from '../backtest/plan-archive.ts';
import { PlanUnusable } from '../backtest/plan-unusable.ts';
import { printFileProblems, printUnreadable } from '../backtest/print-file-problems.ts';
import { printDifference, printExpectations, printResult } from '../backtest/print-result.ts';
import { rulesAgainst } from '../backtest/rules-against.ts';
import { asPaging, rulesToApply } from '../backtest/rules-to-apply.ts';
import { s3Location } from '../backtest/s3-location.ts';
import { OtherRules } from '../backtest/scan-log.ts';
import { scanNamedShard } from '../backtest/scan-named-shard.ts';
import { withProgress } from '../backtest/with-progress.ts';
import { wrongUse } from '../backtest/wrong-use.ts';
import { STANDARD_INPUT } from '../input/input-files.ts';
import { reportData } from '../report/report-data.ts';
import { reportPage } from '../report/report-page.ts';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export type { BacktestOptions } from '../backtest/backtest-options.ts';

/** `trailbell backtest`: what rules would have paged over an archive. Returns the exit code. */
export async function backtestCommand(
  paths: readonly string[],
  options: BacktestOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  // An archive is read through once and little of it is kept: V8 is to collect garbage before it asks for more memory.
  setFlagsFromString('--heap-growing-percent=25');
  try {
    if (paths.length === 0 && options.shard === undefined && options.merge === undefined) {
      terminal.note('name the files, folders or s3://bucket/prefix to read');
      return FAILED;
    }
    const wrong = wrongUse(options);
    if (wrong !== undefined) {
      terminal.note(harmless(wrong));
      return FAILED;
    }
    if (paths.includes(STANDARD_INPUT)) {
      terminal.note(
        'backtest reads files and folders, not standard input: write it to a file, and name that (cat > records.jsonl)',
      );
      return FAILED;
    }
    noteNamedFiles(paths, options, terminal);
    if (options.plan !== undefined) return await planArchive(paths, options.plan, options, terminal);
    return await runRules(paths, options, terminal);
  } catch (error) {
    if (!isTold(error)) throw error;
    for (const line of error.message.split('\n')) terminal.note(harmless(line));
    if (error instanceof ArchiveUnreachable && options.plan === undefined && options.merge === undefined)
      terminal.note('What was done is kept: the same command goes on from there.');
    return FAILED;
  }
}

/** Whether the user can mend it: the message says how. A folder that cannot be written into, or a disk that is full, is one of these. */
function isTold(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const isOurs = error instanceof ArchiveUnreachable || error instanceof OtherRules || error instanceof PlanUnusable;
  return isOurs || ('code' in error && 'syscall' in error);
}

/** Files that are named are read, whatever else is asked for: their names need not say where they are from. */
function noteNamedFiles(paths: readonly string[], options: BacktestOptions, terminal: Terminal): void {
  const filter = filterOf(options);
  const isFile = (path: string) => s3Location(path) === undefined && existsSync(path) && statSync(path).isFile();
  const read = paths.filter((path) => isFile(path) && !isAskedFor(path, filter));
  if (read.length > 0) {
    terminal.note(
      `${counted(read.length, 'file')} read in full: --account, --region, --from and --until go by folders`,
    );
  }
}

async function runRules(paths: readonly string[], options: BacktestOptions, terminal: Terminal): Promise<number> {
  const loaded = await rulesToApply(options, terminal);
  if (loaded === undefined) return FAILED;
  if (options.shard !== undefined) return scanNamedShard(options.shard, loaded, options, terminal);
  const { against } = options;
  const others = against === undefined ? undefined : await rulesAgainst(against, options, terminal);
  if (against !== undefined && others === undefined) return FAILED;
  const { result, remove } = await run(loaded, paths, options, terminal);
  printFileProblems(result.problems, terminal);
  printUnreadable(result, terminal);
  if (result.records === 0) {
    remove();
    terminal.note('nothing could be read');
    return FAILED;
  }
  const other = others && (await run(others, paths, { ...options, state: undefined }, terminal));
  // Only now: stopped in the second, the same command need not do the first again.
  remove();
  other?.remove();
  const expectations = judgeExpectations(loaded.rules, result.rules);
  const difference = other && compareResults(result, other.result);
  if (options.junit !== undefined) writeFileSync(options.junit, junitReport(result, expectations));
  if (options.report !== undefined) {
    const comparison = against === undefined || difference === undefined ? undefined : { against, difference };
    const data = reportData({ result, expectations, madeAtMs: Date.now(), ...(comparison && { comparison }) });
    writeFileSync(options.report, await reportPage(data));
  }
  if (options.json === true) {
    await terminal.write(`${JSON.stringify({ ...result, expectations, ...difference }, undefined, 2)}\n`);
  } else {
    printResult(terminal, result);
    if (difference !== undefined) printDifference(terminal, difference, against ?? '');
    printExpectations(terminal, expectations);
  }
  if (!expectations.every(({ isMet }) => isMet)) return NOT_MET;
  return loaded.problems.length + loaded.missing.length > 0 ? FAILED : MET;
}

async function run(
  loaded: LoadedRules,
  paths: readonly string[],
  options: Omit<BacktestOptions, 'state'> & { readonly state?: string | undefined },
  terminal: Terminal,
): Promise<KeptBacktest> {
  const { state, merge } = options;
  const compiled = asPaging(loaded);
  if (merge !== undefined) {
    const result = await mergeScans(merge, compiled, (shardsDone, shards) => {
      terminal.progress(`${shardsDone} of ${counted(shards, 'shard')}`);
    });
    // The shards' own results stay as they are.
    return { result, remove: () => undefined };
  }
  return withProgress(terminal, options, (settings) =>
    keptBacktest({
      ...settings,
      compiled,
      paths,
      filter: filterOf(options),
      ...(state !== undefined && { folder: state }),
    }),
  );
}
