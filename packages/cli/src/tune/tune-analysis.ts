import { breachesAbove, metricOf, type Metric, type SamplesByMinute } from '@trailbell/core/alarm';
import { eventTimeMs } from '@trailbell/core/cloudtrail';
import type { CompiledRule } from '@trailbell/core/compiled-rules';
import { RuleSet } from '@trailbell/core/matcher';
import { formatPattern, parsePattern } from '@trailbell/core/pattern';
import { compileRules, type LoadedRule } from '@trailbell/core/rule';
import type { Distribution } from '../backtest/backtest-result.ts';
import { MinuteMatchesGathering } from '../backtest/minute-matches.ts';
import { PeriodDistribution } from '../backtest/period-distribution.ts';
import { incidentCount, samplesOfAlarms } from './incident-count.ts';
import { relaxations } from './near-misses.ts';
import type { RecordChunk } from './record-window.ts';

/** Records, of the newest, for which all clauses of the pattern hold but one. */
export interface NearMiss {
  readonly clause: string;
  readonly count: number;
  /** Some of their texts. */
  readonly records: readonly string[];
}

/** What a threshold would have done. */
export interface ThresholdOutcome {
  readonly threshold: number;
  readonly incidents: number;
}

/** What a rule does with a set of records. */
export interface TuneAnalysis {
  readonly records: number;
  readonly matches: number;
  /** Records that the pattern matches and an exception, or the time of day, takes out. */
  readonly leftOut: number;
  /** Matching records without a usable time: no alarm counts them. */
  readonly withoutTime: number;
  readonly incidents: number;
  readonly distribution: Distribution;
  readonly thresholds: readonly ThresholdOutcome[];
  readonly nearMisses: readonly NearMiss[];
  /** The texts of the records that count, as far as they are kept. */
  readonly matched: readonly string[];
  readonly tookMs: number;
}

const KEPT_MATCHES = 5_000;
const KEPT_NEAR_MISSES = 3;

/** Near misses are looked for in so many of the newest records, and in the rest of their chunk. */
export const NEAR_MISS_RECORDS = 5_000;

/** No rule's name: what the pattern matches, exceptions and times aside. */
const PATTERN_ALONE = '=';

const THRESHOLDS = [1, 2, 3, 5, 10, 20, 50, 100] as const;

/** Runs one rule over records, with the matcher and the alarms of a deployment, and says how close it is to what it might be. */
export function analyse(rule: LoadedRule, chunks: readonly RecordChunk[]): TuneAnalysis {
  const startedMs = performance.now();
  const [tuned] = compileRules([rule], { version: 1 }).rules;
  if (tuned === undefined) throw new Error('one rule was compiled');
  const ruleSet = RuleSet.compile([tuned, bare(tuned, tuned.filterPattern, PATTERN_ALONE)]);
  // Enough samples of each minute are kept for every threshold that is tried.
  const threshold = Math.max(tuned.alarm.threshold, ...THRESHOLDS);
  const mostDemanding = { ...metricOf(tuned), settings: { ...tuned.alarm, threshold } };
  const gathering = new MinuteMatchesGathering(() => mostDemanding);
  const matched: string[] = [];
  let [records, matches, leftOut, withoutTime] = [0, 0, 0, 0];
  for (const { archive } of chunks) {
    const found = ruleSet.matchArchive(archive);
    if (found.kind === 'unreadable') continue;
    records += found.recordCount;
    for (const { record, event, rules, matches: ruleMatches } of found.matched) {
      if (!rules.some(({ name }) => name === tuned.name)) {
        leftOut += 1;
        continue;
      }
      matches += 1;
      if (matched.length < KEPT_MATCHES) matched.push(record);
      const timeMs = eventTimeMs(event.root);
      if (timeMs === undefined) {
        withoutTime += 1;
        continue;
      }
      for (const match of ruleMatches) {
        if (match.identity.rule === tuned.name) gathering.add(match, timeMs, () => ({}));
      }
    }
  }
  const minutes = gathering.all();
  const distribution = new PeriodDistribution(tuned.alarm);
  for (const each of minutes) distribution.add(each);
  const alarms = samplesOfAlarms(minutes);
  return {
    records,
    matches,
    leftOut,
    withoutTime,
    incidents: incidentCount(metricOf(tuned), alarms),
    distribution: distribution.all(),
    thresholds: thresholdOutcomes(metricOf(tuned), alarms),
    nearMisses: nearMissesIn(tuned, chunks),
    matched,
    tookMs: performance.now() - startedMs,
  };
}

/** Of the newest records: without its most telling clause a pattern matches most of what there is, which takes its time. */
function nearMissesIn(tuned: CompiledRule, chunks: readonly RecordChunk[]): readonly NearMiss[] {
  const relaxed = relaxations(parsePattern(tuned.filterPattern));
  if (relaxed.length === 0) return [];
  const ruleSet = RuleSet.compile([
    bare(tuned, tuned.filterPattern, PATTERN_ALONE),
    ...relaxed.map(({ pattern }, index) => bare(tuned, formatPattern(pattern), `${index}`)),
  ]);
  const misses = relaxed.map(({ clause }) => ({ clause, count: 0, records: [] as string[] }));
  let records = 0;
  for (const { archive } of chunks.toReversed()) {
    const found = ruleSet.matchArchive(archive);
    if (found.kind === 'unreadable') continue;
    for (const { record, rules } of found.matched) {
      const names = new Set(rules.map(({ name }) => name));
      if (names.has(PATTERN_ALONE)) continue;
      for (const [index, miss] of misses.entries()) {
        if (!names.has(`${index}`)) continue;
        miss.count += 1;
        if (miss.records.length < KEPT_NEAR_MISSES) miss.records.push(record);
      }
    }
    records += found.recordCount;
    if (records >= NEAR_MISS_RECORDS) break;
  }
  return misses.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

/** The rule with another pattern, and nothing that takes records out. */
function bare({ during: _during, notDuring: _notDuring, ...rule }: CompiledRule, filterPattern: string, name: string) {
  return { ...rule, name, filterPattern, exceptions: [], groupBy: [] };
}

function thresholdOutcomes(metric: Metric, alarms: readonly SamplesByMinute[]): readonly ThresholdOutcome[] {
  const { settings } = metric;
  const isGreater = breachesAbove(settings.comparisonOperator);
  const outcomes: ThresholdOutcome[] = [];
  for (const threshold of [...new Set([...THRESHOLDS, settings.threshold])].sort((a, b) => a - b)) {
    const incidents = incidentCount({ ...metric, settings: { ...settings, threshold } }, alarms);
    outcomes.push({ threshold, incidents });
    if (isGreater && incidents === 0 && threshold >= settings.threshold) break;
  }
  return outcomes;
}
