import type { BacktestResult } from './backtest-result.ts';
import type { FileSummary } from './scan-log.ts';
import { NameCounts } from './top-names.ts';

/** Of each rule so many principals are named. */
const TOP_ACTORS = 10;

/** Of so many files the first line that is no record is named. */
const NAMED_UNREADABLE = 5;

interface RuleTotals {
  matches: number;
  readonly actors: NameCounts;
}

/** What many files come to together. */
export class ScanTotals {
  readonly #rules = new Map<string, RuleTotals>();
  readonly #problems: { readonly file: string; readonly problem: string }[] = [];
  readonly #unreadableLines: BacktestResult['unreadableLines'][number][] = [];
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

  add(summary: FileSummary): void {
    const { file, records, bytes, unreadable, firstUnreadable, withoutTime, firstMs, lastMs, rules, problem } = summary;
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
    if (firstUnreadable !== undefined && this.#unreadableLines.length < NAMED_UNREADABLE)
      this.#unreadableLines.push({ file, ...firstUnreadable });
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
    return { ...this.#counts, ...span, unreadableLines: this.#unreadableLines, problems: this.#problems };
  }

  matchesOf(rule: string): number {
    return this.#rules.get(rule)?.matches ?? 0;
  }

  topActorsOf(rule: string): readonly (readonly [string, number])[] {
    return this.#rules.get(rule)?.actors.top(TOP_ACTORS) ?? [];
  }
}
