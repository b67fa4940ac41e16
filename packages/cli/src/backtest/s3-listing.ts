import { ListObjectsV2Command, type ListObjectsV2CommandInput, type ListObjectsV2Output } from '@aws-sdk/client-s3';
import type { ArchiveFile } from './archive-files.ts';
import { ArchiveUnreachable } from './archive-unreachable.ts';
import { cloudTrailKey, isAskedFor, isFiltering, mayBeAskedFor, type ArchiveFilter } from './cloudtrail-key.ts';
import { s3Client, s3Problem } from './s3-client.ts';
import { s3Uri, type S3Location } from './s3-location.ts';

/**
 * The objects under a location that are asked for, in the order of their keys. Where accounts, regions or days are asked for, folders
 * of others are not listed, and of a region only the stretch of its days.
 *
 * @throws ArchiveUnreachable
 */
export async function* listedObjects({ bucket, key }: S3Location, filter: ArchiveFilter): AsyncIterable<ArchiveFile> {
  // A name without a slash at its end is an object's, or else a folder's: never the beginning of another name.
  if (key !== '' && !key.endsWith('/')) {
    const { Contents: [first] = [] } = await list({ Bucket: bucket, Prefix: key, MaxKeys: 1 });
    if (first?.Key === key) {
      yield { file: s3Uri({ bucket, key }), bytes: first.Size ?? 0 };
      return;
    }
  }
  yield* listedFolder({ bucket, key: key === '' || key.endsWith('/') ? key : `${key}/` }, filter);
}

async function* listedFolder(folder: S3Location, filter: ArchiveFilter): AsyncIterable<ArchiveFile> {
  const known = cloudTrailKey(folder.key);
  if (!mayBeAskedFor(known, filter)) return;
  if (!isFiltering(filter) || known?.regionFolder !== undefined) {
    yield* listedFlat(folder, filter);
    return;
  }
  for await (const page of pages({ Bucket: folder.bucket, Prefix: folder.key, Delimiter: '/' })) {
    yield* objectsOf(folder.bucket, page, filter);
    for (const { Prefix: inner } of page.CommonPrefixes ?? []) {
      if (inner !== undefined) yield* listedFolder({ bucket: folder.bucket, key: inner }, filter);
    }
  }
}

/** All below, from the first day to the last: keys come in the order of their days. */
async function* listedFlat({ bucket, key }: S3Location, filter: ArchiveFilter): AsyncIterable<ArchiveFile> {
  const known = cloudTrailKey(key);
  const before =
    known?.regionFolder !== undefined && filter.from !== undefined
      ? known.regionFolder + filter.from.replaceAll('-', '/')
      : undefined;
  // S3 wants what it starts after to lie within what is listed, or else leaves nothing out.
  const startAfter = before !== undefined && before > key ? { StartAfter: before } : {};
  for await (const page of pages({ Bucket: bucket, Prefix: key, ...startAfter })) {
    yield* objectsOf(bucket, page, filter);
    const last = cloudTrailKey(page.Contents?.at(-1)?.Key ?? '');
    const isPast = last?.regionFolder === known?.regionFolder && last !== undefined && isAfter(last.day, filter.until);
    if (known?.regionFolder !== undefined && isPast) return;
  }
}

function isAfter(day: string | undefined, until: string | undefined): boolean {
  return day?.length === 8 && until !== undefined && day > until.replaceAll('-', '');
}

function* objectsOf(
  bucket: string,
  { Contents = [] }: ListObjectsV2Output,
  filter: ArchiveFilter,
): Iterable<ArchiveFile> {
  for (const { Key: key, Size: bytes = 0 } of Contents) {
    if (key === undefined || key.endsWith('/') || !isAskedFor(key, filter)) continue;
    yield { file: s3Uri({ bucket, key }), bytes };
  }
}

async function* pages(input: ListObjectsV2CommandInput): AsyncIterable<ListObjectsV2Output> {
  let next: string | undefined;
  do {
    const page = await list({ ...input, ...(next !== undefined && { ContinuationToken: next }) });
    yield page;
    next = page.NextContinuationToken;
  } while (next !== undefined);
}

async function list(input: ListObjectsV2CommandInput): Promise<ListObjectsV2Output> {
  try {
    return await s3Client().send(new ListObjectsV2Command(input));
  } catch (error) {
    // A listing that is not whole would be taken for an archive that holds less.
    throw new ArchiveUnreachable(
      s3Problem(error, `call s3:ListBucket on s3://${input.Bucket ?? ''}/${input.Prefix ?? ''}`),
    );
  }
}
