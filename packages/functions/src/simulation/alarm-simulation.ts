import {
  MINUTE_MS,
  alarmKey,
  type AlarmIdentity,
  type AlarmState,
  type OwedNotification,
  type ToldState,
} from '@trailbell/core/alarm';
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
  /** Alarms have been looked at: their states may be others. */
  readonly onSettled?: () => void;
}

/** How long an alarm that is over is kept: a copy of a record may come as late as this. */
const KEEP_MS = 6 * 60 * MINUTE_MS;

/**
 * The alarms of a deployment over time, without the deployment: matches go in, notifications come out, and the clock is the
 * caller's. The recording, the settling and the reconciling are the Lambdas' own; the store is in memory, SNS takes everything,
 * and the reconciler runs at every full minute by which an alarm is due, at most once a minute.
 */
export class AlarmSimulation {
  readonly #store = new MemoryAlarmStore();
  readonly #rules: AlarmRules;
  readonly #context: SettleContext;
  readonly #onSettled: () => void;
  #nowMs: number;
  #nextRunMs = -Infinity;
  #forgetAtMs: number;
  /** The reconciler makes the alarms that silence trips, when it first runs. */
  #isSeeded: boolean;

  constructor(compiled: CompiledRules, options: AlarmSimulationOptions) {
    const { startMs, deployment, onNotification, onSettled = () => undefined } = options;
    this.#rules = new AlarmRules(compiled, deployment, { prefix: '', deployment: '' });
    this.#isSeeded = this.#rules.silentAlarms().length === 0;
    this.#onSettled = onSettled;
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
    this.#onSettled();
  }

  /** Lets time pass: alarms whose time comes are reconciled, minute by minute. */
  async runUntil(untilMs: number): Promise<void> {
    if (untilMs < this.#nowMs) throw new RangeError('the time of a simulation does not go back');
    for (;;) {
      const dueMs = this.nextDueMs;
      if (dueMs === undefined) break;
      const runsAtMs = Math.max(this.#nextRunMs, fullMinute(Math.max(dueMs, this.#nowMs)));
      if (runsAtMs > untilMs) break;
      this.#nowMs = runsAtMs;
      this.#nextRunMs = runsAtMs + MINUTE_MS;
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
    return this.#isSeeded ? this.#store.nextDueMs() : this.#nowMs;
  }

  /** The states of all alarms that are known. */
  states(): readonly AlarmState[] {
    return this.#store.states();
  }

  async #reconcile(): Promise<void> {
    this.#isSeeded = true;
    await reconcile(this.#context, {
      silentAlarms: this.#rules.silentAlarms(),
      hasTime: () => true,
      onSettled: () => undefined,
      onFailure: (_alarm, error) => {
        throw error;
      },
    });
    this.#onSettled();
  }
}

function fullMinute(atMs: number): number {
  return Math.ceil(atMs / MINUTE_MS) * MINUTE_MS;
}
