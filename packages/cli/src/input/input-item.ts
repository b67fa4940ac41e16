import type { InputRecord } from './read-record.ts';

/** Something of the input that could not be read. The rest goes on. */
export interface InputProblem {
  readonly file: string;
  /** Counted from 1; absent where the file as a whole could not be read. */
  readonly line?: number;
  readonly why: string;
}

/** What reading the input comes to, one after the other. */
export type InputItem =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'record'; readonly record: InputRecord }
  | { readonly kind: 'problem'; readonly problem: InputProblem };
