/** A place in a text file. Lines and columns count from 1; a column is a UTF-16 unit, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something wrong in a file that a user wrote. Problems are data: they are collected, never thrown. */
export interface Problem extends Position {
  /** Kebab-case and stable: `unknown-key`, `pattern-syntax`. */
  readonly code: string;
  readonly file: string;
  /** What was found, and what was expected. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** One line a problem, in the form that editors and terminals turn into a link. */
export function formatProblem({ file, line, column, code, message, hint }: Problem): string {
  return `${file}:${line}:${column} ${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
}
