import {
  MINUTE_MS,
  alarmKey,
  minuteOf,
  type Alarm,
  type AlarmIdentity,
  type AlarmState,
  type SettleStep,
  type Told,
} from '@trailbell/core/alarm';
import type { AlarmStore, Recorded, Recording } from '../alarms/alarm-store.ts';
import { withRecording, withinCap } from '../alarms/with-recording.ts';

/** Alarms in this process's memory, for backtests and models: the DynamoDB store's contract, without the requests. */
export class MemoryAlarmStore implements AlarmStore {
  readonly #alarms = new Map<string, { readonly alarm: Alarm; readonly dueMs: number | undefined }>();

  readonly #groups = new Map<string, Set<string>>();

  record(recording: Recording, nowMs: number, rulesVersion: number): Promise<Recorded> {
    const known = this.#alarms.get(alarmKey(recording.identity))?.alarm;
    if (recording.samples.length > 0 && withinCap(known?.samples ?? [], recording).length === 0) {
      return Promise.resolve({ alarm: undefined, duplicates: 0, uncounted: recording.samples.length });
    }
    const recorded = withRecording(known, recording, nowMs, rulesVersion);
    this.#keep(recorded.alarm, minuteOf(nowMs) * MINUTE_MS);
    return Promise.resolve(recorded);
  }

  admitGroup(identity: AlarmIdentity, day: string, limit: number): Promise<boolean> {
    const name = `${identity.rule}/${day}`;
    const groups = this.#groups.get(name) ?? new Set();
    this.#groups.set(name, groups);
    if (groups.size < limit) groups.add(alarmKey(identity));
    return Promise.resolve(groups.has(alarmKey(identity)));
  }

  read(identity: AlarmIdentity): Promise<Alarm | undefined> {
    return Promise.resolve(this.#alarms.get(alarmKey(identity))?.alarm);
  }

  write(alarm: Alarm, step: SettleStep, rulesVersion: number): Promise<boolean> {
    const known = this.#alarms.get(alarmKey(alarm.identity))?.alarm;
    if (known?.rev !== alarm.rev || known.rulesVersion > rulesVersion) return Promise.resolve(false);
    const settled: Alarm = {
      ...known,
      rev: known.rev + 1,
      rulesVersion,
      samples: known.samples.filter(
        (sample) => !step.closedMinutes.includes(sample.minute) && !step.droppedSamples.includes(sample),
      ),
      examples: known.examples.filter(({ minute }) => !step.spentExamples.includes(minute)),
      uncounted: step.resetsUncounted ? 0 : known.uncounted,
      standing: step.standing,
    };
    this.#keep(settled, step.standing.dueMs);
    return Promise.resolve(true);
  }

  markTold(identity: AlarmIdentity, told: Told): Promise<void> {
    const entry = this.#alarms.get(alarmKey(identity));
    if (entry?.alarm.standing === undefined) return Promise.resolve();
    const { owed, lease, ...rest } = entry.alarm.standing;
    const freesSlot = owed?.number === told.notification.number;
    if (freesSlot || lease?.number === told.notification.number) {
      const standing = freesSlot || owed === undefined ? { ...rest, told } : { ...rest, owed, told };
      this.#keep({ ...entry.alarm, rev: entry.alarm.rev + 1, standing }, entry.dueMs);
    }
    return Promise.resolve();
  }

  async *due(nowMs: number): AsyncIterable<Alarm> {
    for (const { alarm, dueMs } of [...this.#alarms.values()]) {
      if (dueMs !== undefined && dueMs <= nowMs) yield await Promise.resolve(alarm);
    }
  }

  /** Those that were settled. */
  states(): readonly AlarmState[] {
    return [...this.#alarms.values()].flatMap(({ alarm }) => alarm.standing?.state ?? []);
  }

  /** When the first alarm is due; undefined where none is. */
  nextDueMs(): number | undefined {
    let first: number | undefined;
    for (const { dueMs } of this.#alarms.values()) {
      if (dueMs !== undefined && (first === undefined || dueMs < first)) first = dueMs;
    }
    return first;
  }

  /** Drops the alarms that are over and were last decided on before a moment, and the days of groups before it. */
  forget(beforeMs: number): void {
    for (const [key, { alarm, dueMs }] of this.#alarms) {
      const isOver = dueMs === undefined && alarm.standing?.expiresAtMs !== undefined;
      if (isOver && alarm.standing.asOfMs < beforeMs) this.#alarms.delete(key);
    }
    const firstDay = new Date(beforeMs).toISOString().slice(0, 10);
    for (const name of this.#groups.keys()) if (name.slice(-10) < firstDay) this.#groups.delete(name);
  }

  #keep(alarm: Alarm, dueMs: number | undefined): void {
    this.#alarms.set(alarmKey(alarm.identity), { alarm, dueMs });
  }
}
