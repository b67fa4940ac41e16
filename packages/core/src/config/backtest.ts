/** What runs the shards of a backtest in AWS, beside the pipeline: a work bucket, a function, and a state machine over a plan's shards. */
export interface NewBacktest {
  /** The buckets with the archives, by their names: the only ones that the function may read. */
  readonly archiveBuckets: readonly string[];
  /** The ARNs of the keys that the archives are encrypted with, where they are keys of yours. */
  readonly archiveKeys?: readonly string[];
  /** Most shards that are scanned at once. 20 where absent. */
  readonly maxConcurrency?: number;
  /** How long the work bucket keeps plans, and what their shards came to. 7 days where absent. */
  readonly workRetentionDays?: number;
}

/** The same with nothing left to defaults. */
export type Backtest = Required<NewBacktest>;

/** @param settings undefined where there is nothing of it */
export function backtestOf(settings: NewBacktest | undefined): Backtest | undefined {
  if (settings === undefined) return undefined;
  const { archiveBuckets, archiveKeys = [], maxConcurrency = 20, workRetentionDays = 7 } = settings;
  return { archiveBuckets, archiveKeys, maxConcurrency, workRetentionDays };
}
