import { fieldOf } from '@trailbell/core/json';

/**
 * One shard of a plan in a bucket, and so what one run of the function is given: a line of the plan's index. All but `rulesKey` are keys
 * in that bucket.
 */
export interface ShardItem {
  /** JSON lines that each name a file of the archive. */
  readonly shard: string;
  /** The compiled rules that were planned with. */
  readonly rules: string;
  /** Tells these rules from others. */
  readonly rulesKey: string;
  /** Begins the keys of what the shard comes to. */
  readonly scans: string;
}

/** What a state machine was given, or what that names, is no shard. Trying again is no use. */
export class BadShard extends Error {
  override readonly name = 'BadShard';
}

/** Reads what the state machine passes on. Other fields are left out. @throws BadShard */
export function readShardItem(value: unknown): ShardItem {
  const of = (name: keyof ShardItem): string => {
    const text = fieldOf(value, name);
    if (typeof text === 'string' && text !== '') return text;
    throw new BadShard(`${name} is missing: this is no line of a plan that trailbell backtest --plan made`);
  };
  return { shard: of('shard'), rules: of('rules'), rulesKey: of('rulesKey'), scans: of('scans') };
}
