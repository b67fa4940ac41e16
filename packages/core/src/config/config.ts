import type { Route } from './route.ts';
import type { StageOverrides, StageSettings } from './stage.ts';

/** What a user edits in trailbell.config.ts. What it says of a deployment holds for every stage that does not say otherwise. */
export interface TrailbellConfig extends StageSettings {
  /** Folders of rule files, relative to the configuration. */
  readonly ruleFolders: readonly string[];
  /** Folders of silence files, relative to the configuration; `silences` where absent. */
  readonly silenceFolders?: readonly string[];
  /** The ways that pages take to PagerDuty. Exactly one is the default. */
  readonly routes: readonly Route[];
  /** What people call the accounts, by their ids; shown beside the ids in every page. */
  readonly accounts?: Readonly<Record<string, string>>;
  /**
   * Values that no page may tell, as selectors: `$.requestParameters.settings.pin`. All that lies below is meant. Passwords, keys,
   * tokens and their like are never told.
   */
  readonly redact?: readonly string[];
  /** Where a stage differs, by its name (`sst deploy --stage NAME`). Other stages need no entry. */
  readonly stages?: Readonly<Record<string, StageOverrides>>;
}

/** Checks the configuration as it is typed, in an editor. What an editor cannot see, `validateConfig` checks. */
export function defineConfig(config: TrailbellConfig): TrailbellConfig {
  return config;
}
