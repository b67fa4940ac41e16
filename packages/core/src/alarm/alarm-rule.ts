import type { Severity } from '../rule/rule.ts';
import type { Datapoint, Metric } from './datapoints.ts';
import type { AlarmSettings, AlarmState } from './settings.ts';

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
  /** The words for a state and the datapoints that led to it. */
  readonly stateReason: (input: {
    settings: AlarmSettings;
    datapoints: readonly Datapoint[];
    state: AlarmState;
  }) => string;
}
