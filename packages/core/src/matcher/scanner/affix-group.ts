import { Buffer } from 'node:buffer';
import type { FieldAffix } from './field-lookups.ts';
import * as layout from './assembly/layout.ts';

/** The prefixes (suffixes) of one field as the scanner searches them. */
export interface AffixGroup {
  readonly sorted: readonly SortedAffix[];
  /** How many bytes all begin (end) with. */
  readonly commonLength: number;
  /** See AFFIXES_FILTER in assembly/layout.ts. */
  readonly filter: Uint32Array;
}

export interface SortedAffix {
  readonly affix: FieldAffix;
  /** The number of the longest other one that this begins (ends) with, plus one; 0 for none. */
  readonly shorter: number;
}

/** Prefixes are put in the order of their bytes; suffixes in that of their reversed bytes. */
export function groupAffixes(affixes: Iterable<FieldAffix>, kind: 'prefix' | 'suffix'): AffixGroup {
  const ordered = [...affixes]
    .map((affix) => ({ affix, order: kind === 'prefix' ? affix.bytes : affix.bytes.toReversed() }))
    .sort((one, other) => Buffer.compare(one.order, other.order));
  const orders = ordered.map(({ order }) => order);
  const shorter = shorterOnes(orders);
  const commonLength = commonPrefix(orders[0], orders.at(-1));
  return {
    sorted: ordered.map(({ affix }, index) => ({ affix, shorter: shorter[index] ?? 0 })),
    commonLength,
    filter: filterOf(orders, commonLength, kind),
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

function filterOf(orders: readonly Uint8Array[], commonLength: number, kind: 'prefix' | 'suffix'): Uint32Array {
  const filter = new Uint32Array(8);
  for (const order of orders) {
    if (order.length < commonLength + 4) return filter.fill(0xffffffff);
    const next = order.subarray(commonLength, commonLength + 4);
    const word = (kind === 'prefix' ? next.toReversed() : next).reduce((bits, byte) => (bits << 8) | byte, 0);
    const hash = Math.imul(word, 0x9e3779b1) >>> layout.AFFIXES_FILTER_SHIFT;
    filter[hash >> 5] = (filter[hash >> 5] ?? 0) | (1 << (hash & 31));
  }
  return filter;
}
