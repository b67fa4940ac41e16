/** A rule as the rest of Trailbell sees it: loaded, validated, defaults filled in. The YAML file's schema is in schema.ts. */
import type { AlarmSettings, AlarmState } from '../alarm/settings.ts';

/** PagerDuty's severities, most severe first. */
export const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A record that matches the rule but is known to be right: it is left out before anything is counted. */
export interface RuleException {
  readonly filterPattern: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day, `YYYY-MM-DD` in UTC, on which the exception applies. */
  readonly expires: string;
}

/** A CloudTrail record (or any log message) given as an example. */
export interface RuleExample {
  readonly name?: string;
  /** The record as an object, or the log message as text. */
  readonly event: unknown;
}

export interface RuleTimeline {
  readonly name: string;
  /** Offsets from the start of the timeline, in milliseconds. */
  readonly events: readonly { readonly atMs: number; readonly event: unknown }[];
  readonly expect: readonly { readonly atMs: number; readonly state: AlarmState }[];
}

export interface Rule {
  /** Lower-case words joined by hyphens; unique among the loaded rules; part of the alarm's name. */
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly description?: string;
  readonly references: readonly string[];
  readonly runbook?: string;
  /** A CloudWatch Logs filter pattern. */
  readonly filterPattern: string;
  /** Selectors (`$.recipientAccountId`): each combination of their values is an alarm of its own. */
  readonly groupBy: readonly string[];
  /** How many groups a day get an alarm of their own; further ones share `rule (other)`. */
  readonly groupLimit: number;
  /** What one match adds to the metric: a number, or a selector whose value is taken from the event. */
  readonly metricValue: number | string;
  /** The value of a closed period in which nothing matched. Only 0 can be kept without watching every event. */
  readonly defaultValue?: 0;
  readonly exceptions: readonly RuleException[];
  readonly alarm: AlarmSettings;
  readonly examples: {
    readonly matches: readonly RuleExample[];
    readonly ignores: readonly RuleExample[];
  };
  readonly timelines: readonly RuleTimeline[];
}
