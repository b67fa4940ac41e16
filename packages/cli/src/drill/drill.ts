import { otherGroup, type Alarm, type AlarmIdentity } from '@trailbell/core/alarm';
import {
  DRILL_HOPS,
  busyWith,
  drillProgress,
  hasCounted,
  type DrillHop,
  type DrillPlan,
  type DrillProgress,
  type DrillRecord,
} from '@trailbell/core/drill';

const MINUTE_MS = 60_000;
/** How often the table is looked at: until the ALARM was told, and while it lasts. */
const LOOK_EVERY_MS = 2_000;
const WATCH_EVERY_MS = 10_000;

/** How long the records may take to be counted, and an ALARM to be told, and an OK beyond the time for which the alarm is on. */
const ALARM_WITHIN_MS = 10 * MINUTE_MS;
const OK_WITHIN_MS = 5 * MINUTE_MS;

/** Where a drill is held: a deployment in AWS, or one on this machine. */
export interface DrillPlace {
  /** Puts records into the log group. */
  readonly put: (records: readonly DrillRecord[]) => Promise<void>;
  /** An alarm as the table has it. */
  readonly read: (identity: AlarmIdentity) => Promise<Alarm | undefined>;
  readonly nowMs: () => number;
  readonly sleep: (durationMs: number) => Promise<void>;
}

/** How a drill ended. `hop` is the one that did not come in time. */
export type DrillVerdict =
  | { readonly kind: 'passed'; readonly startMs: number; readonly progress: DrillProgress }
  | { readonly kind: 'stuck'; readonly hop: DrillHop; readonly waitedMs: number }
  /** A silence, or a rule that is staged where it is deployed, holds the page back. */
  | { readonly kind: 'withheld' }
  | { readonly kind: 'busy'; readonly why: string };

/** Puts a drill's records and follows its alarm until the OK is told, or does not come in time. */
export async function drill(
  place: DrillPlace,
  plan: DrillPlan,
  onHop: (hop: DrillHop, afterMs: number) => void,
): Promise<DrillVerdict> {
  const why = busyWith(await place.read(plan.identity));
  if (why !== undefined) return { kind: 'busy', why };
  const startMs = place.nowMs();
  await place.put(plan.records);
  let progress: DrillProgress = {};
  for (;;) {
    const alarm = await alarmOf(place, plan);
    const next = { ...drillProgress(alarm, plan, place.nowMs()), ...progress };
    for (const hop of DRILL_HOPS) {
      const atMs = next[hop];
      if (atMs !== undefined && progress[hop] === undefined) onHop(hop, Math.max(0, atMs - startMs));
    }
    progress = next;
    if (progress['ok-told'] !== undefined) return { kind: 'passed', startMs, progress };
    const isHeldBack = alarm !== undefined && hasCounted(alarm.samples, plan);
    if (isHeldBack && alarm.standing?.withheldSinceMs !== undefined) return { kind: 'withheld' };
    const waitedMs = place.nowMs() - startMs;
    const isRung = progress['alarm-told'] !== undefined;
    if (waitedMs > (isRung ? ALARM_WITHIN_MS + plan.onForMs + OK_WITHIN_MS : ALARM_WITHIN_MS)) {
      const hop = DRILL_HOPS.find((each) => progress[each] === undefined) ?? 'ok-told';
      return { kind: 'stuck', hop, waitedMs };
    }
    await place.sleep(isRung ? WATCH_EVERY_MS : LOOK_EVERY_MS);
  }
}

/** A group past its rule's limit shares another alarm. */
async function alarmOf(place: DrillPlace, plan: DrillPlan): Promise<Alarm | undefined> {
  const own = await place.read(plan.identity);
  if (plan.identity.group.length === 0 || (own !== undefined && hasCounted(own.samples, plan))) return own;
  const other = await place.read(otherGroup(plan.identity));
  return other !== undefined && hasCounted(other.samples, plan) ? other : own;
}
