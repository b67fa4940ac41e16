import { Buffer } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { MAX_DEFLATE_RATIO } from './gzip-member.ts';

const MIN_CHUNK_BYTES = 16 * 1024;

/** Room for zlib to see the end of the data without asking for another chunk. */
const SLACK_BYTES = 64;

/**
 * Unpacks gzip data of one or several members; zlib checks each member's CRC-32 and length. The output buffer is sized by the
 * length that the trailer claims, which saves a quarter of the time. The claim is the sender's, so it is only a hint: it is bounded
 * by what the input can unpack to and by `maxBytes`, and a wrong one costs time, not correctness.
 *
 * @throws what zlib throws: ERR_BUFFER_TOO_LARGE beyond `maxBytes`, Z_DATA_ERROR or Z_BUF_ERROR for data that is not whole
 */
export function gunzip(packed: Uint8Array, maxBytes: number): Uint8Array {
  const { buffer, byteOffset, byteLength } = packed;
  const claimedBytes = byteLength < 4 ? 0 : Buffer.from(buffer, byteOffset, byteLength).readUInt32LE(byteLength - 4);
  const chunkSize = Math.max(
    MIN_CHUNK_BYTES,
    Math.min(claimedBytes, byteLength * MAX_DEFLATE_RATIO, maxBytes) + SLACK_BYTES,
  );
  return gunzipSync(packed, { chunkSize, maxOutputLength: maxBytes });
}
