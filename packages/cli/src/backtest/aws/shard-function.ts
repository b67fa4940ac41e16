import type { Context } from 'aws-lambda';
import { scanShard, type ShardProgress } from './scan-shard.ts';
import { readShardItem } from './shard-item.ts';

const WORK_BUCKET = 'TRAILBELL_WORK_BUCKET';

const { [WORK_BUCKET]: workBucket } = process.env;
if (workBucket === undefined) throw new Error(`the environment lacks ${WORK_BUCKET}`);
const bucket = workBucket;

/** Is given one shard of a plan by the state machine, as often as it takes until the shard is done. */
export async function handler(item: unknown, context: Context): Promise<ShardProgress> {
  return await scanShard(readShardItem(item), {
    bucket,
    run: context.awsRequestId,
    remainingMs: () => context.getRemainingTimeInMillis(),
  });
}
