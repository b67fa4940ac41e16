import type { Alarm, OwedNotification, Standing } from './alarm.ts';
import { echoOf } from './echo.ts';
import { MINUTE_MS, minuteOf } from './minute.ts';
import { emptyStanding, stepOf, type SettleStep } from './step.ts';

/** How long a closed alarm is kept, in case that its rule comes back at once. */
const KEEP_CLOSED_MS = 60 * MINUTE_MS;

/**
 * What the alarm of a rule that is no longer deployed comes to: what is owed is sent, an open incident is closed, under the name
 * it was opened with, and its samples count no more.
 */
export function closingStep(alarm: Alarm, reason: string, clockMs: number): SettleStep {
  const nowMs = Math.max(clockMs, alarm.standing?.asOfMs ?? 0);
  const before = alarm.standing ?? emptyStanding('OK', nowMs);
  return stepOf(alarm, before, nowMs, {
    state: 'OK',
    toldIntervals: [],
    closedBeforeMinute: minuteOf(nowMs) + 1,
    owed: before.owed ?? closingNotification(before, reason, nowMs) ?? echoOf(before, nowMs),
    changesAtMs: undefined,
    keepsMs: KEEP_CLOSED_MS,
    exampleMinutes: { window: { fromMinute: Infinity, toMinute: Infinity }, late: [] },
  });
}

function closingNotification({ told }: Standing, reason: string, nowMs: number): OwedNotification | undefined {
  if (told?.notification.state !== 'ALARM') return undefined;
  const { number, episode } = told.notification;
  return { number: number + 1, state: 'OK', previousState: 'ALARM', reason, changedAtMs: nowMs, episode };
}
