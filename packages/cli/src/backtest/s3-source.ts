import { setTimeout } from 'node:timers/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { HEAD_BYTES, type ArchiveSource } from './archive-source.ts';
import { ArchiveUnreachable } from './archive-unreachable.ts';
import { MAX_ATTEMPTS, s3Client, s3Problem } from './s3-client.ts';
import { s3Uri, type S3Location } from './s3-location.ts';

/** A network that breaks off within an answer is the caller's to bear: the SDK has given the answer by then. */
const BROKEN_PAUSE_MS = 200;

interface Range {
  readonly bytes: Buffer;
  /** Of the whole object. */
  readonly size: number;
  readonly eTag: string | undefined;
}

/** An object of S3, read in ranges of HEAD_BYTES, all of the same version. Rejects as openSource does. */
export async function openObject(location: S3Location): Promise<ArchiveSource> {
  const { bytes, size, eTag } = await readRange(location, 0);
  return {
    bytes: size,
    head: bytes,
    rest: async function* () {
      for (let at = bytes.length; at < size;) {
        const range = await readRange(location, at, eTag);
        if (range.bytes.length === 0) throw new Error('the object ended early');
        yield range.bytes;
        at += range.bytes.length;
      }
    },
  };
}

async function readRange({ bucket, key }: S3Location, from: number, eTag?: string): Promise<Range> {
  for (let attempt = 1; ; attempt++) {
    let isAnswered = false;
    try {
      const answer = await s3Client().send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          Range: `bytes=${from}-${from + HEAD_BYTES - 1}`,
          ...(eTag !== undefined && { IfMatch: eTag }),
        }),
      );
      isAnswered = true;
      const bytes = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
      const [, size] = /\/(\d+)$/.exec(answer.ContentRange ?? '') ?? [];
      return { bytes, size: size === undefined ? bytes.length : Number(size), eTag: answer.ETag };
    } catch (error) {
      // An empty object has no first byte.
      if (error instanceof Error && error.name === 'InvalidRange' && from === 0) {
        return { bytes: Buffer.alloc(0), size: 0, eTag: undefined };
      }
      const uri = s3Uri({ bucket, key });
      if (!isAnswered) throw new Error(s3Problem(error, `call s3:GetObject on ${uri}`), { cause: error });
      if (attempt === MAX_ATTEMPTS)
        throw new ArchiveUnreachable(`the connection to S3 breaks off again and again (${uri})`);
      await setTimeout(BROKEN_PAUSE_MS * attempt);
    }
  }
}
