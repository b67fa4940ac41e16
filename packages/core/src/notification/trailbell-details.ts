import {
  cloudTrailEventLink,
  logsInsightsLink,
  plainActivity,
  tallyOf,
  type Activity,
  type Actor,
  type Tally,
} from '../cloudtrail/index.ts';
import type { Severity } from '../rule/rule.ts';
import { isoTime } from './cloudwatch-time.ts';
import { insightsQueries } from './insights-query.ts';
import type { NotificationInput } from './notification-input.ts';

/** What a link may measure at most; longer ones are left out, because a link that is cut leads elsewhere. */
const MAX_LINK_LENGTH = 4096;

/** Log events may lie a little to either side of what was counted. */
const LINK_MARGIN_MS = 5 * 60_000;

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
  /** What else was asked for, `path: value`, in short; redacted where it must not be told. */
  readonly requestParameters: readonly string[] | undefined;
  readonly sourceIp: string | undefined;
  readonly sourceIpKind: string | undefined;
  readonly userAgent: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  /** What the configuration calls the account. */
  readonly accountAlias: string | undefined;
  /** `Success`, or the error. */
  readonly result: string | undefined;
  readonly readOnly: boolean | undefined;
  /** `Data`, `NetworkActivity` or `Insight`; undefined for management events. */
  readonly eventCategory: string | undefined;
  readonly identity: Identity | undefined;
  readonly count: number;
  readonly isAtLeast: boolean;
  /** ISO 8601, UTC. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** The most frequent in the examples and what was seen with them; undefined unless there are several. */
  readonly actors: readonly Frequency[] | undefined;
  readonly sourceIps: readonly Frequency[] | undefined;
  readonly examples: readonly Example[];
  readonly filterPattern: string;
  /** What of the pattern decided. */
  readonly matchedClause: string | undefined;
  /** The names of the routes that the message takes; the default route's subscription filters by it. */
  readonly routes: readonly string[] | undefined;
  readonly links: {
    readonly cloudTrailEvent: string | undefined;
    readonly logsInsights: string | undefined;
    readonly runbook: string | undefined;
  };
}

/** The actor, with what the configuration calls its account. */
export interface Identity extends Actor {
  readonly accountAlias: string | undefined;
}

interface Frequency {
  readonly name: string;
  /** Among the examples and what was seen with them. */
  readonly events: number;
}

interface Example {
  readonly eventId: string | undefined;
  readonly time: string | undefined;
  readonly actor: string;
  readonly action: string | undefined;
  readonly service: string | undefined;
  readonly resources: readonly string[] | undefined;
  readonly requestParameters: readonly string[] | undefined;
  readonly sourceIp: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly accountAlias: string | undefined;
  readonly result: string | undefined;
  /** Where it is not that of the first. */
  readonly matchedClause: string | undefined;
}

/** Gathers the details of a transition. */
export function trailbellDetails(input: NotificationInput): TrailbellDetails {
  const { context, accountAliases = {} } = input;
  const { rule } = context;
  const examples = context.examples.map(plainActivity);
  const [first] = examples;
  const tally = tallyOf(examples);
  const aliasOf = (id: string | undefined) =>
    id !== undefined && Object.hasOwn(accountAliases, id) ? accountAliases[id] : undefined;
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
    requestParameters: first?.requestParameters,
    sourceIp: first?.sourceIp,
    sourceIpKind: first?.sourceIpKind,
    userAgent: first?.userAgent,
    region: first?.region,
    account: first?.recipientAccountId,
    accountAlias: aliasOf(first?.recipientAccountId),
    result: first === undefined ? undefined : resultText(first),
    readOnly: first?.readOnly,
    eventCategory: first?.eventCategory,
    identity: first && { ...first.actor, accountAlias: aliasOf(first.actor.accountId) },
    count: context.count,
    isAtLeast: context.isAtLeast,
    first: context.firstMs === undefined ? undefined : isoTime(context.firstMs),
    last: context.lastMs === undefined ? undefined : isoTime(context.lastMs),
    actors: several(tally.actors),
    sourceIps: several(tally.sourceIps),
    examples: examples.map((activity) => exampleOf(activity, first, aliasOf)),
    filterPattern: rule.filterPattern,
    matchedClause: first?.matchedClause,
    routes: input.routes,
    links: {
      cloudTrailEvent: first === undefined ? undefined : linkOf(eventLink(first)),
      logsInsights: searchLink(input),
      runbook: linkOf(rule.runbook),
    },
  };
}

function resultText({ succeeded, errorCode, errorMessage }: Activity): string | undefined {
  if (succeeded !== false) return succeeded === undefined ? undefined : 'Success';
  return [errorCode ?? 'Failure', errorMessage].filter((part) => part !== undefined).join(': ');
}

function exampleOf(
  activity: Activity,
  first: Activity | undefined,
  aliasOf: (id: string | undefined) => string | undefined,
): Example {
  return {
    eventId: activity.eventId,
    time: activity.eventTime,
    actor: activity.actor.name,
    action: activity.eventName,
    service: activity.service,
    resources: activity.resources,
    requestParameters: activity.requestParameters,
    sourceIp: activity.sourceIp,
    region: activity.region,
    account: activity.recipientAccountId,
    accountAlias: aliasOf(activity.recipientAccountId),
    result: resultText(activity),
    matchedClause: activity.matchedClause === first?.matchedClause ? undefined : activity.matchedClause,
  };
}

function several(counts: Tally['actors']): readonly Frequency[] | undefined {
  return counts.length < 2 ? undefined : counts.map(([name, events]) => ({ name, events }));
}

/** CloudTrail's event history, to which the link leads, has management events only. */
function eventLink({ region, eventId, eventCategory }: Activity): string | undefined {
  if (region === undefined || eventId === undefined || eventCategory !== undefined) return undefined;
  return /^[\w-]+$/.test(eventId) ? cloudTrailEventLink({ region, eventId }) : undefined;
}

function searchLink({ deployment, context, changedAtMs, settings }: NotificationInput): string | undefined {
  const windowMs = settings.period * settings.evaluationPeriods * 1000;
  const { firstMs = changedAtMs - windowMs, lastMs = changedAtMs } = context;
  const links = insightsQueries(context).map((query) =>
    linkOf(
      logsInsightsLink({
        region: deployment.region,
        logGroupName: deployment.logGroupName,
        query,
        startMs: Date.parse(isoTime(firstMs - LINK_MARGIN_MS)),
        endMs: Date.parse(isoTime(lastMs + LINK_MARGIN_MS)),
      }),
    ),
  );
  return links.find((link) => link !== undefined);
}

function linkOf(link: string | undefined): string | undefined {
  return link !== undefined && link.length <= MAX_LINK_LENGTH ? link : undefined;
}
