import { MINUTE_MS, alarmKey, type AlarmIdentity, type OwedNotification, type ToldState } from '@trailbell/core/alarm';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import type { Deployment } from '@trailbell/core/notification';
import { MemoryAlarmStore } from '../adapters/memory-alarm-store.ts';
import { AlarmRules } from '../alarms/alarm-rules.ts';
import type { AlarmMatches } from '../alarms/alarm-store.ts';
import { reconcile } from '../alarms/reconcile.ts';
import { recordAndSettle } from '../alarms/record-and-settle.ts';
import type { SettleContext } from '../alarms/settle.ts';

/** A notification that the pipeline would have sent, and when. */
export interface SimulatedNotification {
  readonly atMs: number;
  readonly identity: AlarmIdentity;
  readonly notification: OwedNotification;
  /** True where the alarm was told in this state before: an echo, or a page that reminds. It opens and closes nothing. */
  readonly isRepeated: boolean;
}

export interface AlarmSimulationOptions {
  /** Where it begins. */
  readonly startMs: number;
  readonly deployment: Deployment;
  readonly onNotification: (notification: SimulatedNotification) => void;
}

/** How long an alarm that is over is kept: a copy of a record may come as late as this. */
const KEEP_MS = 6 * 60 * MINUTE_MS;

/**
 * The alarms of a deployment over time, without the deployment: matches go in, notifications come out, and the clock is the
 * caller's. The recording, the settling and the reconciling are the Lambdas' own; the store is in memory, SNS takes everything,
 * and the reconciler runs at every full minute in which an alarm is due.
 */
export class AlarmSimulation {
  readonly #store = new MemoryAlarmStore();
  readonly #rules: AlarmRules;
  readonly #context: SettleContext;
  #nowMs: number;
  #forgetAtMs: number;

  constructor(compiled: CompiledRules, { startMs, deployment, onNotification }: AlarmSimulationOptions) {
    this.#rules = new AlarmRules(compiled, deployment, { prefix: '', deployment: '' });
    this.#nowMs = startMs;
    this.#forgetAtMs = startMs + KEEP_MS;
    const told = new Map<string, ToldState>();
    this.#context = {
      store: this.#store,
      publish: (notification, identity) => {
        const key = alarmKey(identity);
        const isRepeated = told.get(key) === notification.state;
        told.set(key, notification.state);
        onNotification({ atMs: this.#nowMs, identity, notification, isRepeated });
        return Promise.resolve();
      },
      ruleOf: (identity) => this.#rules.of(identity),
      rulesVersion: compiled.version,
      nowMs: () => this.#nowMs,
    };
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Matches that arrive at a moment, which is not before the last one. */
  async arrive(batch: readonly AlarmMatches[], atMs: number): Promise<void> {
    await this.runUntil(atMs);
    await recordAndSettle(batch, this.#context);
  }

  /** Lets time pass: alarms whose time comes are reconciled, minute by minute. */
  async runUntil(untilMs: number): Promise<void> {
    if (untilMs < this.#nowMs) throw new RangeError('the time of a simulation does not go back');
    await this.#seed();
    for (;;) {
      const dueMs = this.#store.nextDueMs();
      if (dueMs === undefined) break;
      const wakesAtMs = Math.max(this.#nowMs + 1, Math.ceil(dueMs / MINUTE_MS) * MINUTE_MS);
      if (wakesAtMs > untilMs) break;
      this.#nowMs = wakesAtMs;
      await this.#reconcile();
    }
    this.#nowMs = untilMs;
    if (untilMs >= this.#forgetAtMs) {
      this.#store.forget(untilMs - KEEP_MS);
      this.#forgetAtMs = untilMs + KEEP_MS;
    }
  }

  /** When something happens next without another match; undefined where nothing would. */
  get nextDueMs(): number | undefined {
    return this.#store.nextDueMs();
  }

  #isSeeded = false;

  async #seed(): Promise<void> {
    if (this.#isSeeded) return;
    this.#isSeeded = true;
    if (this.#rules.silentAlarms().length > 0) await this.#reconcile();
  }

  async #reconcile(): Promise<void> {
    await reconcile(this.#context, {
      silentAlarms: this.#rules.silentAlarms(),
      hasTime: () => true,
      onSettled: () => undefined,
      onFailure: (_alarm, error) => {
        throw error;
      },
    });
  }
}
