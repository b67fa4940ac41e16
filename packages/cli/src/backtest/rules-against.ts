import { existsSync } from 'node:fs';
import type { LoadedRules } from '@trailbell/core/rule';
import { printProblems } from '../rules/print-problems.ts';
import { readRules } from '../rules/read-rules.ts';
import { RevisionUnreadable, rulesOfRevision } from '../rules/rules-of-revision.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { configuredFolders } from './rules-to-apply.ts';

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
    terminal.note(harmless(`--against ${against}: ${whyUnusable(error)}`));
  }
  return undefined;
}

/** What a user can mend, in words. @throws anything else */
function whyUnusable(error: unknown): string {
  if (error instanceof RevisionUnreadable) {
    return `there is no such folder, and Git cannot read the rules of such a revision (${error.message})`;
  }
  // The file system's own words do not always say where.
  if (error instanceof Error && 'syscall' in error) {
    return `expected a folder of rule files, a rule file or a Git revision, and cannot read the rules in it (${error.message})`;
  }
  throw error;
}
