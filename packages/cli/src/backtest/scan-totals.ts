import type { BacktestResult } from './backtest-result.ts';
import type { FileSummary } from './scan-log.ts';
import { NameCounts } from './top-names.ts';

/** Of each rule so many principals are named. */
const TOP_ACTORS = 10;

interface RuleTotals {
  matches: number;
  readonly actors: NameCounts;
}

/** What many files come to together. */
export class ScanTotals {
  readonly #rules = new Map<string, RuleTotals>();
  readonly #problems: { readonly file: string; readonly problem: string }[] = [];
  #counts = { files: 0, records: 0, bytes: 0, unreadable: 0, withoutTime: 0 };
  #firstMs = Infinity;
  #lastMs = -Infinity;

  /** The first record that matched; Infinity where none did. */
  get firstMs(): number {
    return this.#firstMs;
  }

  /** The last record that matched; -Infinity where none did. */
  get lastMs(): number {
    return this.#lastMs;
  }

  add({ file, records, bytes, unreadable, withoutTime, firstMs, lastMs, rules, problem }: FileSummary): void {
    const counts = this.#counts;
    this.#counts = {
      files: counts.files + 1,
      records: counts.records + records,
      bytes: counts.bytes + bytes,
      unreadable: counts.unreadable + unreadable,
      withoutTime: counts.withoutTime + withoutTime,
    };
    this.#firstMs = Math.min(this.#firstMs, firstMs ?? Infinity);
    this.#lastMs = Math.max(this.#lastMs, lastMs ?? -Infinity);
    if (problem !== undefined) this.#problems.push({ file, problem });
    for (const [rule, { matches, actors }] of Object.entries(rules)) {
      const totals = this.#rules.get(rule) ?? { matches: 0, actors: new NameCounts() };
      this.#rules.set(rule, totals);
      totals.matches += matches;
      for (const [name, count] of actors) totals.actors.add(name, count);
    }
  }

  /** All but what is of the rules. */
  all(): Omit<BacktestResult, 'rules'> {
    const span = this.#firstMs <= this.#lastMs && { firstMs: this.#firstMs, lastMs: this.#lastMs };
    return { ...this.#counts, ...span, problems: this.#problems };
  }

  matchesOf(rule: string): number {
    return this.#rules.get(rule)?.matches ?? 0;
  }

  topActorsOf(rule: string): readonly (readonly [string, number])[] {
    return this.#rules.get(rule)?.actors.top(TOP_ACTORS) ?? [];
  }
}
