import { S3Client } from '@aws-sdk/client-s3';
import { awsFailure, noAccess } from '../deployed/aws-failure.ts';
import { ArchiveUnreachable } from './archive-unreachable.ts';

/** Calls are tried so often, with growing pauses, where S3 is busy or the network fails. */
export const MAX_ATTEMPTS = 6;

let client: S3Client | undefined;

/** A client with the user's credentials and region, one for each thread. A bucket of another region is found. */
export function s3Client(): S3Client {
  client ??= new S3Client({
    maxAttempts: MAX_ATTEMPTS,
    followRegionRedirects: true,
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000 },
  });
  return client;
}

/**
 * Sorts what a call of S3 failed with: returns why this one object or folder cannot be read, or throws where none can.
 *
 * @param action the permission that the call needs, `s3:GetObject on s3://bucket/key`
 * @throws ArchiveUnreachable
 */
export function s3Problem(error: unknown, action: string): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NoSuchKey') return 'there is no such object';
  if (name === 'NoSuchBucket') throw new ArchiveUnreachable(`there is no such bucket (${action})`);
  if (name === 'InvalidObjectState')
    return 'it is in an archive of Glacier, and must be restored before it can be read';
  if (name === 'PreconditionFailed') return 'it was replaced while it was read';
  const failure = awsFailure(error);
  switch (failure.kind) {
    case 'no-access':
      throw new ArchiveUnreachable(noAccess(failure.why).join('\n'));
    case 'denied':
      return `the credentials may not ${action}`;
    case 'not-found':
      return 'there is no such object';
    case 'failed':
      throw new ArchiveUnreachable(`S3 cannot be reached: ${failure.why} (${action})`);
  }
}
