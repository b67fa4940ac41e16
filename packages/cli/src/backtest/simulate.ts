import { setImmediate } from 'node:timers/promises';
import { MINUTE_MS, minuteCap, metricOf } from '@trailbell/core/alarm';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { AlarmSimulation } from '@trailbell/functions/simulation/alarm-simulation';
import type { BacktestResult, RuleResult } from './backtest-result.ts';
import { Incidents } from './incidents.ts';
import { metricsOf } from './metrics-of.ts';
import { PeriodDistribution } from './period-distribution.ts';
import { MinuteMatchesGathering, type MinuteMatches } from './minute-matches.ts';
import type { Scanned } from './scan-log.ts';
import { ScanTotals } from './scan-totals.ts';

/** An account and region that the simulated deployment is in; nothing of a backtest shows them. */
const DEPLOYMENT = {
  accountId: '000000000000',
  region: 'us-east-1',
  topicArn: 'arn:aws:sns:us-east-1:000000000000:backtest',
  logGroupName: 'backtest',
};

/** Plays what was scanned to the rules' alarms, in the order of time, and says what would have paged. */
export async function simulate(compiled: CompiledRules, log: Scanned): Promise<BacktestResult> {
  const totals = new ScanTotals();
  for (const file of log.files()) totals.add(file);
  const { firstMs, lastMs } = totals;
  const incidents = new Incidents();
  const distributions = new Map(compiled.rules.map((rule) => [rule.name, new PeriodDistribution(rule.alarm)]));
  if (firstMs <= lastMs) {
    const simulation = new AlarmSimulation(compiled, {
      startMs: firstMs - MINUTE_MS,
      deployment: DEPLOYMENT,
      onNotification: (notification) => {
        incidents.note(notification);
      },
    });
    for (const hour of log.hours()) {
      // Nothing here waits for anything: without this no signal would be heard, and Ctrl-C would do nothing.
      await setImmediate();
      for (const matches of inOrder(hour, compiled)) {
        distributions.get(matches.identity.rule)?.add(matches);
        const { identity, minute, lastMs: atMs, samples, activities } = matches;
        await simulation.arrive(
          [{ identity, samples, examples: [{ minute, activities }] }],
          Math.max(atMs, simulation.nowMs),
        );
      }
    }
    await closeAll(simulation, lastMs);
  }
  return {
    ...totals.all(),
    rules: compiled.rules.map((rule): RuleResult => {
      const ofRule = incidents.of(rule.name);
      return {
        name: rule.name,
        title: rule.title,
        severity: rule.severity,
        matches: totals.matchesOf(rule.name),
        incidents: ofRule,
        longestMs: ofRule.reduce(
          (longest, { openedMs, resolvedMs = lastMs }) => Math.max(longest, resolvedMs - openedMs),
          0,
        ),
        actors: totals.topActorsOf(rule.name),
        statistic: rule.alarm.statistic,
        comparisonOperator: rule.alarm.comparisonOperator,
        threshold: rule.alarm.threshold,
        period: rule.alarm.period,
        minuteCap: minuteCap(metricOf(rule)),
        distribution: distributions.get(rule.name)?.all() ?? [],
      };
    }),
  };
}

/** After the last match alarms may only close; those that silence trips go on for ever, and are left as they are. */
async function closeAll(simulation: AlarmSimulation, lastMs: number): Promise<void> {
  const untilMs = lastMs + 8 * 24 * 60 * MINUTE_MS;
  for (let dueMs = simulation.nextDueMs; dueMs !== undefined && dueMs <= untilMs; dueMs = simulation.nextDueMs) {
    await simulation.runUntil(Math.max(simulation.nowMs, dueMs) + MINUTE_MS);
  }
}

/** The matches of an hour from all files, those of one alarm and minute together. */
function inOrder(hour: readonly MinuteMatches[], compiled: CompiledRules): readonly MinuteMatches[] {
  const gathering = new MinuteMatchesGathering(metricsOf(compiled.rules));
  for (const matches of hour) gathering.join(matches);
  return gathering.all();
}
