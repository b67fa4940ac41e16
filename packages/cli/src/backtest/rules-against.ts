import { existsSync } from 'node:fs';
import type { LoadedRules } from '@trailbell/core/rule';
import { printProblems } from '../rules/print-problems.ts';
import { readRules } from '../rules/read-rules.ts';
import { RevisionUnreadable, rulesOfRevision } from '../rules/rules-of-revision.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { configuredFolders } from '../rules/configured-folders.ts';

/** The rules to compare with, with what is wrong with them told; undefined where there is none. */
export async function rulesAgainst(
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
