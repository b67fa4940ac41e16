import type { AlarmIdentity } from '@trailbell/core/alarm';
import type { Recording } from './alarm-store.ts';
import { settle, type SettleContext, type SettleOutcome } from './settle.ts';

export interface SettledAlarm {
  readonly identity: AlarmIdentity;
  readonly outcome: SettleOutcome;
}

/** What became of the matches of one batch. */
export interface BatchOutcome {
  /** Samples that their alarms had already: CloudTrail's or a delivery's duplicates. */
  readonly duplicates: number;
  readonly settled: readonly SettledAlarm[];
}

/** Alarms that are worked on at once: enough to hide DynamoDB's latency, few enough not to be throttled by one batch. */
const CONCURRENCY = 8;

/**
 * Records the matches of a batch and settles each alarm that they touch. One alarm's failure does not keep the others from
 * being told; when all have been tried, the failures are thrown together, so that Lambda delivers the batch again.
 */
export async function recordAndSettle(recordings: readonly Recording[], context: SettleContext): Promise<BatchOutcome> {
  const settled: SettledAlarm[] = [];
  const failures: unknown[] = [];
  let duplicates = 0;
  const queue = recordings.values();
  const work = async () => {
    for (const recording of queue) {
      try {
        const recorded = await context.store.record(recording, context.nowMs(), context.rulesVersion);
        duplicates += recorded.duplicates;
        settled.push({ identity: recording.identity, outcome: await settle(recorded.alarm, context) });
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} of ${recordings.length} alarms could not be recorded`);
  }
  return { duplicates, settled };
}
