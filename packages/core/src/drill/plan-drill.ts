import { replay, type Interval } from '../alarm/alarm-intervals.ts';
import type { AlarmIdentity } from '../alarm/alarm.ts';
import { foldByMinute, windowMinutes, type Metric } from '../alarm/datapoints.ts';
import { LATENESS_MINUTES, tripsOnSilence } from '../alarm/judge-alarm.ts';
import { metricOf } from '../alarm/metric-of.ts';
import { MINUTE_MS, minuteOf } from '../alarm/minute.ts';
import type { Sample } from '../alarm/sample.ts';
import { isJsonObject } from '../json/index.ts';
import { RuleSet } from '../matcher/rule-set.ts';
import { compileRules } from '../rule/compile-rules.ts';
import type { Rule } from '../rule/rule.ts';

/** Begins the `eventID` of each record of a drill, so that whoever reads its page sees what it is. */
export const DRILL_MARK = 'trailbell-drill';

/** More records than this for one page are no drill. */
const MAX_RECORDS_A_PERIOD = 500;

/** A record of a drill, and the time that it is put under (epoch ms). */
export interface DrillRecord {
  readonly message: string;
  readonly timestamp: number;
}

export interface DrillPlan {
  readonly kind: 'plan';
  readonly rule: string;
  /** The alarm that they ring. */
  readonly identity: AlarmIdentity;
  /** In the order of their times. */
  readonly records: readonly DrillRecord[];
  /** Of each record. */
  readonly sampleIds: readonly string[];
  /** How long the alarm stays on after the last of them, at most. */
  readonly onForMs: number;
}

/** Why a rule cannot be drilled, to be read after its name. */
export interface NoDrill {
  readonly kind: 'no-drill';
  readonly why: string;
}

/**
 * The fewest marked records that make a rule ring now: copies of the first of its examples that matches, under ids and times of
 * their own. Where the alarm looks at several periods some are put under earlier times. Pure.
 *
 * @param drillId what makes the ids of this drill differ from those of any other: letters, digits, hyphens
 */
export function planDrill(rule: Rule, drillId: string, nowMs: number): DrillPlan | NoDrill {
  const metric = metricOf(rule);
  const example = rule.examples.matches.map(({ event }) => event).find(isJsonObject);
  if (rule.mode === 'stage') return noDrill('it is staged: it rings nobody');
  if (tripsOnSilence(metric)) return noDrill('it rings when nothing happens');
  if (example === undefined) return noDrill('none of its examples.matches is a record');

  const ruleSet = RuleSet.compile(compileRules([rule], { version: nowMs }).rules);
  const matchOf = ({ message, timestamp }: DrillRecord) => ruleSet.match({ id: '', message, timestamp }).matches[0];
  const write = writerOf(example, drillId, (record) => matchOf(record) !== undefined);
  const first = write(0, nowMs);
  const match = matchOf(first);
  if (match === undefined) {
    return noDrill(
      'no example matches now: an exception takes it out, it is not for this time, or it needs its own id or time',
    );
  }
  const { identity, sample } = match;
  const { period, evaluationPeriods, datapointsToAlarm = evaluationPeriods } = rule.alarm;
  if ((datapointsToAlarm * period * 1000) / MINUTE_MS > LATENESS_MINUTES) {
    return noDrill('it looks at more than six hours, and later records are not counted');
  }
  const timeOf = (index: number, each: number) =>
    nowMs - (datapointsToAlarm - 1 - Math.floor(index / each)) * period * 1000;
  for (let each = 1; each <= MAX_RECORDS_A_PERIOD; each++) {
    const times = Array.from({ length: datapointsToAlarm * each }, (_, index) => timeOf(index, each));
    const wouldCount = times.map((atMs, index) => ({ ...sample, id: String(index), minute: minuteOf(atMs) }));
    if (!rings(metric, wouldCount, nowMs)) continue;
    const records = times.map((atMs, index) => write(index, atMs));
    const sampleIds = records.map((record) => matchOf(record)?.sample.id).filter((id) => id !== undefined);
    if (sampleIds.length < records.length) return noDrill('it does not match at the earlier times that it looks at');
    return { kind: 'plan', rule: rule.name, identity, records, sampleIds, onForMs: onForMs(metric) };
  }
  return noDrill(`not even ${MAX_RECORDS_A_PERIOD} such records in a period ring it: it rings on their values`);
}

function rings(metric: Metric, samples: readonly Sample[], nowMs: number): boolean {
  const { intervals } = replay(metric, foldByMinute(samples), minuteOf(nowMs) + 1);
  return intervals.some(({ toMinute }: Interval) => toMinute >= minuteOf(nowMs));
}

function onForMs({ settings }: Metric): number {
  return (windowMinutes(settings) + 1) * MINUTE_MS;
}

/**
 * Writes the record with the given number. It is marked where people look, as far as the rule still matches then: in its id always,
 * in the user agent, which pages show, where no condition is about that.
 */
function writerOf(
  example: Readonly<Record<string, unknown>>,
  drillId: string,
  matches: (record: DrillRecord) => boolean,
): (index: number, timestamp: number) => DrillRecord {
  const recordOf = (event: object, index: number, timestamp: number): DrillRecord => ({
    message: JSON.stringify({
      ...event,
      eventID: `${DRILL_MARK}-${drillId}-${index}`,
      eventTime: new Date(timestamp).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      trailbellDrill: drillId,
    }),
    timestamp,
  });
  const named = { ...example, userAgent: `TRAILBELL DRILL ${drillId}: nothing happened` };
  const now = Date.parse(typeof example.eventTime === 'string' ? example.eventTime : '') || 0;
  const event = matches(recordOf(named, 0, now)) ? named : example;
  return (index, timestamp) => recordOf(event, index, timestamp);
}

/** Whether an alarm has counted the records of a drill. */
export function hasCounted(samples: readonly Sample[], { sampleIds }: Pick<DrillPlan, 'sampleIds'>): boolean {
  const counted = new Set(samples.map(({ id }) => id));
  return sampleIds.some((id) => counted.has(id));
}

function noDrill(why: string): NoDrill {
  return { kind: 'no-drill', why };
}
