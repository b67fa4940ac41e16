import { minuteOf } from '@trailbell/core/alarm';
import { LATENESS_MINUTES, type Evidence } from './evidence.ts';
import type { HappenedDeed } from './history.ts';
import { see } from './oracle.ts';
import { indexOf } from './rules-versions.ts';

/** Each claim looks at one alarm of a run and says what is wrong; undefined where nothing is, or where nothing is claimed. */

export function endsInItsState(evidence: Evidence): string | undefined {
  const { metric, counted, isDefined, isMetricConstant, alarm } = evidence;
  if (metric?.ringsOn === 'silence') {
    // Each run ends with hours in which nothing comes.
    const state = alarm?.standing?.state ?? 'forgotten';
    return state === 'ALARM' ? undefined : `${state}, though nothing came for hours`;
  }
  if (!isDefined || !isMetricConstant || metric === undefined || counted.length === 0) return undefined;
  const expected = see(metric, counted, evidence.endMinute).state;
  // An alarm that was forgotten is in no state; it must not have been in ALARM.
  const actual = alarm?.standing?.state ?? (expected === 'ALARM' ? 'forgotten' : expected);
  const keepsState = metric.settings.treatMissingData === 'ignore';
  const isRight = keepsState ? (actual === 'ALARM') === (expected === 'ALARM') : actual === expected;
  return isRight ? undefined : `${actual} in place of ${expected}`;
}

export function holdsItsSamples(evidence: Evidence): string | undefined {
  const { isDefined, isMetricConstant, wasRemoved, alarm, counted } = evidence;
  if (!isDefined || wasRemoved) return undefined;
  const recorded = new Set(evidence.of('recorded').flatMap(({ samples }) => samples.map(({ id }) => id)));
  const lost = [...evidence.dueIds].filter((id) => !recorded.has(id)).length;
  if (isMetricConstant && lost > 0) return `${lost} events were not recorded`;
  if (alarm === undefined || keepsClosed(evidence) !== undefined) return undefined;
  const expected = counted.filter(({ minute }) => isOpen(evidence, minute)).length;
  const actual = heldOpen(evidence).length;
  return actual === expected ? undefined : `${actual} in place of ${expected}`;
}

export function keepsClosed(evidence: Evidence): string | undefined {
  if (!evidence.isDefined || evidence.wasRemoved) return undefined;
  const closed = new Set(evidence.counted.filter(({ minute }) => !isOpen(evidence, minute)).map(({ id }) => id));
  const revived = heldOpen(evidence).filter((id) => closed.has(id)).length;
  return revived === 0 ? undefined : `${revived} events count again in a later minute`;
}

/** The ids that the alarm holds in the end, of events in the last six hours. */
function heldOpen(evidence: Evidence): readonly string[] {
  const held = new Map<string, number>();
  for (const { id, minute } of evidence.alarm?.samples ?? []) {
    held.set(id, Math.min(minute, held.get(id) ?? Infinity));
  }
  return [...held].filter(([, minute]) => isOpen(evidence, minute)).map(([id]) => id);
}

function isOpen({ endMinute }: Evidence, minute: number): boolean {
  return minute > endMinute - LATENESS_MINUTES.limit;
}

export function owesNothing({ alarm, history, identity }: Evidence): string | undefined {
  const { state, owed, lease } = alarm?.standing ?? {};
  if (owed !== undefined) return 'still owed';
  if (lease !== undefined) return 'still leased';
  const isDue = history.due.some(({ rule }) => rule === identity.rule);
  return isDue && state !== 'ALARM' ? 'still due' : undefined;
}

export function ringsForNews(evidence: Evidence): string | undefined {
  const { isDefined, isMetricConstant, metric, history, identity, deeds } = evidence;
  // Where datapoints are several, windows that slide over the same events may breach, not breach and breach again.
  const isOfOne = history.versions.every(({ metrics }) => metrics[indexOf(identity)]?.settings.evaluationPeriods === 1);
  if (!isDefined || !isOfOne || !isMetricConstant || metric?.judged !== 'on arrival') return undefined;
  const decided = new Set<HappenedDeed>(evidence.decidedAlarms);
  const seen = new Map<string, number>();
  let newMinutes: readonly number[] = [];
  let mayRingLate = false;
  for (const deed of deeds) {
    if (deed.kind === 'recorded') {
      const news = deed.samples.filter(
        ({ id, minute }) =>
          minuteOf(deed.atMs) - minute <= LATENESS_MINUTES.counts && minute < (seen.get(id) ?? Infinity),
      );
      for (const { id, minute } of news) seen.set(id, minute);
      newMinutes = [...newMinutes, ...news.map(({ minute }) => minute)];
      mayRingLate ||= news.length > 0;
    }
    // What comes to be over in a silence is never told.
    if (deed.kind === 'written' && deed.step.withheld !== undefined) mayRingLate = false;
    const standing = deed.kind === 'written' && decided.has(deed) ? deed.step.standing : undefined;
    const owed = standing?.owed;
    if (owed === undefined) continue;
    // Stretches that are over ring together, when the incident that was open is closed.
    const isLate = standing?.state !== 'ALARM';
    if (isLate ? !mayRingLate : newMinutes.length === 0) return `ALARM ${owed.number}`;
    mayRingLate &&= !isLate;
    // To a slow clock a minute is still to come.
    newMinutes = newMinutes.filter((minute) => minute > minuteOf(owed.changedAtMs));
  }
  return undefined;
}

export function isLeftToNewestRules(evidence: Evidence): string | undefined {
  let newest = 0;
  for (const { version, invocation, step } of evidence.of('written')) {
    if (version < newest) return `#${invocation} wrote ${step.standing.state}`;
    newest = version;
  }
  return undefined;
}

export function isForgottenWhenOver({ alarm, history, identity }: Evidence): string | undefined {
  const isKept = history.kept.some(({ rule }) => rule === identity.rule);
  const isOn = alarm?.standing?.state === 'ALARM';
  if (isKept === isOn || alarm === undefined) return undefined;
  return isOn ? 'forgotten while in ALARM' : 'kept for ever';
}
