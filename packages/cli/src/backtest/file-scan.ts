import type { MinuteMatches } from './minute-matches.ts';

/** What one file of an archive came to. Plain data: it goes from a worker to the process that started it, and into a file. */
export interface FileScan {
  readonly file: string;
  readonly records: number;
  /** Unpacked. */
  readonly bytes: number;
  /** Lines and entries that are no records. */
  readonly unreadable: number;
  /** The first of them whose line is known. */
  readonly firstUnreadable?: UnreadableLine;
  /** Records that a rule matches and that have no usable `eventTime`: they are in no minute, so no alarm counts them. */
  readonly withoutTime: number;
  readonly firstMs?: number;
  readonly lastMs?: number;
  readonly rules: Readonly<Record<string, RuleScan>>;
  readonly minutes: readonly MinuteMatches[];
  /** Why the file could not be read, or not to its end. */
  readonly problem?: string;
}

/** A line that is no record, and why. Lines count from 1. */
export interface UnreadableLine {
  readonly line: number;
  readonly why: string;
}

export interface RuleScan {
  readonly matches: number;
  /** Who did it, and how often. */
  readonly actors: readonly (readonly [string, number])[];
}
