/** What a case of docs/patterns.md says: a pattern with messages, a pattern that is refused, or a selector with values. */
export type ReferenceCase = PatternCase | RefusalCase | SelectorCase;

export interface PatternCase {
  readonly pattern: string;
  readonly matches?: readonly string[];
  readonly ignores?: readonly string[];
  /** Messages that match, and everything that they extract. */
  readonly extracts?: readonly (readonly [message: string, values: Readonly<Record<string, string>>])[];
  readonly limits?: 'cloudwatch';
}

export interface RefusalCase {
  readonly refused: string;
  /** The part of the pattern that the error points at; empty for its end. */
  readonly at: string;
  /** Where that part is looked for, if it is not the first of its kind. */
  readonly from?: number;
  readonly awsMessage: string;
  readonly limits?: 'cloudwatch';
}

export interface SelectorCase {
  readonly selector: string;
  readonly values: readonly (readonly [message: string, value: string | undefined])[];
}

/** Cases by the number of the statement that they show. */
export type ReferenceCases = Readonly<Record<`P${number}`, readonly ReferenceCase[]>>;

/** CloudWatch's answer to what it cannot parse. */
export const GRAMMAR = 'Invalid metric filter pattern';

/** CloudWatch's answer to a regular expression that does not compile. */
export const REGEX = 'Failed to compile regular expression.';

/** CloudWatch's answer to a character that begins no token. */
export function lexical(term: string): string {
  return `Invalid character(s) in term '${term}'`;
}

/** JSON events whose property `a` is spelled in each of these ways. */
export function events(...spellings: readonly string[]): readonly string[] {
  return spellings.map((spelling) => `{"a":${spelling}}`);
}
