import { Buffer } from 'node:buffer';
import { fieldOf } from '../json/index.ts';
import { gunzip } from './gunzip.ts';
import type { Unreadable } from './unreadable.ts';

/** A payload of 1 MB, which is what Lambda takes, cannot honestly unpack to more than this: CloudTrail's JSON shrinks to an eighth. */
export const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;

/** The bytes of a payload, packed or not. */
export type PayloadBytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'unreadable'; readonly problem: Unreadable };

/**
 * Takes the gzip data out of what a subscription filter sends to a Lambda: `{"awslogs": {"data": base64(gzip(json))}}`. Never throws.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export function packedPayload(event: unknown): PayloadBytes {
  const data = fieldOf(fieldOf(event, 'awslogs'), 'data');
  if (typeof data !== 'string' || data === '') {
    return unreadable({ code: 'no-data', message: 'expected text at awslogs.data' });
  }
  const bytes = Buffer.from(data, 'base64');
  return bytes.length === decodedLength(data)
    ? { kind: 'bytes', bytes }
    : unreadable({ code: 'not-base64', message: 'awslogs.data is not base64' });
}

/** Unpacks a payload's gzip data. Never throws. The text that comes out is not looked at. */
export function unpackPayload(packed: Uint8Array): PayloadBytes {
  try {
    return { kind: 'bytes', bytes: gunzip(packed, MAX_UNPACKED_BYTES) };
  } catch (error) {
    const isTooLarge = fieldOf(error, 'code') === 'ERR_BUFFER_TOO_LARGE';
    return unreadable(
      isTooLarge
        ? { code: 'too-large', message: `the payload unpacks to more than ${MAX_UNPACKED_BYTES} bytes` }
        : { code: 'not-gzip', message: `the payload of ${packed.length} bytes is not whole gzip data` },
    );
  }
}

/** How many bytes a text stands for if it is base64 throughout; decoding leaves out what is not, and comes out shorter. */
function decodedLength(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const digits = base64.length - padding;
  return digits % 4 === 1 ? -1 : Math.floor((digits * 3) / 4);
}

function unreadable(problem: Unreadable): PayloadBytes {
  return { kind: 'unreadable', problem };
}
