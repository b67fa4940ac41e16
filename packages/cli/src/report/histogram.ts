import { breachesAbove, isBreaching, type ComparisonOperator, type Statistic } from '@trailbell/core/alarm';
import type { RuleResult } from '../backtest/backtest-result.ts';

/** How often the periods of a rule's alarms came to which value. The threshold lies between two bins, never in one. */
export interface Histogram {
  readonly statistic: Statistic;
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  /** Seconds. */
  readonly period: number;
  /** Matches of a minute that are counted at most. */
  readonly minuteCap: number;
  /** Ascending, without gaps between them. */
  readonly bins: readonly HistogramBin[];
  /** How many of the bins lie below the threshold. */
  readonly binsBeforeThreshold: number;
}

export interface HistogramBin {
  /** The values that it holds: `7`, `10–19`. */
  readonly label: string;
  readonly periods: number;
  readonly isBreaching: boolean;
}

type Subject = Pick<
  RuleResult,
  'statistic' | 'comparisonOperator' | 'threshold' | 'period' | 'minuteCap' | 'distribution'
>;

/** So many whole numbers have a bin each; more share bins. */
const MAX_SINGLE = 24;
const SHARED = 16;

/** Puts a rule's distribution into bins that can be drawn. */
export function histogramOf(subject: Subject): Histogram {
  const { statistic, comparisonOperator, threshold, period, minuteCap } = subject;
  return { statistic, comparisonOperator, threshold, period, minuteCap, ...binsOf(subject) };
}

function binsOf({
  distribution,
  threshold,
  comparisonOperator,
}: Subject): Pick<Histogram, 'bins' | 'binsBeforeThreshold'> {
  const values = distribution.map(([value]) => value);
  if (values.length === 0) return { bins: [], binsBeforeThreshold: 0 };
  // The threshold is in the picture even where nothing comes near it.
  const [low, high] = [Math.min(threshold, ...values), Math.max(threshold, ...values)];
  const areWhole = [...values, threshold].every((value) => Number.isInteger(value));
  // A value that equals the threshold is on the side that the comparison puts it.
  const isAtStart =
    isBreaching(comparisonOperator, threshold, threshold) === isBreaching(comparisonOperator, threshold + 1, threshold);
  const edges = areWhole ? wholeEdges(low, high, threshold, isAtStart) : evenEdges(low, high, threshold, isAtStart);
  const binsBeforeThreshold = edges.indexOf(threshold);
  const bins = edges.slice(0, -1).map((from, index): HistogramBin => {
    const to = edges[index + 1] ?? from;
    const isWithin = (value: number) => (isAtStart ? value >= from && value < to : value > from && value <= to);
    return {
      label: areWhole ? wholeLabel(from, to, isAtStart) : `${shown(from)}–${shown(to)}`,
      periods: distribution.reduce((sum, [value, periods]) => sum + (isWithin(value) ? periods : 0), 0),
      isBreaching: index >= binsBeforeThreshold === breachesAbove(comparisonOperator),
    };
  });
  return { bins, binsBeforeThreshold };
}

/** Edges of bins that take their first edge in (`isAtStart`) or their last. */
function wholeEdges(low: number, high: number, threshold: number, isAtStart: boolean): readonly number[] {
  const [first, last] = isAtStart ? [Math.min(low, 1), high + 1] : [Math.min(low, 1) - 1, high];
  if (last - first <= MAX_SINGLE) return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (first < 0) return withEdge(evenly(first, last, Math.ceil), threshold);
  // Small values one by one, large ones by their order of magnitude.
  const edges = [first];
  for (let step = 1; (edges.at(-1) ?? last) < last; step *= 10) {
    for (const factor of [1, 2, 3, 5, 7]) edges.push(Math.min(last, factor * step));
  }
  return withEdge(edges, threshold);
}

function evenEdges(low: number, high: number, threshold: number, isAtStart: boolean): readonly number[] {
  const margin = (high - low) / SHARED || 1;
  const [first, last] = isAtStart ? [low, high + margin] : [low - margin, high];
  return withEdge(
    evenly(first, last, (edge) => edge),
    threshold,
  );
}

function evenly(first: number, last: number, rounded: (edge: number) => number): readonly number[] {
  const inner = Array.from({ length: SHARED }, (_, index) => rounded(first + ((last - first) * index) / SHARED));
  // Not computed: rounding could leave the largest value outside.
  return [...inner, rounded(last)];
}

function withEdge(edges: readonly number[], threshold: number): readonly number[] {
  return [...new Set([...edges, threshold])].sort((a, b) => a - b);
}

function wholeLabel(from: number, to: number, isAtStart: boolean): string {
  const [first, last] = isAtStart ? [from, to - 1] : [from + 1, to];
  return first === last ? String(first) : `${first}–${last}`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
