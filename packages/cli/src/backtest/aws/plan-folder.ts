import { PlanUnusable } from '../plan-unusable.ts';
import { s3Location, type S3Location } from '../s3-location.ts';

/** Of a plan in a bucket, what the state machine reads: a line for each shard. It is written last, so a plan that has one is whole. */
export const INDEX_NAME = 'plan.jsonl';

/** Keys of these characters mean the same in a shell, in JSON and in a policy. */
const FOLDER_KEY = /^(?:[\w.-]+\/)+$/;

/** Reads where a plan in a bucket lies, with a slash at its end; undefined for a folder of this machine. @throws PlanUnusable */
export function planFolder(uri: string): S3Location | undefined {
  const location = s3Location(uri);
  if (location === undefined) return undefined;
  const { bucket, key } = location;
  const folder = { bucket, key: key.endsWith('/') ? key : `${key}/` };
  if (FOLDER_KEY.test(folder.key)) return folder;
  throw new PlanUnusable(
    `${uri}: name a folder in the bucket for the plan, of letters, digits and . _ - such as s3://${bucket}/first/`,
  );
}
