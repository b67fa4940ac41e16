import { counted } from '../terminal/counted.ts';
import { PlanUnusable } from './plan-unusable.ts';

/** A shard, and how many of its files no run has done. */
export interface UnfinishedShard {
  readonly shard: string;
  readonly files: number;
  readonly filesLeft: number;
}

/** So many are named; the others are counted. */
const NAMED_SHARDS = 20;

/** Shards that are not done would be missing from every total. @throws PlanUnusable, naming them, where there are any */
export function refuseUnfinished(shards: readonly UnfinishedShard[]): void {
  const unfinished = shards.filter(({ filesLeft }) => filesLeft > 0);
  if (unfinished.length === 0) return;
  const more = unfinished.length - NAMED_SHARDS;
  throw new PlanUnusable(
    [
      ...unfinished.slice(0, NAMED_SHARDS).map(lineOf),
      ...(more > 0 ? [`and ${counted(more, 'more shard')}`] : []),
      'A result without them would be wrong: scan them to their end, then merge.',
    ].join('\n'),
  );
}

function lineOf({ shard, files, filesLeft }: UnfinishedShard): string {
  if (filesLeft === files) return `${shard}: not scanned`;
  return `${shard}: ${filesLeft.toLocaleString('en-US')} of ${counted(files, 'file')} not scanned yet`;
}
