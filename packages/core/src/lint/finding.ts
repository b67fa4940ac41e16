import type { Span } from '../pattern/index.ts';
import type { Position, Problem, ValuePath } from '../rule/index.ts';
import type { LintCode } from './catalogue.ts';

/**
 * `error`: the rule does not do what it says. `warning`: it most likely does not do what was meant. `note`: worth knowing; it fails
 * nothing.
 */
export type FindingSeverity = 'error' | 'warning' | 'note';

/** Something that lint found in a rule file. */
export interface Finding extends Problem {
  readonly severity: FindingSeverity;
  /** Where it ends, the first character behind it: in the same place as it begins where that is not known. */
  readonly end: Position;
  /** The rule's name; absent where the rule could not be loaded. */
  readonly rule?: string;
  /** A change of the file that cures it. */
  readonly fix?: Fix;
}

/** Replaces the text between two places of a file. */
export interface Fix {
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

/** What a check has to say, with the place as the check knows it. */
export interface Complaint {
  readonly code: LintCode;
  /** What was found, and why it matters. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Where the code's own severity is not the right one. */
  readonly severity?: FindingSeverity;
}

/** A complaint about a part of a pattern. */
export interface PatternComplaint extends Complaint {
  readonly span: Span;
  /** What to write in the place of a part of the pattern, where there is one safe cure. */
  readonly replacement?: { readonly span: Span; readonly text: string };
}

/** A complaint about a value of a rule. */
export interface RuleComplaint extends Complaint {
  readonly path: ValuePath;
}
