import { whyUnreadable } from '../../input/input-files.ts';
import { ArchiveUnreachable } from '../archive-unreachable.ts';
import type { FileScan } from '../file-scan.ts';
import { PlanUnusable } from '../plan-unusable.ts';
import { s3Uri, type S3Location } from '../s3-location.ts';
import { objectLines, objectsUnder } from './work-objects.ts';

/**
 * What files came to, as the runs of a shard left it. A file that two runs did comes twice.
 *
 * @param start begins the keys of the objects
 * @throws PlanUnusable, naming the object, where one cannot be read; ArchiveUnreachable
 */
export async function* scansIn(start: S3Location): AsyncIterable<FileScan> {
  for await (const object of objectsUnder(start)) yield* scansOf(object);
}

async function* scansOf(object: S3Location): AsyncIterable<FileScan> {
  try {
    for await (const line of objectLines(object)) yield JSON.parse(line) as FileScan;
  } catch (error) {
    if (error instanceof ArchiveUnreachable) throw error;
    throw new PlanUnusable(`${s3Uri(object)}: ${whyUnreadable(error)}`, { cause: error });
  }
}
