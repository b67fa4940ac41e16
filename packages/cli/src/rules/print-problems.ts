import { formatProblem, type Problem } from '@trailbell/core/rule';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Says what is wrong in the files that a user wrote. */
export function printProblems(problems: readonly Problem[], terminal: Terminal): void {
  for (const problem of problems) for (const line of formatProblem(problem).split('\n')) terminal.note(harmless(line));
}
