import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { PlanUnusable } from '../plan-unusable.ts';
import { rulesKey } from '../rules-key.ts';
import { s3Location, s3Uri, type S3Location } from '../s3-location.ts';
import { cutShards, type CutSettings, type Plan } from '../shards.ts';
import { INDEX_NAME } from './plan-folder.ts';
import type { ShardItem } from './shard-item.ts';
import { objectsUnder, putObject } from './work-objects.ts';

export interface BucketPlanSettings extends CutSettings {
  /** Those that the shards will be scanned with, whatever is deployed. */
  readonly compiled: CompiledRules;
  /** Where the plan goes: a key that ends in a slash, under which there is nothing yet. */
  readonly folder: S3Location;
}

/** Cuts an archive in buckets into shards, in a bucket that a state machine reads. @throws PlanUnusable, ArchiveUnreachable */
export async function planInBucket({ compiled, folder, ...settings }: BucketPlanSettings): Promise<Plan> {
  const here = settings.paths.filter((path) => s3Location(path) === undefined);
  if (here.length > 0) {
    throw new PlanUnusable(`${here.join(', ')}: a plan in a bucket is for archives in buckets, s3://bucket/prefix`);
  }
  for await (const taken of objectsUnder(folder)) {
    throw new PlanUnusable(`there is ${s3Uri(taken)} already: name another folder, or remove this one`);
  }
  const rules = `${folder.key}rules.json`;
  const put = (key: string, text: string) => putObject({ bucket: folder.bucket, key }, text);
  const items: ShardItem[] = [];
  const plan = await cutShards(settings, async (name, lines) => {
    const shard = `${folder.key}shards/${name}.jsonl`;
    await put(shard, lines);
    items.push({ shard, rules, rulesKey: rulesKey(compiled), scans: `${folder.key}scans/${name}/` });
    return s3Uri({ bucket: folder.bucket, key: shard });
  });
  if (items.length === 0) return plan;
  await put(rules, JSON.stringify(compiled));
  await put(folder.key + INDEX_NAME, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  return plan;
}
