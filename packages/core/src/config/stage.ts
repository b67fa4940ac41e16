import type { Backtest, NewBacktest } from './backtest.ts';
import type { LogRetentionDays } from './log-retention.ts';
import type { NewTrail } from './trail.ts';

/** What may differ from stage to stage. */
export interface StageSettings {
  /** The CloudWatch Logs group that CloudTrail delivers to. With `trail` it is created, otherwise it must be there. */
  readonly logGroupName: string;
  /** Creates the log group, and a multi-region trail that delivers to it. Where absent, an existing group is read. */
  readonly trail?: NewTrail;
  /** Begins every AlarmName. Empty where absent. */
  readonly alarmNamePrefix?: string;
  /** How long the functions' own logs are kept. 30 days where absent. */
  readonly logRetentionDays?: LogRetentionDays;
  /** Most matchers that run at once, or false to reserve none, for accounts that have nothing to reserve. 10 where absent. */
  readonly reservedConcurrency?: number | false;
  /** Keeps events that no rule can match away from Lambda, by the subscription's filter pattern. True where absent. */
  readonly preFilter?: boolean;
  /** The pre-filter also leaves out what Trailbell's own roles do in normal work, where no rule looks for it. True where absent. */
  readonly excludeOwnCalls?: boolean;
  /** Sends a marked event down the whole path every ten minutes, and alarms when it does not come out. True where absent. */
  readonly heartbeat?: boolean;
  /** Keeps the benchmark's exact metric filters and alarms beside the rules, for auditors; they ring nobody. False where absent. */
  readonly complianceShadow?: boolean;
  /** Makes what runs the shards of a backtest in AWS. Nothing of it where absent. */
  readonly backtest?: NewBacktest;
}

/** What one stage has otherwise, and what only a stage can have. */
export interface StageOverrides extends Partial<StageSettings> {
  /** Data is kept when the stage is removed, and it cannot be removed or run live. True for `production` where absent. */
  readonly protected?: boolean;
  /** The only account that the stage may be deployed to. */
  readonly account?: string;
  /** The region that the stage is deployed to. That of your AWS profile where absent. */
  readonly region?: string;
  /** What `sst dev` takes from the log group, as a filter pattern. Nothing where absent. */
  readonly liveFilterPattern?: string;
}

/** A stage as it is deployed: nothing is left to defaults. */
export interface Stage extends Required<Omit<StageSettings, 'trail' | 'reservedConcurrency' | 'backtest'>> {
  readonly name: string;
  readonly isProtected: boolean;
  readonly trail: NewTrail | undefined;
  readonly reservedConcurrency: number | undefined;
  readonly backtest: Backtest | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly liveFilterPattern: string | undefined;
}

/** The longest name of a stage, in characters: the names of its resources have room for no more. */
export const MAX_STAGE_NAME_LENGTH = 30;
