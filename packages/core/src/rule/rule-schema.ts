import * as z from 'zod';
import { COMPARISON_OPERATORS, MISSING_DATA_TREATMENTS, STATISTICS, type AlarmState } from '../alarm/settings.ts';
import type { ToldState } from '../alarm/alarm.ts';
import { checkAlarmWindow, checkGroupsHaveEvents, checkSamplesFit } from './alarm-limits.ts';
import { DURATION_PATTERN, parseDuration } from './duration.ts';
import { eventText, exampleEvent, EVENT_JSON_SCHEMA, EXAMPLE_JSON_SCHEMA } from './example-event.ts';
import { EXPECTATION_PATTERN } from './expectation.ts';
import { checkPattern, checkSelector } from './pattern-checks.ts';
import { checkNotReserved } from './reserved-name.ts';
import { refuse } from './refuse.ts';
import { RULE_MODES, SEVERITIES } from './rule.ts';
import { hyphenated, line } from './text-schema.ts';

const ALARM_STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const satisfies readonly AlarmState[];
const TOLD_STATES = ['ALARM', 'OK'] as const satisfies readonly ToldState[];

/** A timeline is played minute by minute. */
const MAX_TIMELINE_MS = 31 * 86_400_000;

const filterPattern = z.string().superRefine(checkPattern);
const selector = z.string().superRefine(checkSelector);

const duration = z
  .string()
  .regex(DURATION_PATTERN, 'a duration such as 0s, 90s, 7m or 1h30m')
  .transform((text) => parseDuration(text) ?? 0);

const intervalNames = z
  .union([z.string(), z.array(z.string()).min(1)], { error: 'the name of a time interval, or a list of names' })
  .transform((names) => (typeof names === 'string' ? [names] : names))
  .exactOptional();

const exception = z.strictObject({
  filterPattern: filterPattern.describe(
    'Records that match this filter pattern are left out before anything is counted.',
  ),
  reason: line(500).describe('Why these records are right.'),
  owner: line(200).describe('Who answers for the exception: a person, a team or an address.'),
  expires: z.iso
    .date('a date, YYYY-MM-DD')
    .describe('The last day, YYYY-MM-DD in UTC, on which the exception applies.'),
});

const alarm = z
  .strictObject({
    statistic: z
      .enum(STATISTICS)
      .default('Sum')
      .describe('How the values of one period become one datapoint: SampleCount, Average, Sum, Minimum or Maximum.'),
    period: z
      .number()
      .multipleOf(60)
      .min(60)
      .max(604_800)
      .default(300)
      .describe('Seconds in one period: a multiple of 60.'),
    evaluationPeriods: z
      .int()
      .min(1)
      .max(1440)
      .default(1)
      .describe('How many of the most recent periods are compared with the threshold.'),
    datapointsToAlarm: z
      .int()
      .min(1)
      .exactOptional()
      .describe('How many of those periods must breach the threshold; all of them where it is left out.'),
    threshold: z.number().default(1).describe('The number that datapoints are compared with.'),
    comparisonOperator: z
      .enum(COMPARISON_OPERATORS)
      .default('GreaterThanOrEqualToThreshold')
      .describe('How a datapoint is compared with the threshold; the datapoint stands first.'),
    treatMissingData: z
      .enum(MISSING_DATA_TREATMENTS)
      .default('notBreaching')
      .describe('What a period without a datapoint counts as: notBreaching, breaching, ignore or missing.'),
    evaluationRange: z
      .int()
      .min(1)
      .max(1440)
      .exactOptional()
      .describe(
        'How many periods back a datapoint is looked for when newer ones are missing; evaluationPeriods by default.',
      ),
  })
  .superRefine(checkAlarmWindow);

const renotify = z
  .strictObject({
    everyMinutes: z
      .int()
      .min(1)
      .max(10_080)
      .exactOptional()
      .describe('How many minutes after the ALARM was last told it is told again.'),
    onNewActor: z
      .literal(true)
      .exactOptional()
      .describe('true to tell it again when somebody takes part whom no page has named.'),
  })
  .superRefine((when, context) => {
    if (Object.keys(when).length > 0) return;
    refuse(context, [], { code: 'missing-key', message: 'renotify says nothing; expected everyMinutes or onNewActor' });
  });

const example = z.unknown().transform(exampleEvent).meta(EXAMPLE_JSON_SCHEMA);
const event = z.unknown().transform(eventText).meta(EVENT_JSON_SCHEMA);
const at = duration
  .superRefine(checkTimelineLength)
  .describe('Time since the start of the timeline: 0s, 90s, 7m, 1h30m.');

const timeline = z.strictObject({
  name: line(200).describe('What the timeline shows.'),
  start: z.iso
    .datetime({ offset: true, error: 'a moment with a time zone, such as 2027-01-04T08:00:00Z' })
    .transform((text) => Date.parse(text))
    .exactOptional()
    .describe(
      'When the timeline begins: 2027-01-04T08:00:00Z. It matters to time intervals and to exceptions that end.',
    ),
  events: z
    .array(z.strictObject({ at, event: event.describe('The event that arrives.') }))
    .describe('The events, and when each arrives.'),
  expect: z
    .array(
      z.strictObject({
        at,
        state: z.enum(ALARM_STATES).describe("The alarm's state at this time: OK, ALARM or INSUFFICIENT_DATA."),
      }),
    )
    .min(1)
    .describe('The states that the alarm must be in, and when.'),
  notifications: z
    .array(
      z.strictObject({ at, state: z.enum(TOLD_STATES).describe('What PagerDuty is told at this time: ALARM or OK.') }),
    )
    .exactOptional()
    .describe('Every notification that the records lead to, and when it is sent. Not checked where it is left out.'),
});

