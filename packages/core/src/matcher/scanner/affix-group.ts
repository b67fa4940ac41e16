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
  const byOrder = new Map([...affixes].map((affix) => [orderOf(affix.text, kind), affix]));
  const orders = [...byOrder.keys()].sort();
  const shorter = shorterOnes(orders);
  const commonLength = commonPrefix(orders[0] ?? '', orders.at(-1) ?? '');
  const minLength = orders.reduce((length, order) => Math.min(length, order.length), orders[0]?.length ?? 0);
  return {
    sorted: orders.flatMap((order, index) => {
      const affix = byOrder.get(order);
      return affix === undefined ? [] : [{ affix, byteLength: order.length, shorter: shorter[index] ?? 0 }];
    }),
    commonLength,
    minLength,
    filter: filterOf(orders, Math.min(commonLength, minLength - WORD_BYTES), minLength, kind),
  };
}

/** The text's UTF-8 bytes, in the order that they are compared in, as characters up to U+00FF: strings sort without a function. */
function orderOf(text: string, kind: 'prefix' | 'suffix'): string {
  const bytes = Buffer.from(text, 'utf8');
  return (kind === 'prefix' ? bytes : bytes.reverse()).toString('latin1');
}

function shorterOnes(orders: readonly string[]): readonly number[] {
  const open: number[] = [];
  return orders.map((order, index) => {
    while (open.length > 0 && !order.startsWith(orders[open.at(-1) ?? 0] ?? '')) open.pop();
    const shorter = open.at(-1);
    open.push(index);
    return shorter === undefined ? 0 : shorter + 1;
  });
}

/** Of the first and last of sorted texts this is what all have in common. */
function commonPrefix(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length++;
  return length;
}

const WORD_BYTES = 4;
const MIN_FILTER_BITS = 8;
/** Of as many bits for each affix few are set, so that most other texts are told apart. */
const FILTER_BITS_AN_AFFIX = 16;

function filterOf(
  orders: readonly string[],
  wordAt: number,
  minLength: number,
  kind: 'prefix' | 'suffix',
): AffixFilter {
  const size = Math.max(MIN_FILTER_BITS, Math.ceil(Math.log2(orders.length * FILTER_BITS_AN_AFFIX)));
  const shift = 32 - size;
  const bits = new Uint32Array(2 ** size / 32);
  if (minLength < WORD_BYTES) return { bits: bits.fill(0xffffffff), wordAt: 0, shift };
  const places = kind === 'prefix' ? [3, 2, 1, 0] : [0, 1, 2, 3];
  const wordOf = (order: string, at: number) =>
    places.reduce((word, place) => (word << 8) | order.charCodeAt(at + place), 0);
  for (const order of orders) {
    const mixed = Math.imul(wordOf(order, wordAt), 0x9e3779b1) ^ wordOf(order, minLength - WORD_BYTES);
    const bit = Math.imul(mixed, 0x85ebca6b) >>> shift;
    bits[bit >> 5] = (bits[bit >> 5] ?? 0) | (1 << (bit & 31));
  }
  return { bits, wordAt, shift };
}
