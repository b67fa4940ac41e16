import { fieldOf, isJsonObject, parseJson } from '@trailbell/core/json';
import { messageOf } from '../terminal/message-of.ts';

/** One log message of the input, with the time at which it counts. */
export interface InputRecord {
  readonly message: string;
  /** Epoch milliseconds: a log event's timestamp, else the record's `eventTime`; absent where neither can be used. */
  readonly timeMs?: number;
}

export type Read =
  | { readonly kind: 'records'; readonly records: readonly InputRecord[]; readonly problems: readonly string[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** The properties that lists of records come under. */
export const LISTS = ['Records', 'logEvents', 'events', 'Events'] as const;

/** Reads one line of JSON lines. A record's text is kept as it is, so that nothing of its spelling is lost. */
export function readLine(text: string): Read {
  return readDocument(text, text.trim());
}

/** Reads a whole JSON document. `asWritten` is the record's own text where the document is a single record. */
export function readDocument(text: string, asWritten?: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'unreadable', why: `not JSON: ${messageOf(error)}` };
  }
  return readSafely(value, asWritten);
}

/** A value that is nested so deep that no program can walk it is named, and costs nothing else. */
function readSafely(value: unknown, asWritten?: string): Read {
  try {
    return readValue(value, asWritten);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'unreadable', why: 'it is nested too deep to be read' };
  }
}

/**
 * The shapes that CloudTrail records come in: an archive, the outputs of `aws logs filter-log-events` and `aws cloudtrail
 * lookup-events`, a list, `{timestamp, message}` log events, a record under the key `event`, and the record itself.
 */
function readValue(value: unknown, asWritten?: string): Read {
  if (Array.isArray(value)) return readAll('the list', value);
  if (!isJsonObject(value)) return { kind: 'unreadable', why: `expected a JSON object, found ${kindOf(value)}` };
  for (const list of LISTS) {
    if (Array.isArray(value[list])) return readAll(list, value[list]);
  }
  if (typeof value.message === 'string') return one(value.message, value.timestamp ?? eventTimeIn(value.message));
  if (typeof value.CloudTrailEvent === 'string') return one(value.CloudTrailEvent, eventTimeIn(value.CloudTrailEvent));
  if (isJsonObject(value.event) && value.eventName === undefined) return readValue(value.event);
  return one(asWritten ?? JSON.stringify(value), value.eventTime);
}

function readAll(name: string, values: readonly unknown[]): Read {
  const records: InputRecord[] = [];
  const problems: string[] = [];
  for (const [index, value] of values.entries()) {
    const read = readSafely(value);
    if (read.kind === 'records') {
      for (const record of read.records) records.push(record);
      for (const problem of read.problems) problems.push(problem);
    } else problems.push(`entry ${index + 1} of ${name}: ${read.why}`);
  }
  return { kind: 'records', records, problems };
}

function one(message: string, time: unknown): Read {
  const timeMs = typeof time === 'string' ? Date.parse(time) : typeof time === 'number' ? time : NaN;
  // Beyond these years a number is not epoch milliseconds, and no clock can be set to it.
  const isUsable = timeMs >= 0 && timeMs < Date.UTC(2200, 0);
  return { kind: 'records', records: [isUsable ? { message, timeMs: Math.trunc(timeMs) } : { message }], problems: [] };
}

function eventTimeIn(message: string): unknown {
  return fieldOf(parseJson(message), 'eventTime');
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
