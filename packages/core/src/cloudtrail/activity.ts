import { parseJson } from '../json/index.ts';
import { resolveActor, type Actor } from './actor.ts';
import { cutText, mapStrings, plainText, utf8Bytes } from './plain-text.ts';
import { booleanOf, definedOnly, fieldsOf, textOf } from './record-fields.ts';
import { parametersOf, withoutRedacted, type Parameter } from './parameters.ts';
import type { RedactedPath } from './redaction.ts';
import { requestTexts } from './request-text.ts';
import { resourcesOf } from './resources.ts';
import { sourceIpKind, type SourceIpKind } from './source-ip.ts';
import type { Tally } from './tally.ts';
import { shortUserAgent } from './user-agent.ts';

/** What one CloudTrail record says, in short: plain JSON data, small enough to be kept until the page goes out. */
export interface Activity {
  readonly eventId?: string;
  /** When it happened, as CloudTrail writes it (ISO 8601, UTC). */
  readonly eventTime?: string;
  /** The action, `StopLogging`. */
  readonly eventName?: string;
  /** The service's host name, `cloudtrail.amazonaws.com`. */
  readonly eventSource?: string;
  /** The service's short name, `cloudtrail`. */
  readonly service?: string;
  readonly region?: string;
  /** The account that the record is about. */
  readonly recipientAccountId?: string;
  readonly actor: Actor;
  readonly sourceIp?: string;
  readonly sourceIpKind?: SourceIpKind;
  /** What called, in a few words. */
  readonly userAgent?: string;
  /** ARNs or names, at most five. */
  readonly resources?: readonly string[];
  /** What else was asked for, as `path: value`; the first few, without what must not be told. */
  readonly requestParameters?: readonly string[];
  /** Whether the call did what was asked. */
  readonly succeeded?: boolean;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly readOnly?: boolean;
  /** CloudTrail's word where the event is no management event: `Data`, `NetworkActivity`, `Insight`. */
  readonly eventCategory?: string;
  /** What of a rule's pattern decided that the event matches. */
  readonly matchedClause?: string;
  /** Who else was seen with it, and from where: of the events that are not kept themselves. */
  readonly others?: Tally;
}

/** What describing a record depends on besides the record. */
export interface ActivityOptions {
  /** Values that must not be told, besides those whose names say so; none where absent. */
  readonly redactedPaths?: readonly RedactedPath[];
  /** Kept with the activity. */
  readonly matchedClause?: string | undefined;
}

/** The most that an Activity takes as JSON, in bytes of UTF-8. */
export const MAX_ACTIVITY_BYTES = 2048;

const PLAIN_LENGTH = 256;
/** Tried in turn until the activity fits; the last leaves room for every field there is. */
const SHORTER_LENGTHS = [128, 64, 40, 20, 10];

/** Describes a log message that holds a CloudTrail record, or the record itself. Never throws: what cannot be read is absent. */
export function describeActivity(message: unknown, options: ActivityOptions = {}): Activity {
  const activity = readActivity(typeof message === 'string' ? parseJson(message) : message, options);
  let fitting = activity;
  for (const maxLength of SHORTER_LENGTHS) {
    if (utf8Bytes(JSON.stringify(fitting)) <= MAX_ACTIVITY_BYTES) break;
    fitting = withStrings(activity, (text) => cutText(text, maxLength));
  }
  return fitting;
}

/** An activity from elsewhere (a store, a test) with its text made as harmless as describeActivity makes it. */
export function plainActivity(activity: Activity): Activity {
  return withStrings(activity, (text) => plainText(text, PLAIN_LENGTH));
}

function withStrings(activity: Activity, change: (text: string) => string): Activity {
  // Strings become strings, so every field keeps its type; mapStrings cannot say so.
  return mapStrings(activity, change) as Activity;
}

/** Insight events and other services' records lack some of these; https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
function readActivity(record: unknown, { redactedPaths = [], matchedClause }: ActivityOptions): Activity {
  const fields = fieldsOf(record);
  // An Insights event tells of calls without being one: it names them in its details.
  const insight = fieldsOf(fields.insightDetails);
  const eventSource = textOf(fields.eventSource) ?? textOf(insight.eventSource);
  const sourceIp = textOf(fields.sourceIPAddress);
  const userAgent = textOf(fields.userAgent, 2048);
  const requested = parametersOf('requestParameters', record, redactedPaths);
  const answered = parametersOf('responseElements', record, redactedPaths);
  const resources = resourcesOf(record, requested, answered);
  const request = requestTexts(requested, resources);
  const eventCategory = textOf(fields.eventCategory, 64);
  return definedOnly({
    eventId: textOf(fields.eventID, 64),
    eventTime: textOf(fields.eventTime, 40),
    eventName: textOf(fields.eventName, 128) ?? textOf(insight.eventName, 128),
    eventSource,
    service: textOf(eventSource?.split('.')[0]),
    region: textOf(fields.awsRegion, 64),
    recipientAccountId: textOf(fields.recipientAccountId, 64),
    actor: resolveActor(fields.userIdentity, record),
    sourceIp,
    sourceIpKind: sourceIp === undefined ? undefined : sourceIpKind(sourceIp),
    userAgent: userAgent === undefined ? undefined : callerOf(userAgent, fields.sessionCredentialFromConsole),
    resources: resources.length === 0 ? undefined : resources,
    requestParameters: request.length === 0 ? undefined : request,
    ...resultOf(fields, [...requested, ...answered]),
    readOnly: booleanOf(fields.readOnly),
    eventCategory: eventCategory === 'Management' ? undefined : eventCategory,
    matchedClause: textOf(matchedClause),
  });
}

function callerOf(userAgent: string, sessionCredentialFromConsole: unknown): string | undefined {
  const short = shortUserAgent(userAgent);
  const isBrowserInConsole = short.startsWith('Browser') && booleanOf(sessionCredentialFromConsole) === true;
  return textOf(isBrowserInConsole ? 'Console' : short);
}

/** A failed console sign-in has no `errorCode`: it says so in `responseElements`. */
function resultOf(
  fields: Readonly<Record<string, unknown>>,
  parameters: readonly Parameter[],
): Pick<Activity, 'succeeded' | 'errorCode' | 'errorMessage'> {
  const errorCode = textOf(fields.errorCode, 128);
  const said = fields.errorMessage;
  const errorMessage = textOf(typeof said === 'string' ? withoutRedacted(said, parameters) : undefined, 200);
  const isRefused = Object.values(fieldsOf(fields.responseElements)).includes('Failure');
  const isCall = textOf(fields.eventName) !== undefined;
  const failed = errorCode !== undefined || errorMessage !== undefined || isRefused;
  return definedOnly({ succeeded: isCall || failed ? !failed : undefined, errorCode, errorMessage });
}
