import { open } from 'node:fs/promises';
import { gunzipSync, constants } from 'node:zlib';

export interface StartOfFile {
  readonly isPacked: boolean;
  /** The first characters, unpacked. */
  readonly text: string;
}

const START_BYTES = 64 * 1024;

/** What a file begins with, and whether it is packed with gzip. Rejects where it cannot be read. */
export async function startOfFile(path: string): Promise<StartOfFile> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return startOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** The same for bytes that are at hand. */
export function startOf(bytes: Buffer): StartOfFile {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const unpacked = isPacked ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes;
  return {
    isPacked,
    text: unpacked
      .subarray(0, START_BYTES)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
  };
}
