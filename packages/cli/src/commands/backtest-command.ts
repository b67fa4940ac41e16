import { existsSync, writeFileSync } from 'node:fs';
import { compileRules, formatProblem, type LoadedRules } from '@trailbell/core/rule';
import { backtest, type BacktestProgress } from '../backtest/backtest.ts';
import type { BacktestResult } from '../backtest/backtest-result.ts';
import { compareResults } from '../backtest/compare-results.ts';
import { judgeExpectations } from '../backtest/expectations.ts';
import { junitReport } from '../backtest/junit.ts';
import { printDifference, printExpectations, printResult } from '../backtest/print-result.ts';
import { readConfig, ruleFoldersOf } from '../rules/project.ts';
import { readRules } from '../rules/read-rules.ts';
import { rulesOfRevision } from '../rules/rules-of-revision.ts';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface BacktestOptions {
  readonly rules?: readonly string[];
  readonly against?: string;
  readonly json?: boolean;
  readonly junit?: string;
  readonly threads?: number;
  readonly state?: string;
}

const [MET, NOT_MET, FAILED] = [0, 1, 2];

/** `trailbell backtest`: what rules would have paged over an archive. Returns the exit code. */
export async function backtestCommand(
  paths: readonly string[],
  options: BacktestOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const folders = options.rules ?? (await configuredFolders());
  const loaded = await readRules(folders);
  for (const folder of loaded.missing) terminal.note(harmless(`${folder}: there is no such folder of rules`));
  showProblems(loaded, terminal);
  if (loaded.rules.length === 0) {
    terminal.note('there is no rule to apply: name a folder of rule files with --rules');
    return FAILED;
  }
  const result = await run(loaded, paths, options, terminal);
  for (const { file, problem } of result.problems) terminal.note(harmless(`${file}: ${problem}`));
  if (result.records === 0) {
    terminal.note('nothing could be read');
    return FAILED;
  }
  const expectations = judgeExpectations(loaded.rules, result.rules);
  const difference = options.against === undefined ? undefined : await differenceTo(options.against);
  if (options.junit !== undefined) writeFileSync(options.junit, junitReport(result, expectations));
  if (options.json === true) {
    await terminal.write(`${JSON.stringify({ ...result, expectations, ...difference }, undefined, 2)}\n`);
  } else {
    printResult(terminal, result);
    if (difference !== undefined) printDifference(terminal, difference, options.against ?? '');
    printExpectations(terminal, expectations);
  }
  return expectations.every(({ isMet }) => isMet) ? MET : NOT_MET;

  async function differenceTo(against: string) {
    const others = existsSync(against) ? await readRules([against]) : rulesOfRevision(against, folders);
    showProblems(others, terminal);
    return compareResults(result, await run(others, paths, { ...options, state: undefined }, terminal));
  }
}

async function configuredFolders(): Promise<readonly string[]> {
  const { config } = await readConfig();
  return config === undefined ? [] : ruleFoldersOf(config);
}

function showProblems({ problems }: LoadedRules, terminal: Terminal): void {
  for (const problem of problems) for (const line of formatProblem(problem).split('\n')) terminal.note(harmless(line));
}

function run(
  { rules }: LoadedRules,
  paths: readonly string[],
  { threads, state }: Pick<BacktestOptions, 'threads'> & { readonly state?: string | undefined },
  terminal: Terminal,
): Promise<BacktestResult> {
  // Whether a rule is staged or silenced says who is rung, and not what happened.
  const paging = rules.map((rule) => ({ ...rule, mode: 'page' as const }));
  const startedMs = performance.now();
  return backtest({
    compiled: compileRules(paging, { version: 1 }),
    paths,
    ...(threads !== undefined && { threads }),
    ...(state !== undefined && { folder: state }),
    onProgress: (progress) => {
      terminal.progress(progressLine(progress, performance.now() - startedMs));
    },
  }).finally(() => {
    terminal.clearProgress();
  });
}

function progressLine({ filesDone, files, records, bytes, resumedFiles }: BacktestProgress, tookMs: number): string {
  const done = filesDone - resumedFiles;
  const leftMs = done === 0 ? undefined : (tookMs / done) * (files - filesDone);
  const left = leftMs === undefined ? '' : `  ${Math.ceil(leftMs / 1000)} s left`;
  const resumed = resumedFiles === 0 ? '' : `  (${counted(resumedFiles, 'file')} done before)`;
  return `${filesDone} of ${counted(files, 'file')}  ${counted(records, 'record')}  ${(bytes / 1000 / tookMs).toFixed(0)} MB/s${left}${resumed}`;
}
