import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { compileRules, type LoadedRules } from '@trailbell/core/rule';
import { configuredFolders } from '../rules/configured-folders.ts';
import { printProblems } from '../rules/print-problems.ts';
import { readRules, type ReadRules } from '../rules/read-rules.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { BacktestOptions } from './backtest-options.ts';

/** The rules that were named, or are configured, with what is wrong with them told; undefined where there is none. */
export async function rulesToApply(options: BacktestOptions, terminal: Terminal): Promise<ReadRules | undefined> {
  const loaded = await readRules(options.rules ?? (await configuredFolders()));
  for (const folder of loaded.missing) terminal.note(harmless(`${folder}: there is no such folder of rules`));
  printProblems(loaded.problems, terminal);
  if (loaded.rules.length > 0) return loaded;
  terminal.note('there is no rule to apply: name a folder of rule files with --rules');
  return undefined;
}

/** Compiled as if each paged: whether a rule is staged or silenced says who is rung, and not what happened. */
export function asPaging({ rules }: LoadedRules): CompiledRules {
  return compileRules(
    rules.map((rule) => ({ ...rule, mode: 'page' as const })),
    { version: 1 },
  );
}
