import { MINUTE_MS, alarmKey } from '@trailbell/core/alarm';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { AlarmSimulation, type SimulatedNotification } from '@trailbell/functions/simulation/alarm-simulation';
import type { BacktestIncident, BacktestResult, RuleResult } from './backtest-result.ts';
import { PeriodDistribution } from './period-distribution.ts';
import { MinuteMatchesGathering, type MinuteMatches } from './minute-matches.ts';
import type { ScanLog } from './scan-log.ts';
import { NameCounts } from './top-names.ts';

/** Of each rule so many principals are named. */
const TOP_ACTORS = 10;

/** An account and region that the simulated deployment is in; nothing of a backtest shows them. */
const DEPLOYMENT = {
  accountId: '000000000000',
  region: 'us-east-1',
  topicArn: 'arn:aws:sns:us-east-1:000000000000:backtest',
  logGroupName: 'backtest',
};

/** Plays what was scanned to the rules' alarms, in the order of time, and says what would have paged. */
export async function simulate(compiled: CompiledRules, log: ScanLog): Promise<BacktestResult> {
  const files = log.files.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const [firstMs, lastMs] = [
    files.reduce((first, file) => Math.min(first, file.firstMs ?? Infinity), Infinity),
    files.reduce((last, file) => Math.max(last, file.lastMs ?? -Infinity), -Infinity),
  ];
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
  const sum = (of: (file: (typeof files)[number]) => number) => files.reduce((total, file) => total + of(file), 0);
  return {
    files: files.length,
    records: sum(({ records }) => records),
    bytes: sum(({ bytes }) => bytes),
    unreadable: sum(({ unreadable }) => unreadable),
    withoutTime: sum(({ withoutTime }) => withoutTime),
    ...(firstMs <= lastMs && { firstMs, lastMs }),
    problems: files.flatMap(({ file, problem }) => (problem === undefined ? [] : [{ file, problem }])),
    rules: compiled.rules.map((rule): RuleResult => {
      const actors = new NameCounts();
      for (const file of files)
        for (const [name, count] of file.rules[rule.name]?.actors ?? []) actors.add(name, count);
      const ofRule = incidents.of(rule.name);
      return {
        name: rule.name,
        title: rule.title,
        severity: rule.severity,
        matches: sum((file) => file.rules[rule.name]?.matches ?? 0),
        incidents: ofRule,
        longestMs: ofRule.reduce(
          (longest, { openedMs, resolvedMs = lastMs }) => Math.max(longest, resolvedMs - openedMs),
          0,
        ),
        actors: actors.top(TOP_ACTORS),
        threshold: rule.alarm.threshold,
        period: rule.alarm.period,
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
  const metrics = new Map(
    compiled.rules.map(({ name, alarm, metricValue, defaultValue }) => [
      name,
      { settings: alarm, constantValue: typeof metricValue === 'number' ? metricValue : undefined, defaultValue },
    ]),
  );
  const gathering = new MinuteMatchesGathering((rule) => {
    const metric = metrics.get(rule);
    if (metric === undefined) throw new Error(`no such rule: ${rule}`);
    return metric;
  });
  for (const matches of hour) gathering.join(matches);
  return gathering.all();
}

/** Notifications as PagerDuty would join them. */
class Incidents {
  readonly #open = new Map<string, BacktestIncident>();
  readonly #all = new Map<string, BacktestIncident[]>();

  note({ atMs, identity, notification, isRepeated }: SimulatedNotification): void {
    if (isRepeated) return;
    const key = alarmKey(identity);
    const ofRule = this.#all.get(identity.rule) ?? [];
    this.#all.set(identity.rule, ofRule);
    const { episode, state, reason } = notification;
    if (state === 'ALARM') {
      const incident: BacktestIncident = {
        rule: identity.rule,
        group: identity.group,
        openedMs: atMs,
        count: episode.count,
        isAtLeast: episode.isAtLeast,
        reason,
        activities: episode.examples,
      };
      this.#open.set(key, incident);
      ofRule.push(incident);
      return;
    }
    const open = this.#open.get(key);
    if (open === undefined) return;
    const { count, isAtLeast } = episode;
    ofRule[ofRule.indexOf(open)] = { ...open, resolvedMs: atMs, count, isAtLeast };
    this.#open.delete(key);
  }

  of(rule: string): readonly BacktestIncident[] {
    return this.#all.get(rule) ?? [];
  }
}
