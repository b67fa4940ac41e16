import * as z from 'zod';
import type { AlarmIdentity, OwedNotification } from '../alarm/alarm.ts';
import { otherGroup } from '../alarm/other-group.ts';
import { COMPARISON_OPERATORS, MISSING_DATA_TREATMENTS, type AlarmSettings } from '../alarm/settings.ts';
import { fieldOf, parseJson } from '../json/index.ts';
import { SEVERITIES } from '../rule/rule.ts';
import { hyphenated } from '../rule/text-schema.ts';

/** A notification that SNS could not deliver, as it lies in the dead-letter queue. */
export type UndeliveredMessage = {
  readonly sentAtMs: number;
  readonly receiptHandle: string;
} & (
  | {
      readonly kind: 'trailbell';
      readonly alarmName: string;
      readonly state: 'OK' | 'ALARM';
      /** The alarms that it may be of: that of its group, and the one of the groups past the limit. */
      readonly identities: readonly AlarmIdentity[];
      /** The OK that closes the incident, where the table has forgotten the alarm. */
      readonly closing: OwedNotification;
    }
  | { readonly kind: 'cloudwatch'; readonly alarmName: string; readonly state: 'OK' | 'ALARM' }
  | { readonly kind: 'unreadable' }
);

const ENVELOPE = z.object({ Type: z.literal('Notification'), Message: z.string() });
const STATISTICS = {
  SUM: 'Sum',
  AVERAGE: 'Average',
  MINIMUM: 'Minimum',
  MAXIMUM: 'Maximum',
  SAMPLE_COUNT: 'SampleCount',
} as const;

const CLOUDWATCH = z.object({ AlarmName: z.string(), NewStateValue: z.enum(['OK', 'ALARM']) });

/** What Trailbell writes into a message: CloudWatch's keys, and its own object. */
const TRAILBELL = CLOUDWATCH.extend({
  NewStateReason: z.string(),
  Trigger: z.object({
    Statistic: z.enum(Object.keys(STATISTICS) as (keyof typeof STATISTICS)[]),
    Period: z.number(),
    EvaluationPeriods: z.number(),
    DatapointsToAlarm: z.number().optional(),
    Threshold: z.number(),
    ComparisonOperator: z.enum(COMPARISON_OPERATORS),
    TreatMissingData: z.enum(MISSING_DATA_TREATMENTS),
    Dimensions: z.array(z.object({ value: z.string() })),
  }),
  Trailbell: z.object({
    // Another text may be the key of an item that is no alarm.
    rule: hyphenated(),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    count: z.number(),
    isAtLeast: z.boolean(),
    first: z.string().optional(),
    last: z.string().optional(),
    routes: z.array(z.string()).optional(),
  }),
});

/** Reads the body of a message in the queue. Anybody may have put it there: whatever it is, it is never an error. */
export function readUndelivered(
  body: string,
  message: Pick<UndeliveredMessage, 'sentAtMs' | 'receiptHandle'>,
  nowMs: number,
): UndeliveredMessage {
  const envelope = ENVELOPE.safeParse(parseJson(body));
  const content = parseJson(envelope.data?.Message ?? '');
  const ours = TRAILBELL.safeParse(content).data;
  if (ours !== undefined) {
    const { AlarmName: alarmName, NewStateValue: state, Trigger, Trailbell } = ours;
    const identity = { rule: Trailbell.rule, group: Trigger.Dimensions.map(({ value }) => value) };
    return {
      ...message,
      kind: 'trailbell',
      alarmName,
      state,
      identities: [identity, otherGroup(identity)],
      closing: closingOf(ours, nowMs),
    };
  }
  const theirs = CLOUDWATCH.safeParse(content).data;
  if (theirs === undefined || claimsToBeOurs(content)) return { ...message, kind: 'unreadable' };
  return { ...message, kind: 'cloudwatch', alarmName: theirs.AlarmName, state: theirs.NewStateValue };
}

/** CloudWatch has no such key: what has it and cannot be read is nobody's. */
function claimsToBeOurs(content: unknown): boolean {
  return fieldOf(content, 'Trailbell') !== undefined;
}

/** The OK of the message's incident, told anew: its name finds the incident, and nothing else need be as it was. */
function closingOf({ AlarmName, Trigger, Trailbell }: z.infer<typeof TRAILBELL>, nowMs: number): OwedNotification {
  const { Statistic, DatapointsToAlarm, Dimensions: _, ...trigger } = Trigger;
  const settings: AlarmSettings = {
    statistic: STATISTICS[Statistic],
    period: trigger.Period,
    evaluationPeriods: trigger.EvaluationPeriods,
    ...(DatapointsToAlarm !== undefined && { datapointsToAlarm: DatapointsToAlarm }),
    threshold: trigger.Threshold,
    comparisonOperator: trigger.ComparisonOperator,
    treatMissingData: trigger.TreatMissingData,
  };
  const { title, severity, count, isAtLeast, first, last, routes } = Trailbell;
  return {
    number: 0,
    state: 'OK',
    previousState: 'ALARM',
    reason: 'Trailbell: the alarm has long been over; its OK was not delivered at the time.',
    changedAtMs: nowMs,
    episode: {
      alarmName: AlarmName,
      title,
      severity,
      settings,
      count,
      isAtLeast,
      firstMs: timeOf(first) ?? nowMs,
      lastMs: timeOf(last) ?? nowMs,
      examples: [],
      ...(routes && { routes }),
    },
  };
}

function timeOf(iso: string | undefined): number | undefined {
  const ms = Date.parse(iso ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}
