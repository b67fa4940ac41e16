import type { Route } from './route.ts';

/** What a user edits in trailbell.config.ts. */
export interface TrailbellConfig {
  /** Folders of rule files, relative to the configuration. */
  readonly ruleFolders: readonly string[];
  /** The CloudWatch Logs group that CloudTrail delivers to. */
  readonly logGroupName: string;
  /** Begins every AlarmName. Empty where absent. */
  readonly alarmNamePrefix?: string;
  /** The ways that pages take to PagerDuty. Exactly one is the default. */
  readonly routes: readonly Route[];
}

/** Checks the configuration as it is typed, in an editor. What an editor cannot see, `validateConfig` checks. */
export function defineConfig(config: TrailbellConfig): TrailbellConfig {
  return config;
}
