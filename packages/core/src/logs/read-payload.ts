import { hash } from 'node:crypto';
import { fieldOf } from '../json/index.ts';
import type { LogEvent } from './log-event.ts';
import type { Unreadable, UnreadableCode } from './unreadable.ts';

/** What a subscription payload says of all its log events. */
export interface PayloadSource {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
}

export type DecodedPayload =
  | ({
      readonly kind: 'data';
      readonly events: readonly LogEvent[];
      /** The entries of `logEvents` that hold no message; the others are all in `events`. */
      readonly unreadable: readonly Unreadable[];
    } & PayloadSource)
  /** CloudWatch Logs asks now and then whether the destination can be reached. */
  | { readonly kind: 'control' }
  | { readonly kind: 'unreadable'; readonly problem: Unreadable };

/** The payload without its log events, which are elsewhere. */
export type PayloadEnvelope =
  | ({ readonly kind: 'data' } & PayloadSource)
  | { readonly kind: 'control' }
  | { readonly kind: 'unreadable'; readonly problem: Unreadable };

/**
 * Reads an unpacked payload. Never throws; what can be read of it is read.
 *
 * @param receivedAtMs stands in for the timestamp of a log event that has none
 */
export function readPayload(text: string, receivedAtMs: number): DecodedPayload {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    return unreadable('not-json', `the unpacked payload of ${text.length} characters is not JSON`);
  }
  const envelope = readEnvelope(payload);
  if (envelope.kind !== 'data') return envelope;
  const entries = fieldOf(payload, 'logEvents') as readonly unknown[];
  const events: LogEvent[] = [];
  const problems: Unreadable[] = [];
  for (const [index, entry] of entries.entries()) {
    const event = readLogEvent(entry, envelope.logStream, receivedAtMs);
    if (event === undefined) problems.push(withoutMessage(index));
    else events.push(event);
  }
  return { ...envelope, events, unreadable: problems };
}

/** What a parsed payload is. Its log events are not looked at, but for whether there is a list of them. */
export function readEnvelope(payload: unknown): PayloadEnvelope {
  if (fieldOf(payload, 'messageType') === 'CONTROL_MESSAGE') return { kind: 'control' };
  if (!Array.isArray(fieldOf(payload, 'logEvents'))) {
    return unreadable('not-a-payload', 'the unpacked JSON has no list of logEvents');
  }
  return {
    kind: 'data',
    owner: textOf(fieldOf(payload, 'owner')),
    logGroup: textOf(fieldOf(payload, 'logGroup')),
    logStream: textOf(fieldOf(payload, 'logStream')),
  };
}

/** One entry of `logEvents`; undefined if it holds no message. An entry without an id gets the same one whenever it is delivered. */
export function readLogEvent(entry: unknown, logStream: string, receivedAtMs: number): LogEvent | undefined {
  const message = fieldOf(entry, 'message');
  if (typeof message !== 'string') return undefined;
  const [id, timestamp] = [fieldOf(entry, 'id'), fieldOf(entry, 'timestamp')];
  return {
    id: typeof id === 'string' && id !== '' ? id : hash('sha256', `${logStream}\n${message}`, 'hex'),
    timestamp: typeof timestamp === 'number' && Number.isFinite(timestamp) ? timestamp : receivedAtMs,
    message,
  };
}

/** @param index of the entry in `logEvents` */
export function withoutMessage(index: number): Unreadable {
  return { code: 'no-message', message: `logEvents[${index}] has no message` };
}

function unreadable(code: UnreadableCode, message: string): Extract<DecodedPayload, { kind: 'unreadable' }> {
  return { kind: 'unreadable', problem: { code, message } };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
