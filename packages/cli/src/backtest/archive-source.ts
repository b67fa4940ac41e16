import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { s3Location } from './s3-location.ts';

/** The bytes of one file of an archive, wherever it lies. */
export interface ArchiveSource {
  readonly bytes: number;
  /** What it begins with: all of it where it is no larger than HEAD_BYTES. */
  readonly head: Buffer;
  /** What comes after. */
  readonly rest: () => AsyncIterable<Buffer> | Iterable<Buffer>;
}

/** CloudTrail's own archives are smaller: one read, or one request, is all that most files take. */
export const HEAD_BYTES = 8 * 1024 * 1024;

/** Opens a path or `s3://bucket/key`. Rejects where it cannot be read, with ArchiveUnreachable where nothing else could be either. */
export async function openSource(file: string): Promise<ArchiveSource> {
  const location = s3Location(file);
  if (location === undefined) return openFile(file);
  // The SDK is loaded by those who need it.
  const { openObject } = await import('./s3-source.ts');
  return openObject(location);
}

/** All of it. */
export async function wholeOf({ head, rest }: ArchiveSource): Promise<Buffer> {
  const parts = [head];
  for await (const part of rest()) parts.push(part);
  return parts.length === 1 ? head : Buffer.concat(parts);
}

/** All of it, in parts. */
export async function* partsOf({ head, rest }: ArchiveSource): AsyncIterable<Buffer> {
  yield head;
  yield* rest();
}

async function openFile(path: string): Promise<ArchiveSource> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.allocUnsafeSlow(Math.min(size, HEAD_BYTES));
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return {
      bytes: size,
      head: buffer.subarray(0, length),
      rest: () => (size > HEAD_BYTES ? createReadStream(path, { start: HEAD_BYTES, highWaterMark: 1024 * 1024 }) : []),
    };
  } finally {
    await handle.close();
  }
}
