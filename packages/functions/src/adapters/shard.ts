import { createHash } from 'node:crypto';
import { ALARM_TABLE } from '@trailbell/core/alarm';

/** The shard of the due index that an alarm is in: always the same one. */
export function shardOf(alarmKey: string): number {
  return createHash('sha256').update(alarmKey).digest().readUInt16BE(0) % ALARM_TABLE.dueIndex.shards;
}
