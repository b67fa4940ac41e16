/** Ids of log events in the shape of AWS's. */

/** AWS's ids are numbers of about 186 bits with the timestamp on top: in time order they sort as text. */
const SEQUENCE_BITS = 144n;

/** 56 decimal digits for the `sequence`-th event of a log group, unique as long as the sequence is. */
export function logEventId(timestampMs: number, sequence: number): string {
  return ((BigInt(timestampMs) << SEQUENCE_BITS) + BigInt(sequence)).toString().padStart(56, '0');
}
