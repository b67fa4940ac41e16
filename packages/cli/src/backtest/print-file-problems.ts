import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** So many problems with files are named; the others are counted. */
const NAMED_PROBLEMS = 20;

/** Says which files could not be read, and why. */
export function printFileProblems(
  problems: readonly { readonly file: string; readonly problem: string }[],
  terminal: Terminal,
): void {
  for (const { file, problem } of problems.slice(0, NAMED_PROBLEMS)) terminal.note(harmless(`${file}: ${problem}`));
  if (problems.length > NAMED_PROBLEMS) {
    terminal.note(`and ${counted(problems.length - NAMED_PROBLEMS, 'more file')} with problems`);
  }
}
