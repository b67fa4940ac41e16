import type { LogRetentionDays } from './log-retention.ts';

/** A trail of its own, where there is none to read: multi-region, with validated log files, in a bucket and a log group. */
export interface NewTrail {
  /** How long the new log group keeps records; the bucket keeps them longer. */
  readonly logRetentionDays: LogRetentionDays;
  /** How long the bucket keeps the trail's files. For ever where absent. */
  readonly fileRetentionDays?: number;
  /** Makes it a trail of the whole organization. */
  readonly organization?: {
    /** `o-` and 10 to 32 letters and digits. */
    readonly id: string;
    /** The account that owns the organization, and so its trails, also where a delegated administrator creates them. */
    readonly managementAccount: string;
  };
}
