import type { AlarmSettings, AlarmState } from '../alarm/settings.ts';
import type { Activity } from '../cloudtrail/index.ts';
import type { Rule } from '../rule/rule.ts';

/** Where Trailbell runs: what the message says of itself, and the log group that its links search. */
export interface Deployment {
  readonly accountId: string;
  readonly region: string;
  readonly topicArn: string;
  readonly logGroupName: string;
}

/** What a page says of its rule. */
export type RuleSummary = Pick<
  Rule,
  'name' | 'title' | 'severity' | 'description' | 'runbook' | 'references' | 'filterPattern'
>;

/** The value of one `groupBy` selector for which the alarm stands. */
export interface GroupValue {
  /** As the rule has it, `$.recipientAccountId`. */
  readonly selector: string;
  readonly value: string;
}

/** What an alarm knows of the events behind it. An OK carries the context of its ALARM. */
export interface AlarmContext {
  readonly rule: RuleSummary;
  readonly groupValues: readonly GroupValue[];
  /** How many events matched. */
  readonly count: number;
  /** Whether there were more than were counted. */
  readonly isAtLeast: boolean;
  /** Log event timestamps of the first and the last match, epoch milliseconds; absent where nothing matched. */
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** The first events that matched. */
  readonly examples: readonly Activity[];
}

/** One transition to tell of. */
export interface NotificationInput {
  readonly alarmName: string;
  readonly alarmDescription?: string;
  readonly deployment: Deployment;
  readonly previousState: AlarmState;
  readonly state: AlarmState;
  readonly stateReason: string;
  /** Epoch milliseconds. */
  readonly changedAtMs: number;
  /** When the alarm's settings were last changed: epoch milliseconds. */
  readonly configurationUpdatedAtMs: number;
  readonly settings: AlarmSettings;
  readonly context: AlarmContext;
  /** What the configuration calls the accounts, by their ids. */
  readonly accountAliases?: Readonly<Record<string, string>> | undefined;
  /** The names of the routes that it takes, as they were chosen when its ALARM was; the default route takes it where absent. */
  readonly routes?: readonly string[];
}

/** What is published: plain text, whatever client sends it. */
export interface Notification {
  readonly subject: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
export interface MessageAttribute {
  readonly DataType: 'String' | 'Number' | 'String.Array';
  readonly StringValue: string;
}
