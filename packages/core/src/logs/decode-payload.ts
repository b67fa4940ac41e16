import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { LogEvent } from './log-event.ts';

/** Why a payload, or one of its log events, could not be read. */
export type UnreadableCode =
  'no-data' | 'not-base64' | 'not-gzip' | 'too-large' | 'not-json' | 'not-a-payload' | 'no-message';

export interface Unreadable {
  readonly code: UnreadableCode;
  /** What was found and what was expected. Never holds any of the payload's own text. */
  readonly message: string;
}

export type DecodedPayload =
  | {
      readonly kind: 'data';
      readonly owner: string;
      readonly logGroup: string;
      readonly logStream: string;
      readonly events: readonly LogEvent[];
      /** The entries of `logEvents` that hold no message; the others are all in `events`. */
      readonly unreadable: readonly Unreadable[];
    }
  /** CloudWatch Logs asks now and then whether the destination can be reached. */
  | { readonly kind: 'control' }
  | { readonly kind: 'unreadable'; readonly problem: Unreadable };

/** A payload of 1 MB, which is what Lambda takes, cannot honestly unpack to more than this: CloudTrail's JSON shrinks to an eighth. */
export const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;

/**
 * Reads what a subscription filter sends to a Lambda: `{"awslogs": {"data": base64(gzip(json))}}`. Never throws; what can be
 * read of it is read.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 *
 * @param receivedAtMs stands in for the timestamp of a log event that has none
 */
export function decodePayload(event: unknown, receivedAtMs: number): DecodedPayload {
  const data = fieldOf(fieldOf(event, 'awslogs'), 'data');
  if (typeof data !== 'string' || data === '') return unreadable('no-data', 'expected text at awslogs.data');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(data)) return unreadable('not-base64', 'awslogs.data is not base64');
  const unpacked = unpack(Buffer.from(data, 'base64'));
  if (typeof unpacked !== 'string') return { kind: 'unreadable', problem: unpacked };
  try {
    return readPayload(JSON.parse(unpacked) as unknown, receivedAtMs);
  } catch {
    return unreadable('not-json', `the unpacked payload of ${unpacked.length} characters is not JSON`);
  }
}

function unpack(packed: Uint8Array): string | Unreadable {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES }).toString('utf8');
  } catch (error) {
    const isTooLarge = fieldOf(error, 'code') === 'ERR_BUFFER_TOO_LARGE';
    return isTooLarge
      ? { code: 'too-large', message: `the payload unpacks to more than ${MAX_UNPACKED_BYTES} bytes` }
      : { code: 'not-gzip', message: `the ${packed.length} bytes of awslogs.data are not whole gzip data` };
  }
}

function readPayload(payload: unknown, receivedAtMs: number): DecodedPayload {
  if (fieldOf(payload, 'messageType') === 'CONTROL_MESSAGE') return { kind: 'control' };
  const entries = fieldOf(payload, 'logEvents');
  if (!Array.isArray(entries)) return unreadable('not-a-payload', 'the unpacked JSON has no list of logEvents');
  const logStream = textOf(fieldOf(payload, 'logStream'));
  const events: LogEvent[] = [];
  const problems: Unreadable[] = [];
  for (const [index, entry] of (entries as readonly unknown[]).entries()) {
    const message = fieldOf(entry, 'message');
    if (typeof message !== 'string') {
      problems.push({ code: 'no-message', message: `logEvents[${index}] has no message` });
      continue;
    }
    const [id, timestamp] = [fieldOf(entry, 'id'), fieldOf(entry, 'timestamp')];
    events.push({
      id: typeof id === 'string' && id !== '' ? id : hash('sha256', `${logStream}\n${message}`, 'hex'),
      timestamp: typeof timestamp === 'number' && Number.isFinite(timestamp) ? timestamp : receivedAtMs,
      message,
    });
  }
  return {
    kind: 'data',
    owner: textOf(fieldOf(payload, 'owner')),
    logGroup: textOf(fieldOf(payload, 'logGroup')),
    logStream,
    events,
    unreadable: problems,
  };
}

function unreadable(code: UnreadableCode, message: string): DecodedPayload {
  return { kind: 'unreadable', problem: { code, message } };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
