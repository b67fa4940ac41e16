import type { Span } from './ast.ts';

/** What kind of rule the pattern breaks; `limit` is CloudWatch's own limits, `size` ours. */
export type PatternProblemCode = 'lexical' | 'grammar' | 'pairing' | 'regex' | 'duplicate' | 'limit' | 'size';

export interface PatternProblem {
  readonly code: PatternProblemCode;
  /** What was found and what was expected, in one sentence. */
  readonly message: string;
  /** What to write instead, where we can tell. */
  readonly hint?: string;
  /** Where, in UTF-16 units of the pattern's text. */
  readonly span: Span;
  /** What CloudWatch answers to the same pattern. */
  readonly awsMessage: string;
}

/** A pattern or selector that cannot be read. `message` holds the hint too. */
export class PatternSyntaxError extends Error {
  override readonly name = 'PatternSyntaxError';
  readonly code: PatternProblemCode;
  readonly hint: string | undefined;
  readonly offset: number;
  readonly length: number;
  readonly awsMessage: string;

  constructor(problem: PatternProblem) {
    super(problem.hint === undefined ? problem.message : `${problem.message} ${problem.hint}`);
    this.code = problem.code;
    this.hint = problem.hint;
    this.offset = problem.span.offset;
    this.length = problem.span.length;
    this.awsMessage = problem.awsMessage;
  }
}

/** CloudWatch's answers, word for word as TestMetricFilter gives them. */
export const awsMessages = {
  grammar: 'Invalid metric filter pattern',
  lexical: (term: string) => `Invalid character(s) in term '${term}'`,
  pairing: (first: string, last: string) => `If a filter pattern starts with '${first}' it must end with '${last}'`,
  regex: 'Failed to compile regular expression.',
  regexCount: 'Your input has exceeded the maximum of 2 regular expressions per filter pattern.',
  wildcardCount:
    'Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector.',
  variables: (first: string, second: string) =>
    `Multiple variables used in a single filter. Var1 : ${first}, Var2 : ${second}`,
  duplicate: (name: string) => `Duplicate field '${name}'`,
  length:
    "1 validation error detected: Value '...' at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to 1024",
} as const;
