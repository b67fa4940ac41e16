/** At most `count` of the items, evenly from the first to the last, in their order. */
export function evenSample<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items;
  const step = count <= 1 ? 0 : (items.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => items[Math.round(index * step)]).filter(
    (item) => item !== undefined,
  );
}

/** Shares `total` among those who ask: nobody gets more than was asked for, and what one leaves goes to the others. */
export function fairShares(asked: readonly number[], total: number): readonly number[] {
  const shares = asked.map(() => 0);
  let left = total;
  const byNeed = [...asked.entries()].sort(([, a], [, b]) => a - b);
  for (const [rank, [index, wanted]] of byNeed.entries()) {
    const share = Math.min(wanted, Math.floor(left / (byNeed.length - rank)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
