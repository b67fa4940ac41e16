import { hash } from 'node:crypto';

/** One match of a rule, as the alarm counts it. */
export interface Sample {
  /** 32 hexadecimal digits that stand for the event; see {@link sampleId}. */
  readonly id: string;
  /** What the match adds to the metric. */
  readonly value: number;
  /** The minute of the log event's timestamp, which is the time that CloudWatch counts by. */
  readonly minute: number;
}

/** The identity of an event: 16 bytes of SHA-256 over CloudTrail's `eventID`, or over the log event's id where there is none. */
export function sampleId(eventId: string): string {
  return hash('sha256', eventId, 'hex').slice(0, 32);
}

/** The copies that {@link distinctSamples} leaves out: the same events in later minutes. */
export function duplicateSamples(samples: readonly Sample[]): readonly Sample[] {
  const counted = new Set(distinctSamples(samples));
  return samples.filter((sample) => !counted.has(sample));
}

/** Each event once. CloudTrail may deliver an event again at a later time: it counts in the earliest minute that has it. */
export function distinctSamples(samples: readonly Sample[]): readonly Sample[] {
  const earliest = new Map<string, Sample>();
  for (const sample of samples) {
    const known = earliest.get(sample.id);
    if (known === undefined || sample.minute < known.minute) earliest.set(sample.id, sample);
  }
  return [...earliest.values()];
}
