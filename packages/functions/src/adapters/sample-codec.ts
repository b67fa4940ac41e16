import { Buffer } from 'node:buffer';
import type { Sample } from '@trailbell/core/alarm';

const ID_BYTES = 16;
const PREFIX = 'm';

/** The attribute that holds the samples of a minute: `m` and the minute since the epoch. */
export function minuteAttribute(minute: number): string {
  return `${PREFIX}${minute}`;
}

/** A sample as an element of its minute's set: the 16 bytes of its id, and the value as a double where it is not 1. */
export function encodeSample({ id, value }: Sample): Uint8Array {
  const bytes = Buffer.from(id, 'hex');
  if (value === 1) return bytes;
  const double = Buffer.alloc(8);
  double.writeDoubleBE(value);
  return Buffer.concat([bytes, double]);
}

/** The samples of every minute attribute of an item. */
export function decodeSamples(item: Readonly<Record<string, unknown>>): readonly Sample[] {
  return Object.entries(item).flatMap(([name, elements]) => {
    const minute = Number(name.slice(PREFIX.length));
    if (!name.startsWith(PREFIX) || !Number.isInteger(minute) || !(elements instanceof Set)) return [];
    return [...elements].filter((element) => element instanceof Uint8Array).map((element) => decode(element, minute));
  });
}

function decode(element: Uint8Array, minute: number): Sample {
  const bytes = Buffer.from(element);
  const value = bytes.length === ID_BYTES ? 1 : bytes.readDoubleBE(ID_BYTES);
  return { id: bytes.toString('hex', 0, ID_BYTES), value, minute };
}
