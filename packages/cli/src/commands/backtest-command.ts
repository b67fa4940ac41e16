import { existsSync, statSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { compileRules, type LoadedRules } from '@trailbell/core/rule';
import { ArchiveUnreachable } from '../backtest/archive-unreachable.ts';
import { backtest, scanInto, type BacktestProgress, type ScanSettings } from '../backtest/backtest.ts';
import type { BacktestResult } from '../backtest/backtest-result.ts';
import { isAskedFor, type ArchiveFilter } from '../backtest/cloudtrail-key.ts';
import { compareResults } from '../backtest/compare-results.ts';
import { judgeExpectations } from '../backtest/expectations.ts';
import { junitReport } from '../backtest/junit.ts';
import { mergeScans } from '../backtest/merge-scans.ts';
import { planFolder } from '../backtest/aws/plan-folder.ts';
import { PlanUnusable } from '../backtest/plan-unusable.ts';
import { printDifference, printExpectations, printResult } from '../backtest/print-result.ts';
import { OtherRules } from '../backtest/scan-log.ts';
import { s3Location, s3Uri, type S3Location } from '../backtest/s3-location.ts';
import { planShards, shardFiles, type CutSettings, type Plan } from '../backtest/shards.ts';
import { wrongUse } from '../backtest/wrong-use.ts';
import { reportData } from '../report/report-data.ts';
import { reportPage } from '../report/report-page.ts';
import { readConfig, ruleFoldersOf } from '../rules/project.ts';
import { printProblems } from '../rules/print-problems.ts';
import { readRules, type ReadRules } from '../rules/read-rules.ts';
import { RevisionUnreadable, rulesOfRevision } from '../rules/rules-of-revision.ts';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface BacktestOptions {
  readonly rules?: readonly string[];
  readonly against?: string;
  readonly json?: boolean;
  readonly junit?: string;
  readonly report?: string;
  readonly threads?: number;
  readonly state?: string;
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly plan?: string;
  /** Megabytes of the archive, packed. */
  readonly shardSize: number;
  readonly shard?: string;
  readonly merge?: readonly string[];
}

const [MET, NOT_MET, FAILED] = [0, 1, 2];

/** So many problems with files are named; the others are counted. */
const NAMED_PROBLEMS = 20;

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
    noteNamedFiles(paths, options, terminal);
    if (options.plan !== undefined) return await plan(paths, options.plan, options, terminal);
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

/** `--plan`: cuts the archive into shards, in a folder or in a bucket. */
async function plan(
  paths: readonly string[],
  folder: string,
  options: BacktestOptions,
  terminal: Terminal,
): Promise<number> {
  const settings = { paths, filter: filterOf(options), shardBytes: options.shardSize * 1e6 };
  const inBucket = planFolder(folder);
  if (inBucket !== undefined) return planForAws(inBucket, settings, options, terminal);
  return showPlan(await planShards({ ...settings, folder }), folder, terminal);
}

/** The same for the function and the state machine, with the rules that they will apply. */
async function planForAws(
  folder: S3Location,
  settings: CutSettings,
  options: BacktestOptions,
  terminal: Terminal,
): Promise<number> {
  const loaded = await rulesToApply(options, terminal);
  if (loaded === undefined) return FAILED;
  // The SDK is loaded by those who need it.
  const { planInBucket } = await import('../backtest/aws/plan-in-bucket.ts');
  const { startCommand } = await import('../backtest/aws/start-command.ts');
  const made = await planInBucket({ ...settings, folder, compiled: compiledOf(loaded) });
  const exitCode = showPlan(made, s3Uri(folder), terminal);
  if (made.files > 0) {
    terminal.line(`scan them:  ${await startCommand(folder)}`);
    terminal.line(`then merge, with the same rules:  npx trailbell backtest --merge ${s3Uri(folder)}`);
  }
  return exitCode;
}

function showPlan({ shards, files, bytes, problems }: Plan, folder: string, terminal: Terminal): number {
  showFileProblems(problems, terminal);
  terminal.line(
    `${counted(shards.length, 'shard')} of ${counted(files, 'file')}, ${(bytes / 1e6).toFixed(1)} MB: ${harmless(folder)}`,
  );
  return files === 0 || problems.length > 0 ? FAILED : MET;
}

/** The rules that were named, or are configured, with what is wrong with them told; undefined where there is none. */
async function rulesToApply(options: BacktestOptions, terminal: Terminal): Promise<ReadRules | undefined> {
  const loaded = await readRules(options.rules ?? (await configuredFolders()));
  for (const folder of loaded.missing) terminal.note(harmless(`${folder}: there is no such folder of rules`));
  printProblems(loaded.problems, terminal);
  if (loaded.rules.length > 0) return loaded;
  terminal.note('there is no rule to apply: name a folder of rule files with --rules');
  return undefined;
}

async function runRules(paths: readonly string[], options: BacktestOptions, terminal: Terminal): Promise<number> {
  const loaded = await rulesToApply(options, terminal);
  if (loaded === undefined) return FAILED;
  if (options.shard !== undefined) return scanShard(options.shard, loaded, options, terminal);
  const { against } = options;
  const others = against === undefined ? undefined : await rulesAgainst(against, options, terminal);
  if (against !== undefined && others === undefined) return FAILED;
  const result = await run(loaded, paths, options, terminal);
  showFileProblems(result.problems, terminal);
  if (result.records === 0) {
    terminal.note('nothing could be read');
    return FAILED;
  }
  const expectations = judgeExpectations(loaded.rules, result.rules);
  const difference =
    others && compareResults(result, await run(others, paths, { ...options, state: undefined }, terminal));
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

/** The rules to compare with, with what is wrong with them told; undefined where there is none. */
async function rulesAgainst(
  against: string,
  options: BacktestOptions,
  terminal: Terminal,
): Promise<LoadedRules | undefined> {
  try {
    const configured = await configuredFolders();
    const others = existsSync(against)
      ? await readRules([against])
      : rulesOfRevision(against, options.rules ?? configured, configured);
    printProblems(others.problems, terminal);
    if (others.rules.length > 0) return others;
    terminal.note(harmless(`--against ${against}: there is no rule there to compare with`));
  } catch (error) {
    if (!(error instanceof RevisionUnreadable)) throw error;
    const why = `there is no such folder, and Git cannot read the rules of such a revision (${error.message})`;
    terminal.note(harmless(`--against ${against}: ${why}`));
  }
  return undefined;
}

/** `--shard`: scans one shard, and leaves what it came to in a folder for `--merge`. */
async function scanShard(
  shard: string,
  loaded: LoadedRules,
  options: BacktestOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = options.state ?? shard.replace(/(?:\.jsonl)?$/, '.scan');
  const log = await withProgress(terminal, options, (settings) =>
    scanInto(folder, shardFiles(shard), { ...settings, compiled: compiledOf(loaded) }),
  );
  const problems: { readonly file: string; readonly problem: string }[] = [];
  let records = 0;
  for (const { file, problem, records: inFile } of log.files()) {
    records += inFile;
    if (problem !== undefined) problems.push({ file, problem });
  }
  showFileProblems(problems, terminal);
  terminal.line(`${counted(records, 'record')} in ${counted(log.count, 'file')}: ${harmless(folder)}`);
  return MET;
}

function run(
  loaded: LoadedRules,
  paths: readonly string[],
  options: Omit<BacktestOptions, 'state'> & { readonly state?: string | undefined },
  terminal: Terminal,
): Promise<BacktestResult> {
  const { state, merge } = options;
  const compiled = compiledOf(loaded);
  if (merge !== undefined) {
    return mergeScans(merge, compiled, (shardsDone, shards) => {
      terminal.progress(`${shardsDone} of ${counted(shards, 'shard')}`);
    });
  }
  return withProgress(terminal, options, (settings) =>
    backtest({
      ...settings,
      compiled,
      paths,
      filter: filterOf(options),
      ...(state !== undefined && { folder: state }),
    }),
  );
}

/** Whether a rule is staged or silenced says who is rung, and not what happened. */
function compiledOf({ rules }: LoadedRules) {
  return compileRules(
    rules.map((rule) => ({ ...rule, mode: 'page' as const })),
    { version: 1 },
  );
}

async function withProgress<Result>(
  terminal: Terminal,
  { threads }: Pick<BacktestOptions, 'threads'>,
  work: (settings: Omit<ScanSettings, 'compiled'>) => Promise<Result>,
): Promise<Result> {
  const startedMs = performance.now();
  try {
    return await work({
      ...(threads !== undefined && { threads }),
      onProgress: (progress) => {
        terminal.progress(progressLine(progress, performance.now() - startedMs));
      },
    });
  } finally {
    terminal.clearProgress();
  }
}

function filterOf({
  account,
  region,
  from,
  until,
}: Pick<BacktestOptions, 'account' | 'region' | 'from' | 'until'>): ArchiveFilter {
  return {
    ...(account !== undefined && { accounts: account }),
    ...(region !== undefined && { regions: region }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}

async function configuredFolders(): Promise<readonly string[]> {
  const { config } = await readConfig();
  return config === undefined ? [] : ruleFoldersOf(config);
}

function showFileProblems(
  problems: readonly { readonly file: string; readonly problem: string }[],
  terminal: Terminal,
): void {
  for (const { file, problem } of problems.slice(0, NAMED_PROBLEMS)) terminal.note(harmless(`${file}: ${problem}`));
  if (problems.length > NAMED_PROBLEMS) {
    terminal.note(`and ${counted(problems.length - NAMED_PROBLEMS, 'more file')} with problems`);
  }
}

function progressLine({ filesDone, files, records, bytes, resumedFiles }: BacktestProgress, tookMs: number): string {
  const done = filesDone - resumedFiles;
  const leftMs = done === 0 ? undefined : (tookMs / done) * (files - filesDone);
  const left = leftMs === undefined ? '' : `  ${Math.ceil(leftMs / 1000)} s left`;
  const resumed = resumedFiles === 0 ? '' : `  (${counted(resumedFiles, 'file')} done before)`;
  return `${filesDone} of ${counted(files, 'file')}  ${counted(records, 'record')}  ${(bytes / 1000 / tookMs).toFixed(0)} MB/s${left}${resumed}`;
}
