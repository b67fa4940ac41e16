import type { Alarm, OwedNotification } from './alarm.ts';
import { emptyStanding, type SettleStep } from './step.ts';

/** What becomes of an alarm of which PagerDuty may not know how it stands. */
export type TellingAgain =
  /** The step makes it owe what was told last, once more. Settling sends it, and goes on from there. */
  | { readonly kind: 'owes'; readonly step: SettleStep }
  /** It owes a notification as it is. */
  | { readonly kind: 'owes-already' }
  /** Nothing was ever told of it. */
  | { readonly kind: 'nothing-to-tell' };

/**
 * Makes an alarm owe its last notification again, with a number of its own, because the one that went out may not have reached
 * anybody. It is what was decided last, never an older message: where the alarm has changed since, settling finds that and tells the
 * change as well. Pure, and safe to repeat: an alarm that owes something is left alone.
 *
 * @param closing told where nothing is known to have been told: the OK of an incident that may be open, though the alarm was
 * forgotten since
 */
export function tellAgain(alarm: Alarm, nowMs: number, closing?: OwedNotification): TellingAgain {
  const before = alarm.standing ?? emptyStanding('OK', nowMs);
  if (before.owed !== undefined) return { kind: 'owes-already' };
  const told = before.told?.notification ?? (before.state === 'ALARM' ? undefined : closing);
  if (told === undefined) return { kind: 'nothing-to-tell' };
  const { lease: _over, expiresAtMs: _kept, ...standing } = before;
  return {
    kind: 'owes',
    step: {
      standing: {
        ...standing,
        owed: { ...told, number: told.number + 1 },
        dueMs: Math.min(nowMs, before.dueMs ?? nowMs),
      },
      closedMinutes: [],
      droppedSamples: [],
      spentExamples: [],
      resetsUncounted: false,
    },
  };
}
