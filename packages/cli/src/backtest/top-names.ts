/** So many names are counted each; what comes after them is counted together. */
const MAX_NAMES = 10_000;

/** The name under which what is past the limit is counted. */
export const OTHER_NAMES = '(others)';

/** How often each of many names occurred, in bounded memory. */
export class NameCounts {
  readonly #counts = new Map<string, number>();

  add(name: string, count = 1): void {
    const counted = this.#counts.has(name) || this.#counts.size < MAX_NAMES ? name : OTHER_NAMES;
    this.#counts.set(counted, (this.#counts.get(counted) ?? 0) + count);
  }

  /** The most frequent ones; of equally frequent ones the first in the alphabet. */
  top(limit = Infinity): readonly (readonly [string, number])[] {
    return [...this.#counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1)).slice(0, limit);
  }
}
