import type { Alarm, AlarmIdentity, Examples, Sample, SettleStep, Told } from '@trailbell/core/alarm';

/** What the matcher saw of one alarm in one batch. */
export interface AlarmMatches {
  readonly identity: AlarmIdentity;
  readonly samples: readonly Sample[];
  /** Kept for each minute that has none yet. */
  readonly examples: readonly Examples[];
}

export interface Recording extends AlarmMatches {
  /** How many samples a minute takes; what comes on top is not counted. */
  readonly minuteCap: number;
}

export interface Recorded {
  /** The alarm as it is with the samples in it; undefined where nothing was written, because all of the minutes are full. */
  readonly alarm: Alarm | undefined;
  /** How many of the samples the alarm had already. */
  readonly duplicates: number;
  /** How many were not counted, because their minute is full. */
  readonly uncounted: number;
}

/** Told of an item that is no alarm, by its key. */
export type OnUnreadable = (key: string, error: unknown) => void;

/**
 * Where alarms are kept. Every method is one request that either takes effect as a whole or not at all, and each may be
 * repeated: the same recording, step or told notification again leaves the same alarm.
 */
export interface AlarmStore {
  /** Adds samples and marks the alarm as due now. Whatever else is going on, a match is never refused; a full minute takes none. */
  record(recording: Recording, nowMs: number, rulesVersion: number): Promise<Recorded>;

  /** Whether a group has an alarm of its own on a day: true for the first `limit` groups of its rule. */
  admitGroup(identity: AlarmIdentity, day: string, limit: number): Promise<boolean>;

  read(identity: AlarmIdentity): Promise<Alarm | undefined>;

  /**
   * Writes what `alarm` was settled to, if it is still at the `rev` it was read at; false where it has moved on. It has moved on
   * also where the answer to this very write was lost and the SDK made it again: then the reconciler goes on when the lease is over.
   */
  write(alarm: Alarm, step: SettleStep, rulesVersion: number): Promise<boolean>;

  /**
   * Notes that a notification went out, frees the slot if it still holds that number, and ends the lease taken for it. Does
   * nothing where another sender has taken over.
   */
  markTold(identity: AlarmIdentity, told: Told): Promise<void>;

  /**
   * The alarms whose time has come, a shard of the index after the other. An item that is none is reported (thrown, unless
   * somebody listens), and the others come.
   */
  due(nowMs: number, onUnreadable?: OnUnreadable): AsyncIterable<Alarm>;
}
