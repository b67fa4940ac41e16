import { MINUTE_MS, alarmKey, isBreaching, type AlarmSettings } from '@trailbell/core/alarm';
import type { Distribution } from './backtest-result.ts';
import type { MinuteMatches } from './minute-matches.ts';

/** What an alarm's periods came to, one after the other: how often each value, so that a threshold can be chosen. */
export class PeriodDistribution {
  readonly #settings: AlarmSettings;
  readonly #current = new Map<string, { period: number; values: number[] }>();
  readonly #periods = new Map<number, number>();

  constructor(settings: AlarmSettings) {
    this.#settings = settings;
  }

  /** Takes matches in the order of time. */
  add({ identity, minute, samples }: MinuteMatches): void {
    const key = alarmKey(identity);
    const period = Math.floor((minute * MINUTE_MS) / (this.#settings.period * 1000));
    const current = this.#current.get(key);
    const values = samples.map(({ value }) => value);
    if (current?.period === period) {
      current.values.push(...values);
      return;
    }
    if (current !== undefined) this.#close(current.values);
    this.#current.set(key, { period, values });
  }

  all(): Distribution {
    for (const { values } of this.#current.values()) this.#close(values);
    this.#current.clear();
    return [...this.#periods].sort(([a], [b]) => a - b);
  }

  #close(values: readonly number[]): void {
    const value = statisticOf(values, this.#settings.statistic);
    // Large values are told apart by their first two digits: the distribution stays small. None crosses the threshold for that.
    const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1);
    const rounded = Math.abs(value) < 100 ? Number(value.toPrecision(3)) : Math.floor(value / step) * step;
    const kept = this.#breaches(rounded) === this.#breaches(value) ? rounded : value;
    this.#periods.set(kept, (this.#periods.get(kept) ?? 0) + 1);
  }

  #breaches(value: number): boolean {
    return isBreaching(this.#settings.comparisonOperator, value, this.#settings.threshold);
  }
}

function statisticOf(values: readonly number[], statistic: AlarmSettings['statistic']): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'SampleCount':
      return values.length;
    case 'Average':
      return sum / values.length;
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
  }
}
