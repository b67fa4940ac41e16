import { LATENESS_MINUTES, minuteCap, minuteOf, type AlarmIdentity } from '@trailbell/core/alarm';
import { admitGroup } from './admit-group.ts';
import type { AlarmMatches, Recorded } from './alarm-store.ts';
import { settle, type SettleContext, type SettleOutcome } from './settle.ts';

export interface SettledAlarm {
  readonly identity: AlarmIdentity;
  readonly outcome: SettleOutcome;
}

/** What became of the matches of one batch. */
export interface BatchOutcome {
  /** Samples that their alarms had already: CloudTrail's or a delivery's duplicates. */
  readonly duplicates: number;
  /** Samples that were not counted, because their minute is full: the alarm rings without them. */
  readonly uncounted: number;
  /** Samples that came too late to be counted in the minute that they belong to. */
  readonly late: number;
  readonly settled: readonly SettledAlarm[];
}

/** Alarms that are worked on at once: enough to hide DynamoDB's latency, few enough not to be throttled by one batch. */
const CONCURRENCY = 8;

/**
 * Records the matches of a batch and settles each alarm that they touch. One alarm's failure does not keep the others from
 * being told; when all have been tried, the failures are thrown together, so that Lambda delivers the batch again.
 */
export async function recordAndSettle(batch: readonly AlarmMatches[], context: SettleContext): Promise<BatchOutcome> {
  const settled: SettledAlarm[] = [];
  const failures: unknown[] = [];
  let [duplicates, uncounted, late] = [0, 0, 0];
  const queue = batch.values();
  const work = async () => {
    for (const matches of queue) {
      try {
        const inTime = withoutLate(matches, context.nowMs());
        late += matches.samples.length - inTime.samples.length;
        if (inTime.samples.length === 0) continue;
        for (const admitted of await admitGroup(inTime, context)) {
          const recorded = await record(admitted, context);
          duplicates += recorded.duplicates;
          uncounted += recorded.uncounted;
          if (recorded.alarm === undefined) continue;
          settled.push({ identity: admitted.identity, outcome: await settle(recorded.alarm, context) });
        }
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} of ${batch.length} alarms could not be recorded`);
  }
  return { duplicates, uncounted, late, settled };
}

async function record(matches: AlarmMatches, { store, ruleOf, nowMs, rulesVersion }: SettleContext): Promise<Recorded> {
  const rule = ruleOf(matches.identity);
  if (rule === undefined) throw new Error(`a match of the rule ${matches.identity.rule}, which is not deployed`);
  return store.record({ ...matches, minuteCap: minuteCap(rule.metric) }, nowMs(), rulesVersion);
}

function withoutLate({ identity, samples, examples }: AlarmMatches, nowMs: number): AlarmMatches {
  const earliest = minuteOf(nowMs) - LATENESS_MINUTES;
  return {
    identity,
    samples: samples.filter(({ minute }) => minute >= earliest),
    examples: examples.filter(({ minute }) => minute >= earliest),
  };
}
