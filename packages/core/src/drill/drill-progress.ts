import type { Alarm } from '../alarm/alarm.ts';
import { MINUTE_MS, minuteOf } from '../alarm/minute.ts';
import { hasCounted, type DrillPlan } from './plan-drill.ts';

/** The hops of a drill in their order, from the log group to the topic. */
export const DRILL_HOPS = ['counted', 'alarm-decided', 'alarm-told', 'ok-decided', 'ok-told'] as const;
export type DrillHop = (typeof DRILL_HOPS)[number];

/** When each hop was made (epoch ms), as far as it was. */
export type DrillProgress = Readonly<Partial<Record<DrillHop, number>>>;

/** What an alarm in the table says of how far a drill has come. `seenMs` is when it was read: the item does not say when it counted. */
export function drillProgress(
  alarm: Alarm | undefined,
  plan: Pick<DrillPlan, 'sampleIds' | 'records'>,
  seenMs: number,
): DrillProgress {
  if (alarm === undefined || !hasCounted(alarm.samples, plan)) return {};
  const { told, state, stateSinceMs } = alarm.standing ?? {};
  const lastRecordMs = plan.records.at(-1)?.timestamp ?? 0;
  const notification =
    told !== undefined && told.notification.episode.lastMs >= startOfMinute(lastRecordMs)
      ? told.notification
      : undefined;
  const decidedMs = notification?.changedAtMs ?? (state === 'ALARM' ? stateSinceMs : undefined);
  const progress: DrillProgress = { counted: Math.min(seenMs, decidedMs ?? seenMs) };
  if (decidedMs === undefined) return progress;
  if (notification === undefined || told === undefined) return { ...progress, 'alarm-decided': decidedMs };
  return notification.state === 'ALARM'
    ? { ...progress, 'alarm-decided': decidedMs, 'alarm-told': told.sentAtMs }
    : { ...progress, 'ok-decided': decidedMs, 'ok-told': told.sentAtMs };
}

function startOfMinute(atMs: number): number {
  return minuteOf(atMs) * MINUTE_MS;
}

/** Why an alarm cannot be used for a drill now; undefined where it can. */
export function busyWith(alarm: Alarm | undefined): string | undefined {
  const { standing } = alarm ?? {};
  if (standing?.state === 'ALARM' || standing?.told?.notification.state === 'ALARM') return 'it is on';
  return standing?.owed === undefined ? undefined : 'it owes a notification';
}
