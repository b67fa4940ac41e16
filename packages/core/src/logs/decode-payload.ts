import { Buffer } from 'node:buffer';
import { readPayload, type DecodedPayload } from './read-payload.ts';
import { unpackPayload } from './unpack-payload.ts';

/**
 * Reads what a subscription filter sends to a Lambda, whole. Never throws; what can be read of it is read.
 *
 * @param receivedAtMs stands in for the timestamp of a log event that has none
 */
export function decodePayload(event: unknown, receivedAtMs: number): DecodedPayload {
  const unpacked = unpackPayload(event);
  if (unpacked.kind === 'unreadable') return unpacked;
  const { buffer, byteOffset, byteLength } = unpacked.bytes;
  return readPayload(Buffer.from(buffer, byteOffset, byteLength).toString('utf8'), receivedAtMs);
}
