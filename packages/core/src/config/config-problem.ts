/** Something wrong in trailbell.config.ts. Problems are data: they are collected, never thrown. */
export interface ConfigProblem {
  /** Kebab-case and stable: `unknown-key`, `no-default-route`. */
  readonly code: string;
  /** Where: `routes[1].accounts[0]`. */
  readonly field: string;
  /** What was found, and what was expected. A secret is never in it. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** One line a problem. */
export function formatConfigProblem({ code, field, message, hint }: ConfigProblem): string {
  return `trailbell.config.ts ${field} ${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
}
