import { Readable } from 'node:stream';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { whyUnreadable } from '../../input/input-files.ts';
import { unpackedText } from '../../input/unpacked-text.ts';
import { partsOf } from '../archive-source.ts';
import { ArchiveUnreachable } from '../archive-unreachable.ts';
import { s3Client, s3Problem } from '../s3-client.ts';
import { listedObjects } from '../s3-listing.ts';
import { s3Location, s3Uri, type S3Location } from '../s3-location.ts';
import { openObject } from '../s3-source.ts';

/** Writes an object, which is there whole or not at all. @throws ArchiveUnreachable */
export async function putObject({ bucket, key }: S3Location, body: string | Buffer): Promise<void> {
  try {
    await s3Client().send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  } catch (error) {
    throw new ArchiveUnreachable(s3Problem(error, `call s3:PutObject on ${s3Uri({ bucket, key })}`));
  }
}

/** The lines of an object, packed or not, read in ranges; empty ones are left out. Rejects as openSource does. */
export async function* objectLines(location: S3Location): AsyncIterable<string> {
  const source = await openObject(location);
  for await (const line of unpackedText(Readable.from(partsOf(source)))) if (line !== '') yield line;
}

/**
 * Reads what a plan's object must hold.
 *
 * @param refuse makes the error for one that is missing, or holds no such thing
 * @throws ArchiveUnreachable
 */
export async function readWork<Content>(
  location: S3Location,
  read: (lines: readonly string[]) => Content,
  refuse: (why: string, cause: unknown) => Error,
): Promise<Content> {
  try {
    const lines: string[] = [];
    for await (const line of objectLines(location)) lines.push(line);
    return read(lines);
  } catch (error) {
    if (error instanceof ArchiveUnreachable) throw error;
    throw refuse(`${s3Uri(location)}: ${whyUnreadable(error)}`, error);
  }
}

/** The objects whose keys begin with the location's, in the order of their keys. @throws ArchiveUnreachable */
export async function* objectsUnder(folder: S3Location): AsyncIterable<S3Location> {
  for await (const { file } of listedObjects(folder, {})) {
    const location = s3Location(file);
    if (location !== undefined) yield location;
  }
}
