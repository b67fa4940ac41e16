import { minuteCap, type Alarm, type AlarmIdentity } from '@trailbell/core/alarm';
import type { SettledAlarm } from './record-and-settle.ts';
import { settle, type SettleContext } from './settle.ts';

export interface ReconcileOptions {
  /** Alarms that ring when nothing happens: no match wakes them, so they are made due where they are missing, or are not. */
  readonly silentAlarms: readonly AlarmIdentity[];
  /** False once no further alarm should be begun. */
  readonly hasTime: () => boolean;
  readonly onSettled: (alarm: SettledAlarm) => void;
  readonly onFailure: (alarm: AlarmIdentity, error: unknown) => void;
}

export interface Reconciliation {
  readonly failures: number;
  /** False where alarms that are due were left for the next time. */
  readonly isComplete: boolean;
  /** How long the alarm that waited longest had been due, in milliseconds. */
  readonly lagMs: number;
}

const CONCURRENCY = 8;

/**
 * Settles every alarm that is due; rejects where the store does not list them. Each is written on its own, so what is done stays
 * done wherever the process ends.
 */
export async function reconcile(context: SettleContext, options: ReconcileOptions): Promise<Reconciliation> {
  const { store, nowMs } = context;
  const startedMs = nowMs();
  let [failures, lagMs, isComplete] = [0, 0, true];
  for (const identity of options.silentAlarms) {
    await seed(identity, context).catch((error: unknown) => {
      failures += 1;
      options.onFailure(identity, error);
    });
  }
  const onUnreadable = (key: string, error: unknown) => {
    failures += 1;
    options.onFailure({ rule: key, group: [] }, error);
  };
  const due = store.due(startedMs, onUnreadable)[Symbol.asyncIterator]();
  let brokenOff: Error | undefined;
  const nextDue = async (): Promise<Alarm | undefined> => {
    if (brokenOff !== undefined) return undefined;
    try {
      const next = await due.next();
      return next.done === true ? undefined : next.value;
    } catch (error) {
      brokenOff = error instanceof Error ? error : new Error(String(error));
      return undefined;
    }
  };
  const work = async () => {
    for (;;) {
      if (!options.hasTime()) {
        isComplete = false;
        return;
      }
      const alarm = await nextDue();
      if (alarm === undefined) return;
      lagMs = Math.max(lagMs, startedMs - (alarm.standing?.dueMs ?? startedMs));
      try {
        options.onSettled({ identity: alarm.identity, outcome: await settle(alarm, context) });
      } catch (error) {
        failures += 1;
        options.onFailure(alarm.identity, error);
      }
    }
  };
  // All are awaited, whatever fails: a function that returns with a publish in flight would send it at its next invocation.
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  if (brokenOff !== undefined) throw brokenOff;
  return { failures, isComplete, lagMs };
}

/** What was left by the rule as it was before, or by a rule that was gone, is not due. */
function isWatched(alarm: Alarm | undefined): boolean {
  return alarm !== undefined && (alarm.standing === undefined || alarm.standing.dueMs !== undefined);
}

async function seed(identity: AlarmIdentity, { store, ruleOf, nowMs, rulesVersion }: SettleContext): Promise<void> {
  const rule = ruleOf(identity);
  if (rule === undefined || isWatched(await store.read(identity))) return;
  await store.record({ identity, samples: [], examples: [], minuteCap: minuteCap(rule.metric) }, nowMs(), rulesVersion);
}
