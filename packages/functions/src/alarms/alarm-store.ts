import type { Alarm, AlarmIdentity, Sample, SettleStep, Told } from '@trailbell/core/alarm';

/** What the matcher saw of one alarm in one batch. */
export interface Recording {
  readonly identity: AlarmIdentity;
  readonly samples: readonly Sample[];
  /** Kept only where the alarm has none: the first activities of an episode. */
  readonly examples: readonly unknown[];
}

export interface Recorded {
  /** The alarm as it is with the samples in it. */
  readonly alarm: Alarm;
  /** How many of the samples the alarm had already. */
  readonly duplicates: number;
}

/**
 * Where alarms are kept. Every method is one request that either takes effect as a whole or not at all, and each may be
 * repeated: the same recording, step or told notification again leaves the same alarm.
 */
export interface AlarmStore {
  /** Adds samples and marks the alarm as due now. Never conditional: a match is never refused. */
  record(recording: Recording, nowMs: number, rulesVersion: number): Promise<Recorded>;

  read(identity: AlarmIdentity): Promise<Alarm | undefined>;

  /** Writes what `alarm` was settled to, if it is still at the `rev` it was read at; false where it has moved on. */
  write(alarm: Alarm, step: SettleStep, rulesVersion: number): Promise<boolean>;

  /**
   * Notes that a notification went out, frees the slot if it still holds that number, and ends the lease taken for it. Does
   * nothing where another sender has taken over.
   */
  markTold(identity: AlarmIdentity, told: Told): Promise<void>;

  /** The alarms whose time has come, in no particular order. */
  due(nowMs: number): AsyncIterable<Alarm>;
}
