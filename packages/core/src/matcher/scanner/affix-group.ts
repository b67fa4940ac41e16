import { Buffer } from 'node:buffer';
import type { FieldAffix } from './field-lookups.ts';

/** The prefixes (suffixes) of one field as the scanner searches them. */
export interface AffixGroup {
  readonly sorted: readonly SortedAffix[];
  /** How many bytes all begin (end) with. */
  readonly commonLength: number;
  readonly minLength: number;
  readonly filter: AffixFilter;
}

/** See AFFIXES_FILTER in assembly/layout.ts. */
export interface AffixFilter {
  readonly bits: Uint32Array;
  readonly wordAt: number;
  readonly shift: number;
}

export interface SortedAffix {
  readonly affix: FieldAffix;
  readonly byteLength: number;
  /** The number of the longest other one that this begins (ends) with, plus one; 0 for none. */
  readonly shorter: number;
}

/** Prefixes are put in the order of their bytes; suffixes in that of their reversed bytes. */
export function groupAffixes(affixes: Iterable<FieldAffix>, kind: 'prefix' | 'suffix'): AffixGroup {
  const ordered = [...affixes]
    .map((affix) => {
      const bytes = Buffer.from(affix.text, 'utf8');
      return { affix, order: kind === 'prefix' ? bytes : bytes.reverse() };
    })
    .sort((one, other) => Buffer.compare(one.order, other.order));
  const orders = ordered.map(({ order }) => order);
  const shorter = shorterOnes(orders);
  const commonLength = commonPrefix(orders[0], orders.at(-1));
  const minLength = orders.reduce((length, order) => Math.min(length, order.length), orders[0]?.length ?? 0);
  return {
    sorted: ordered.map(({ affix, order }, index) => ({
      affix,
      byteLength: order.length,
      shorter: shorter[index] ?? 0,
    })),
    commonLength,
    minLength,
    filter: filterOf(orders, Math.min(commonLength, minLength - WORD_BYTES), minLength, kind),
  };
}

function shorterOnes(orders: readonly Uint8Array[]): readonly number[] {
  let open: readonly { readonly number: number; readonly order: Uint8Array }[] = [];
  return orders.map((order, index) => {
    open = open.filter((affix) => startsWith(order, affix.order));
    const shorter = open.at(-1)?.number ?? 0;
    open = [...open, { number: index + 1, order }];
    return shorter;
  });
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && commonPrefix(bytes, start) === start.length;
}

/** Of the first and last of sorted texts this is what all have in common. */
function commonPrefix(one: Uint8Array | undefined, other: Uint8Array | undefined): number {
  if (one === undefined || other === undefined) return 0;
  let length = 0;
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length++;
  return length;
}

const WORD_BYTES = 4;
const MIN_FILTER_BITS = 8;
/** Of as many bits for each affix few are set, so that most other texts are told apart. */
const FILTER_BITS_AN_AFFIX = 16;

function filterOf(
  orders: readonly Uint8Array[],
  wordAt: number,
  minLength: number,
  kind: 'prefix' | 'suffix',
): AffixFilter {
  const size = Math.max(MIN_FILTER_BITS, Math.ceil(Math.log2(orders.length * FILTER_BITS_AN_AFFIX)));
  const shift = 32 - size;
  const bits = new Uint32Array(2 ** size / 32);
  if (minLength < WORD_BYTES) return { bits: bits.fill(0xffffffff), wordAt: 0, shift };
  const wordOf = (order: Uint8Array, at: number) => {
    const bytes = order.subarray(at, at + WORD_BYTES);
    return (kind === 'prefix' ? bytes.toReversed() : bytes).reduce((word, byte) => (word << 8) | byte, 0);
  };
  for (const order of orders) {
    const mixed = Math.imul(wordOf(order, wordAt), 0x9e3779b1) ^ wordOf(order, minLength - WORD_BYTES);
    const bit = Math.imul(mixed, 0x85ebca6b) >>> shift;
    bits[bit >> 5] = (bits[bit >> 5] ?? 0) | (1 << (bit & 31));
  }
  return { bits, wordAt, shift };
}
