import {
  PUBLISH_DEADLINE_MS,
  closingStep,
  settleStep,
  type Alarm,
  type AlarmIdentity,
  type AlarmRule,
  type OwedNotification,
  type WithheldNotification,
} from '@trailbell/core/alarm';
import type { AlarmStore } from './alarm-store.ts';

/** What settling reaches outside itself for. */
export interface SettleContext {
  readonly store: AlarmStore;
  /** Publishes to SNS; rejects where SNS did not accept the message, or did not say so before the deadline. */
  readonly publish: (owed: OwedNotification, identity: AlarmIdentity) => Promise<void>;
  /** The rule of an alarm, or undefined where the rules no longer have it. */
  readonly ruleOf: (identity: AlarmIdentity) => AlarmRule | undefined;
  /** The deploy time of these rules; an alarm that newer rules have settled is left to them. */
  readonly rulesVersion: number;
  readonly nowMs: () => number;
}

/** How an attempt at settling an alarm ended. Where something is left to do the reconciler finds it again. */
export type SettleOutcome = SettleProgress &
  (
    | { readonly kind: 'settled' | 'closed' | 'contended' | 'leased' | 'newer-rules' | 'gone' }
    | { readonly kind: 'publish-failed'; readonly error: unknown }
  );

export interface SettleProgress {
  /** How many notifications SNS took. */
  readonly sent: number;
  /** What a silence has kept from being told, from now on. */
  readonly withheld?: WithheldNotification;
}

/** Others writing to the same alarm make a write fail; past this many tries it is left, still due, to the reconciler. */
const MAX_WRITES = 12;

/**
 * Brings one alarm up to date: decide, write, send what is owed, and again until there is nothing left to do. The matcher does
 * this for the alarms it touched, the reconciler for those whose time has come; nothing else changes an alarm's state.
 *
 * A process may die after any line: what it leaves is an alarm that is due, and settling it again goes on from there.
 */
export async function settle(found: Alarm, context: SettleContext): Promise<SettleOutcome> {
  const { store, publish, rulesVersion, nowMs } = context;
  let alarm: Alarm | undefined = found;
  let progress: SettleProgress = { sent: 0 };
  for (let writes = 0; writes < MAX_WRITES; writes++) {
    if (alarm === undefined) return { kind: 'gone', ...progress };
    if (alarm.rulesVersion > rulesVersion) return { kind: 'newer-rules', ...progress };
    const { identity } = alarm;
    const rule = context.ruleOf(identity);
    const step =
      rule === undefined
        ? closingStep(alarm, `Trailbell: the rule ${identity.rule} is no longer deployed.`, nowMs())
        : settleStep(alarm, rule, nowMs());

    if (!(await store.write(alarm, step, rulesVersion))) {
      const moved = await store.read(identity);
      if (moved !== undefined && isSettledSince(found, moved, nowMs())) return { kind: 'settled', ...progress };
      alarm = moved;
      continue;
    }
    if (step.withheld !== undefined) progress = { ...progress, withheld: step.withheld };
    if (step.send === undefined) {
      if (step.standing.owed !== undefined) return { kind: 'leased', ...progress };
      return { kind: rule === undefined ? 'closed' : 'settled', ...progress };
    }
    // A process that stood still since it took the lease must not send any more: its turn is over.
    const { lease } = step.standing;
    if (lease !== undefined && nowMs() + PUBLISH_DEADLINE_MS > lease.untilMs) return { kind: 'leased', ...progress };
    try {
      await publish(step.send, identity);
    } catch (error) {
      return { kind: 'publish-failed', ...progress, error };
    }
    progress = { ...progress, sent: progress.sent + 1 };
    await store.markTold(identity, { notification: step.send, sentAtMs: nowMs() });
    alarm = await store.read(identity);
  }
  return { kind: 'contended', ...progress };
}

/** True where another process has settled the alarm since, with all that it held here: what is recorded is due at once. */
function isSettledSince(found: Alarm, moved: Alarm, nowMs: number): boolean {
  const { dueMs = Infinity } = moved.standing ?? { dueMs: 0 };
  return moved.rev > found.rev && dueMs > nowMs;
}
