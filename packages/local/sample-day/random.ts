const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const HEX = '0123456789abcdef';

/** A sequence that depends on its seed alone, so that the same day comes out every time. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  readonly integer: (min: number, max: number) => number;
  readonly hex: (length: number) => string;
  /** Capital letters and digits, as in the ids of AWS. */
  readonly code: (length: number) => string;
  /** A version 4 UUID. */
  readonly uuid: () => string;
}

/** Seeds mulberry32 with the FNV-1a hash of a text. Good enough for made-up ids, and for nothing else. */
export function createRandom(seed: string): Random {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(seed)) state = Math.imul(state ^ byte, 0x01000193);

  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1));
  const text = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet.charAt(integer(0, alphabet.length - 1))).join('');
  const hex = (length: number) => text(HEX, length);

  return {
    integer,
    hex,
    code: (length) => text(LETTERS_AND_DIGITS, length),
    uuid: () => [hex(8), hex(4), `4${hex(3)}`, `${text('89ab', 1)}${hex(3)}`, hex(12)].join('-'),
  };
}
