import { type CompiledPattern, PatternSyntaxError, compilePattern } from '@trailbell/core/pattern';
import { showPatternProblem } from '../terminal/pattern-problem.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Compiles the pattern that a command was given; where it cannot be read, says why on standard error and returns undefined. */
export function compileArgument(text: string, terminal: Terminal): CompiledPattern | undefined {
  try {
    return compilePattern(text);
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    terminal.note(`the pattern cannot be read:\n${showPatternProblem(text, error)}`);
    return undefined;
  }
}
