import type { Severity } from '../rule/rule.ts';
import type { SilenceInForce } from '../silence/silence-in-force.ts';
import type { Datapoint, Metric } from './datapoints.ts';
import type { AlarmSettings, AlarmState } from './settings.ts';

/** When an ALARM is told again while it lasts. */
export interface Renotification {
  /** So long after it was last told. */
  readonly everyMs?: number;
  /** Who did what an example shows; present where somebody whom no page has named is a reason to tell it again. */
  readonly actorOf?: (example: unknown) => string | undefined;
}

/** What settling needs to know of the rule, as it is now. */
export interface AlarmRule {
  readonly metric: Metric;
  readonly alarmName: string;
  readonly title: string;
  readonly severity: Severity;
  /** How many groups a day have an alarm of their own. */
  readonly groupLimit: number;
  /** The routes that an alarm with these examples takes. */
  readonly routesOf: (examples: readonly unknown[]) => readonly string[];
  /** Why nobody is to be rung for the alarm at a moment; undefined where somebody is. */
  readonly silenceAt: (atMs: number) => SilenceInForce | undefined;
  readonly renotify?: Renotification;
  /** The words for a state and the datapoints that led to it. */
  readonly stateReason: (input: {
    settings: AlarmSettings;
    datapoints: readonly Datapoint[];
    state: AlarmState;
  }) => string;
}
