import type { ArchiveFilter } from './cloudtrail-key.ts';

/** What `trailbell backtest` is told beside the paths. */
export interface BacktestOptions {
  readonly rules?: readonly string[];
  readonly against?: string;
  readonly json?: boolean;
  readonly junit?: string;
  readonly report?: string;
  readonly threads?: number;
  readonly state?: string;
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly plan?: string;
  /** Megabytes of the archive, packed. */
  readonly shardSize: number;
  readonly shard?: string;
  readonly merge?: readonly string[];
}

/** The part of an archive that is asked for. */
export function filterOf({
  account,
  region,
  from,
  until,
}: Pick<BacktestOptions, 'account' | 'region' | 'from' | 'until'>): ArchiveFilter {
  return {
    ...(account !== undefined && { accounts: account }),
    ...(region !== undefined && { regions: region }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}
