import type { ComparisonOperator, Statistic } from '@trailbell/core/alarm';
import type { Severity } from '@trailbell/core/rule';
import type { UnreadableLine } from './file-scan.ts';

/** An alarm that went off: what would have been one incident in PagerDuty. */
export interface BacktestIncident {
  readonly rule: string;
  readonly group: readonly string[];
  readonly openedMs: number;
  /** Absent where the archive ends before. */
  readonly resolvedMs?: number;
  readonly count: number;
  readonly isAtLeast: boolean;
  /** Empty where there are so many incidents that not all can be told. */
  readonly reason: string;
  /** Its first activities, in short form; none where the reason is empty. */
  readonly activities: readonly unknown[];
}

/** How often the datapoints of an alarm's periods came to a value. Empty periods are left out. */
export type Distribution = readonly (readonly [value: number, periods: number])[];

export interface RuleResult {
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly matches: number;
  readonly incidents: readonly BacktestIncident[];
  readonly longestMs: number;
  readonly actors: readonly (readonly [string, number])[];
  readonly statistic: Statistic;
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  /** Seconds. */
  readonly period: number;
  /** An alarm counts no more than about this many matches of a minute; the distribution ends there too. */
  readonly minuteCap: number;
  readonly distribution: Distribution;
}

export interface BacktestResult {
  readonly files: number;
  readonly records: number;
  readonly bytes: number;
  readonly unreadable: number;
  /** Of the first few files that have any, the first line that is no record. */
  readonly unreadableLines: readonly (UnreadableLine & { readonly file: string })[];
  readonly withoutTime: number;
  /** The first and the last record that matched. */
  readonly firstMs?: number;
  readonly lastMs?: number;
  readonly problems: readonly { readonly file: string; readonly problem: string }[];
  readonly rules: readonly RuleResult[];
}
