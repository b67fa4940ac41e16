import { alarmKey, type Alarm, type AlarmIdentity } from '@trailbell/core/alarm';
import { MemoryAlarmStore } from '@trailbell/functions/adapters/memory-alarm-store';
import type { AlarmStore } from '@trailbell/functions/alarms/alarm-store';

/** A store with time to live: what a run of the model needs. */
export interface ExpiringStore extends AlarmStore {
  /** Deletes what has expired as of `nowMs`, as DynamoDB does at any moment after. */
  expire(nowMs: number): Promise<void>;
}

/** The memory store with time to live: one store for each alarm, so that an alarm can be forgotten. */
export class ExpiringMemoryStore implements ExpiringStore {
  readonly #stores = new Map<string, { readonly identity: AlarmIdentity; readonly store: MemoryAlarmStore }>();
  readonly #groups = new MemoryAlarmStore();

  record(...[recording, nowMs, rulesVersion]: Parameters<AlarmStore['record']>) {
    return this.#of(recording.identity).record(recording, nowMs, rulesVersion);
  }

  admitGroup(...given: Parameters<AlarmStore['admitGroup']>): Promise<boolean> {
    return this.#groups.admitGroup(...given);
  }

  read(identity: AlarmIdentity): Promise<Alarm | undefined> {
    return this.#of(identity).read(identity);
  }

  write(...[alarm, step, rulesVersion]: Parameters<AlarmStore['write']>): Promise<boolean> {
    return this.#of(alarm.identity).write(alarm, step, rulesVersion);
  }

  markTold(...[identity, told]: Parameters<AlarmStore['markTold']>): Promise<void> {
    return this.#of(identity).markTold(identity, told);
  }

  async *due(nowMs: number): AsyncIterable<Alarm> {
    for (const { store } of [...this.#stores.values()]) yield* store.due(nowMs);
  }

  async expire(nowMs: number): Promise<void> {
    for (const { identity, store } of [...this.#stores.values()]) {
      const expiresAtMs = (await store.read(identity))?.standing?.expiresAtMs;
      if (expiresAtMs !== undefined && expiresAtMs < nowMs) this.forget(identity);
    }
  }

  forget(identity: AlarmIdentity): void {
    this.#stores.delete(alarmKey(identity));
  }

  #of(identity: AlarmIdentity): MemoryAlarmStore {
    const key = alarmKey(identity);
    const known = this.#stores.get(key) ?? { identity, store: new MemoryAlarmStore() };
    this.#stores.set(key, known);
    return known.store;
  }
}
