/** A rule as the rest of Trailbell sees it: loaded, validated, defaults filled in. The YAML file's schema is in rule-schema.ts. */
import type { ToldState } from '../alarm/alarm.ts';
import type { AlarmSettings, AlarmState } from '../alarm/settings.ts';
import type { TimeInterval } from '../time-interval/time-interval.ts';

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
  /** Epoch milliseconds; absent where it makes no difference. */
  readonly startMs?: number;
  /** Offsets from the start of the timeline, in milliseconds. */
  readonly events: readonly { readonly atMs: number; readonly event: unknown }[];
  readonly expect: readonly { readonly atMs: number; readonly state: AlarmState }[];
  /** Every notification; absent where the timeline does not say. */
  readonly notifications?: readonly { readonly atMs: number; readonly state: ToldState }[];
}

/** A time interval that a rule file defines by this name. */
export interface NamedTimeInterval {
  readonly name: string;
  readonly interval: TimeInterval;
}

/** What the rule's metric filter and alarm are called in CloudWatch. Read by `trailbell export` alone. */
export interface CloudWatchNames {
  readonly filterName?: string;
  readonly logGroupName?: string;
  readonly metricNamespace?: string;
  readonly metricName?: string;
  readonly metricUnit?: string;
  /** Absent: no alarm watches the metric. */
  readonly alarmName?: string;
  readonly alarmUnit?: string;
  readonly alarmActions?: readonly string[];
  readonly okActions?: readonly string[];
  readonly insufficientDataActions?: readonly string[];
  /** Of an alarm without an action for ALARM; what others have is said by the rule's mode. */
  readonly actionsEnabled?: false;
}

/** `stage`: the rule is tried out. Its alarms are kept and what they would have told is reported, but nobody is rung. */
export const RULE_MODES = ['page', 'stage'] as const;
export type RuleMode = (typeof RULE_MODES)[number];

/** When an ALARM is told again while it lasts. */
export interface Renotify {
  /** So many minutes after it was last told. */
  readonly everyMinutes?: number;
  /** When somebody takes part whom no page of the incident has named. */
  readonly onNewActor?: true;
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
  /** Only records of these times count; of all times where absent. */
  readonly during?: readonly NamedTimeInterval[];
  /** Records of these times do not count. */
  readonly notDuring?: readonly NamedTimeInterval[];
  readonly exceptions: readonly RuleException[];
  readonly alarm: AlarmSettings;
  /** `page` where absent. */
  readonly mode?: RuleMode;
  /** An ALARM is told once where absent. */
  readonly renotify?: Renotify;
  readonly examples: {
    readonly matches: readonly RuleExample[];
    readonly ignores: readonly RuleExample[];
  };
  readonly timelines: readonly RuleTimeline[];
  /** How often it may page, in the words of the rule file. A backtest that finds more fails. */
  readonly expect?: string;
  readonly cloudwatch?: CloudWatchNames;
}