const cloudwatchName = z.string().min(1).max(512);
const actions = z.array(z.string().min(1)).exactOptional();

const cloudwatch = z.strictObject({
  filterName: cloudwatchName.exactOptional().describe("The metric filter's name."),
  logGroupName: cloudwatchName.exactOptional().describe('The log group that the metric filter is on.'),
  metricNamespace: cloudwatchName.exactOptional().describe("The metric's namespace."),
  metricName: cloudwatchName.exactOptional().describe("The metric's name."),
  metricUnit: cloudwatchName.exactOptional().describe('The unit that the metric filter gives its values.'),
  alarmName: cloudwatchName.exactOptional().describe("The alarm's name; without one no alarm is exported."),
  alarmUnit: cloudwatchName.exactOptional().describe('The unit of the values that the alarm looked at.'),
  alarmActions: actions.describe('Where the alarm told ALARM.'),
  okActions: actions.describe('Where the alarm told OK.'),
  insufficientDataActions: actions.describe('Where the alarm told INSUFFICIENT_DATA.'),
  actionsEnabled: z
    .literal(false)
    .exactOptional()
    .describe('That actions are disabled, of an alarm without one for ALARM; of others `mode: stage` says so.'),
});

/** What one rule in a rule file may say. The descriptions are what editors show and what problems hint at. */
export const RULE_SCHEMA = z
  .strictObject({
    name: hyphenated()
      .max(100)
      .superRefine(checkNotReserved)
      .describe('Lower-case words joined by hyphens, unique among all rules; part of the alarm name.'),
    title: line(120).describe('One line that says what happened, as the person on call reads it.'),
    severity: z.enum(SEVERITIES).describe('What PagerDuty is told: critical, error, warning or info.'),
    description: z
      .string()
      .trim()
      .min(1)
      .max(1024)
      .exactOptional()
      .describe('What the rule watches, why it matters, and what to look at first.'),
    references: z
      .array(line(200))
      .default([])
      .describe('Controls, tickets or pages that the rule comes from, such as CIS-1.2-3.3.'),
    runbook: z
      .url({ protocol: /^https$/, error: 'an address that starts with https://' })
      .max(1024)
      .exactOptional()
      .describe('The https address of the page that says what to do.'),
    filterPattern: filterPattern.describe('A CloudWatch Logs filter pattern: which records the rule counts.'),
    groupBy: z
      .array(selector)
      .max(5)
      .default([])
      .describe('Selectors such as $.recipientAccountId: each combination of their values is an alarm of its own.'),
    groupLimit: z
      .int()
      .min(1)
      .max(1000)
      .default(100)
      .describe('How many groups a day get an alarm of their own; the others share one.'),
    metricValue: z
      .union([z.number(), selector], { error: 'a number or a selector such as $.requestParameters.count' })
      .default(1)
      .describe(
        'What one matching record adds to the metric: a number, or a selector whose value is taken from the record.',
      ),
    defaultValue: z.literal(0).exactOptional().describe('The value of a period in which nothing matched. Only 0.'),
    during: intervalNames.describe('Time intervals, by their names: only records of these times count.'),
    notDuring: intervalNames.describe('Time intervals, by their names: records of these times do not count.'),
    exceptions: z.array(exception).default([]).describe('Records that match the rule but are known to be right.'),
    alarm: alarm.prefault({}).describe("When the alarm goes off and when it is over, in CloudWatch's settings."),
    mode: z
      .enum(RULE_MODES)
      .exactOptional()
      .describe('page, or stage to try the rule out: its alarms are kept and reported, but nobody is rung.'),
    renotify: renotify.exactOptional().describe('When the ALARM is told again while it lasts; left out: never.'),
    examples: z
      .strictObject({
        matches: z.array(example).default([]).describe('Records that the rule must count.'),
        ignores: z.array(example).default([]).describe('Records that the rule must not count.'),
      })
      .prefault({})
      .describe('Records that the rule is tested with.'),
    timelines: z
      .array(timeline)
      .default([])
      .describe('Records over time, and the states that the alarm must pass through.'),
    expect: z
      .string()
      .regex(EXPECTATION_PATTERN, 'how often it may page, such as at most 2 incidents a week')
      .exactOptional()
      .describe(
        'How often the rule may page: at most N incidents a day, week or month. A backtest that finds more fails.',
      ),
    cloudwatch: cloudwatch
      .exactOptional()
      .describe(
        'What the rule was called in CloudWatch, from where it was imported. Only `trailbell export` reads it.',
      ),
  })
  .superRefine(checkGroupsHaveEvents)
  .superRefine(checkSamplesFit);

function checkTimelineLength(atMs: number, context: z.RefinementCtx): void {
  if (atMs <= MAX_TIMELINE_MS) return;
  refuse(context, [], { code: 'out-of-range', message: 'a timeline is at most 31d long' });
}
