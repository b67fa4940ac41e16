import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { BacktestResult } from './backtest-result.ts';

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

/** Says how many lines and entries were no records, and where the first of them are. */
export function printUnreadable(
  { unreadable, unreadableLines }: Pick<BacktestResult, 'unreadable' | 'unreadableLines'>,
  terminal: Terminal,
): void {
  for (const { file, line, why } of unreadableLines) terminal.note(harmless(`${file}:${line}: ${why}`));
  if (unreadable === 0) return;
  const areAllNamed = unreadableLines.length === unreadable;
  const named = areAllNamed || unreadableLines.length === 0 ? '' : '; the first of a file is named, of a few files';
  const were =
    unreadable === 1
      ? '1 line or entry was no record'
      : `${unreadable.toLocaleString('en-US')} lines or entries were no records`;
  terminal.note(`${were}${named}.`);
}
