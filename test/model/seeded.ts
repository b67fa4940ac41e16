/**
 * A number from 0 up to 1 that depends on nothing but its arguments. Keyed rather than drawn from a stream, so that taking one
 * delivery out of a plan leaves the timing of all the others as it was: failing plans shrink.
 */
export function seeded(seed: number, ...keys: readonly number[]): number {
  let mixed = seed | 0;
  for (const key of keys) {
    mixed = Math.imul(mixed ^ (key + 0x9e3779b9), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    mixed ^= mixed >>> 16;
  }
  return (mixed >>> 0) / 2 ** 32;
}
