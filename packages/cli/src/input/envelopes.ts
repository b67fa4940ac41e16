import { isJsonObject, parseJson, type JsonObject } from '@trailbell/core/json';
import { type ParsedEvent, parseEvent } from '@trailbell/core/pattern';
import { compactJson, elementTexts, propertyText } from './json-text.ts';

/**
 * What CloudTrail and CloudWatch Logs put lists of messages into: the property that holds the list, what may stand beside it,
 * and the property of each element that is its message (none: the element itself).
 */
const LISTS: readonly {
  readonly list: string;
  readonly beside: readonly string[];
  readonly message?: string;
}[] = [
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
  { list: 'Records', beside: [] },
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html, and GetLogEvents
  {
    list: 'events',
    beside: ['searchedLogStreams', 'nextToken', 'nextForwardToken', 'nextBackwardToken'],
    message: 'message',
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
  {
    list: 'logEvents',
    beside: ['messageType', 'owner', 'logGroup', 'logStream', 'subscriptionFilters', 'policyLevel'],
    message: 'message',
  },
  // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
  { list: 'Events', beside: ['NextToken'], message: 'CloudTrailEvent' },
];

/** The properties of a log event, in the outputs and payloads that hold some. */
const OF_LOG_EVENT = ['timestamp', 'message', 'ingestionTime', 'eventId', 'id', 'logStreamName', 'extractedFields'];

/**
 * The messages in a JSON document: those of an archive, an output of the AWS CLI, a subscription's payload, a list of objects; the
 * message of a log event; a record under the key `event`. Any other document is itself a message. Undefined for what is not JSON.
 */
export function messagesOf(text: string): Iterable<ParsedEvent> | undefined {
  const event = parseEvent(text);
  if (event.root !== undefined) return messagesOfObject(event, event.root);
  if (!text.trimStart().startsWith('[')) return undefined;
  const list = parseJson(text);
  if (list === undefined) return undefined;
  return isListOfObjects(list) && list.length > 0 ? messagesOfList(text) : [event];
}

function* messagesOfList(text: string): Iterable<ParsedEvent> {
  for (const element of elementTexts(text)) {
    const event = parseEvent(oneLine(element));
    yield event.root === undefined ? event : (wrappedIn(event, event.root) ?? event);
  }
}

function messagesOfObject(event: ParsedEvent, root: JsonObject): Iterable<ParsedEvent> {
  for (const { list, beside, message } of LISTS) {
    const elements = root[list];
    if (!isListOfObjects(elements) || !hasOnly(root, [list, ...beside])) continue;
    if (message === undefined) return recordsOf(propertyText(event.message, list) ?? '');
    const texts = elements.map((element) => element[message]);
    if (texts.every((text) => typeof text === 'string')) return texts.map(parseEvent);
  }
  return [wrappedIn(event, root) ?? onOneLine(event)];
}

function* recordsOf(list: string): Iterable<ParsedEvent> {
  for (const element of elementTexts(list)) yield parseEvent(oneLine(element));
}

/** The one message that an object has around itself: that of a log event, or a record with notes beside it. */
function wrappedIn(event: ParsedEvent, root: JsonObject): ParsedEvent | undefined {
  const { message, timestamp, event: record } = root;
  if (typeof message === 'string' && typeof timestamp === 'number' && hasOnly(root, OF_LOG_EVENT)) {
    return parseEvent(message);
  }
  if (root.eventName === undefined && isJsonObject(record) && isRecord(record)) {
    return parseEvent(oneLine(propertyText(event.message, 'event') ?? ''));
  }
  return undefined;
}

function isRecord({ eventName, eventSource }: JsonObject): boolean {
  return typeof eventName === 'string' && typeof eventSource === 'string';
}

function hasOnly(object: JsonObject, names: readonly string[]): boolean {
  return Object.keys(object).every((name) => names.includes(name));
}

function onOneLine(event: ParsedEvent): ParsedEvent {
  return isSpread(event.message) ? parseEvent(compactJson(event.message)) : event;
}

/** A message is a line where its JSON was written over several. */
function oneLine(json: string): string {
  return isSpread(json) ? compactJson(json) : json;
}

function isSpread(json: string): boolean {
  return json.includes('\n');
}

function isListOfObjects(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every(isJsonObject);
}
