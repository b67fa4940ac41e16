import { gunzipSync, constants } from 'node:zlib';

export interface StartOfFile {
  readonly isPacked: boolean;
  /** The first characters, unpacked. */
  readonly text: string;
}

const START_BYTES = 64 * 1024;

/**
 * What bytes begin with, and whether they are packed with gzip.
 *
 * @param limit of the bytes that are looked at
 * @throws what zlib throws for packed data that is damaged there
 */
export function startOf(bytes: Buffer, limit = START_BYTES): StartOfFile {
  const start = bytes.subarray(0, limit);
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  const unpacked = isPacked ? gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }) : start;
  return {
    isPacked,
    text: unpacked
      .subarray(0, START_BYTES)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
  };
}
