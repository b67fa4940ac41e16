import {
  cloudTrailEventLink,
  logsInsightsLink,
  plainActivity,
  type Activity,
  type Actor,
} from '../cloudtrail/index.ts';
import type { Severity } from '../rule/rule.ts';
import { isoTime } from './cloudwatch-time.ts';
import type { AlarmContext, NotificationInput } from './notification-input.ts';

/** What a link may measure at most; longer ones are left out, because a link that is cut leads elsewhere. */
const MAX_LINK_LENGTH = 4096;

/** Log events may lie a little to either side of what was counted. */
const LINK_MARGIN_MS = 5 * 60_000;

/** How many of the actors or addresses in the examples are told. */
const TOP = 5;

/** What CloudWatch never says: who did what, and where to look. The fields of what happened are those of the first example. */
export interface TrailbellDetails {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly description: string | undefined;
  readonly runbook: string | undefined;
  readonly references: readonly string[];
  readonly actor: string | undefined;
  readonly action: string | undefined;
  readonly service: string | undefined;
  readonly resources: readonly string[] | undefined;
  readonly sourceIp: string | undefined;
  readonly sourceIpKind: string | undefined;
  readonly userAgent: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  /** `Success`, or the error. */
  readonly result: string | undefined;
  readonly readOnly: boolean | undefined;
  readonly identity: Actor | undefined;
  readonly count: number;
  readonly isAtLeast: boolean;
  /** ISO 8601, UTC. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** The most frequent in the examples; undefined unless there are several. */
  readonly actors: readonly Frequency[] | undefined;
  readonly sourceIps: readonly Frequency[] | undefined;
  readonly examples: readonly Example[];
  readonly filterPattern: string;
  /** The names of the routes that the message takes; the default route's subscription filters by it. */
  readonly routes: readonly string[] | undefined;
  readonly links: {
    readonly cloudTrailEvent: string | undefined;
    readonly logsInsights: string | undefined;
    readonly runbook: string | undefined;
  };
}

interface Frequency {
  readonly name: string;
  /** Among the examples. */
  readonly examples: number;
}

interface Example {
  readonly eventId: string | undefined;
  readonly time: string | undefined;
  readonly actor: string;
  readonly action: string | undefined;
  readonly service: string | undefined;
  readonly resources: readonly string[] | undefined;
  readonly sourceIp: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly result: string | undefined;
}

/** Gathers the details of a transition. */
export function trailbellDetails(input: NotificationInput): TrailbellDetails {
  const { context } = input;
  const { rule } = context;
  const examples = context.examples.map(plainActivity);
  const [first] = examples;
  return {
    rule: rule.name,
    title: rule.title,
    severity: rule.severity,
    description: rule.description,
    runbook: rule.runbook,
    references: rule.references,
    actor: first?.actor.name,
    action: first?.eventName,
    service: first?.service,
    resources: first?.resources,
    sourceIp: first?.sourceIp,
    sourceIpKind: first?.sourceIpKind,
    userAgent: first?.userAgent,
    region: first?.region,
    account: first?.recipientAccountId,
    result: first === undefined ? undefined : resultText(first),
    readOnly: first?.readOnly,
    identity: first?.actor,
    count: context.count,
    isAtLeast: context.isAtLeast,
    first: context.firstMs === undefined ? undefined : isoTime(context.firstMs),
    last: context.lastMs === undefined ? undefined : isoTime(context.lastMs),
    actors: several(examples.map(({ actor }) => actor.name)),
    sourceIps: several(examples.flatMap(({ sourceIp }) => (sourceIp === undefined ? [] : [sourceIp]))),
    examples: examples.map(exampleOf),
    filterPattern: rule.filterPattern,
    routes: input.routes,
    links: {
      cloudTrailEvent: first === undefined ? undefined : linkOf(eventLink(first)),
      logsInsights: linkOf(searchLink(input)),
      runbook: linkOf(rule.runbook),
    },
  };
}

function resultText({ succeeded, errorCode, errorMessage }: Activity): string | undefined {
  if (succeeded !== false) return succeeded === undefined ? undefined : 'Success';
  return [errorCode ?? 'Failure', errorMessage].filter((part) => part !== undefined).join(': ');
}

function exampleOf(activity: Activity): Example {
  return {
    eventId: activity.eventId,
    time: activity.eventTime,
    actor: activity.actor.name,
    action: activity.eventName,
    service: activity.service,
    resources: activity.resources,
    sourceIp: activity.sourceIp,
    region: activity.region,
    account: activity.recipientAccountId,
    result: resultText(activity),
  };
}

/** The most frequent values with their number among the examples; undefined unless there are several. */
function several(values: readonly string[]): readonly Frequency[] | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size < 2) return undefined;
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .slice(0, TOP)
    .map(([name, examples]) => ({ name, examples }));
}

function eventLink({ region, eventId }: Activity): string | undefined {
  return region === undefined || eventId === undefined ? undefined : cloudTrailEventLink({ region, eventId });
}

function searchLink({ deployment, context, changedAtMs, settings }: NotificationInput): string | undefined {
  const windowMs = settings.period * settings.evaluationPeriods * 1000;
  const { firstMs = changedAtMs - windowMs, lastMs = changedAtMs } = context;
  return logsInsightsLink({
    region: deployment.region,
    logGroupName: deployment.logGroupName,
    query: insightsQuery(context),
    startMs: Date.parse(isoTime(firstMs - LINK_MARGIN_MS)),
    endMs: Date.parse(isoTime(lastMs + LINK_MARGIN_MS)),
  });
}

/** The actions of the examples, in the alarm's group. A value that cannot be quoted plainly is left out: the search is wider then. */
function insightsQuery({ examples, groupValues }: AlarmContext): string {
  const actions = [...new Set(examples.map(({ eventName }) => eventName))].filter(isPlainValue).slice(0, TOP);
  const conditions = [
    ...(actions.length === 0 ? [] : [`eventName in [${actions.map((action) => `"${action}"`).join(', ')}]`]),
    ...groupValues
      .map(({ selector, value }) => ({ field: selector.replace(/^\$\./, ''), value }))
      .filter(({ field, value }) => /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(field) && isPlainValue(value))
      .slice(0, TOP)
      .map(({ field, value }) => `${field} = "${value}"`),
  ];
  return [
    'fields @timestamp, eventName, eventSource, userIdentity.arn, sourceIPAddress, awsRegion, errorCode, eventID',
    ...(conditions.length === 0 ? [] : [`filter ${conditions.join(' and ')}`]),
    'sort @timestamp desc',
    'limit 100',
  ].join('\n| ');
}

function isPlainValue(value: string | undefined): value is string {
  return value !== undefined && /^[\w .,:;/@+=-]{1,128}$/.test(value);
}

function linkOf(link: string | undefined): string | undefined {
  return link !== undefined && link.length <= MAX_LINK_LENGTH ? link : undefined;
}
