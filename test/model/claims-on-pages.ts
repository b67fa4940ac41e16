import { MINUTE_MS, minuteOf, sampleId, type AlarmState, type Interval } from '@trailbell/core/alarm';
import type { Evidence } from './evidence.ts';
import { inWindow, see } from './oracle.ts';
import { SNS_HORIZON_MS } from './paging.ts';
import type { Plan } from './plan.ts';
import { mayBeSilent, silenceEnds } from './planned-silences.ts';
import type { WatchedMetric } from './watched-metrics.ts';

/** Within this time a publish is over, one way or the other. */
const PUBLISH_IS_OVER_MS = 10_500;

export function endsInItsIncident(evidence: Evidence): string | undefined {
  const { incidents, alarm, metric } = evidence;
  const open = incidents.filter(({ resolvedAtMs }) => resolvedAtMs === undefined).length;
  const state = metric === undefined ? 'removed' : (alarm?.standing?.state ?? 'forgotten');
  // What a staged rule has rung for before it was staged stays open as long as it is on.
  if (evidence.isStaged && state === 'ALARM' && open <= 1) return undefined;
  return open === (state === 'ALARM' ? 1 : 0) ? undefined : `${open} open for an alarm that is ${state}`;
}

export function isCovered(evidence: Evidence): string | undefined {
  const { metric, counted, isDefined, isMetricConstant, history } = evidence;
  if (!isDefined || !isMetricConstant || metric === undefined || counted.length === 0) return undefined;
  if (hasMovedBack(evidence) || (metric.judged === 'when closed' && hasLateSamples(evidence))) return undefined;
  const stretch = see(metric, counted, evidence.endMinute).stretches.find((each) => {
    const fromMs = each.fromMinute * MINUTE_MS;
    if (wasOpen(evidence, fromMs, fromMs)) return false;
    const { firstMs, surelyMs } = knownMs(evidence, metric, each);
    if (!mayBeSilent(evidence, Math.min(fromMs, firstMs), surelyMs + patienceMs(evidence.plan))) {
      return !wasOpen(evidence, firstMs, surelyMs);
    }
    const ringsByMs = ringsAfterSilenceMs(evidence, surelyMs, each);
    return ringsByMs !== undefined && !wasOpen(evidence, firstMs, ringsByMs);
  });
  if (stretch === undefined) return undefined;
  const seconds = (minute: number) => `${(minute * MINUTE_MS - history.startMs) / 1000}s`;
  return `nothing was open for the stretch from ${seconds(stretch.fromMinute)} to ${seconds(stretch.toMinute)}`;
}

/** The end of the silence after which a stretch must ring, because it still goes on long after; undefined where none is so. */
function ringsAfterSilenceMs(evidence: Evidence, knownMs: number, { toMinute }: Interval): number | undefined {
  const waitMs = patienceMs(evidence.plan);
  return silenceEnds(evidence).find(
    (endMs) =>
      endMs >= knownMs && toMinute * MINUTE_MS >= endMs + waitMs && !mayBeSilent(evidence, endMs, endMs + waitMs),
  );
}

/** Whether an event was recorded in an earlier minute than before: stretches that touched one another may no longer do so. */
function hasMovedBack(evidence: Evidence): boolean {
  const minutes = new Map<string, number>();
  return evidence.of('recorded').some(({ samples }) =>
    samples.some(({ id, minute }) => {
      const known = minutes.get(id);
      minutes.set(id, Math.min(minute, known ?? Infinity));
      return known !== undefined && minute < known;
    }),
  );
}

/** Whether a sample came after its minute had been judged: where samples can also silence an alarm, that undoes what was told. */
function hasLateSamples(evidence: Evidence): boolean {
  return evidence.of('recorded').some(({ atMs, samples }) => samples.some(({ minute }) => minuteOf(atMs) - minute > 1));
}

/** How long it may take until what is known is told: faults delay it, but not for ever. */
function patienceMs({ outages, matcherFaults, reconcilerFaults }: Plan): number {
  const faults = [...matcherFaults, ...reconcilerFaults].flat().filter((fault) => fault !== 'none').length;
  const outageMs = outages.reduce((sum, { lengthSeconds }) => sum + lengthSeconds * 1000, 0);
  return 5 * MINUTE_MS + SNS_HORIZON_MS + 2 * MINUTE_MS * faults + outageMs;
}

/** Whether an incident was open at some time between the two moments, or opened as soon after as faults allow. */
function wasOpen({ incidents, plan }: Evidence, fromMs: number, toMs: number): boolean {
  return incidents.some(
    ({ openedAtMs, resolvedAtMs = Infinity }) =>
      openedAtMs <= toMs + patienceMs(plan) && resolvedAtMs >= fromMs - 2 * MINUTE_MS,
  );
}

/** When the recordings first showed part of a stretch, or one that it touches and so joins; and from when on its beginning. */
function knownMs(evidence: Evidence, metric: WatchedMetric, { fromMinute, toMinute }: Interval) {
  const shown = evidence.of('recorded').map(({ atMs }) => {
    const { stretches } = see(metric, evidence.countedBy(atMs), evidence.endMinute);
    return {
      atMs,
      part: stretches.some((each) => each.fromMinute <= toMinute + 1 && each.toMinute >= fromMinute - 1),
      beginning: stretches.some((each) => each.fromMinute <= fromMinute && each.toMinute >= fromMinute),
    };
  });
  const first = shown.find(({ part }) => part)?.atMs ?? 0;
  const surely = shown[shown.findLastIndex(({ beginning }) => !beginning) + 1]?.atMs ?? 0;
  return { firstMs: Math.max(first, fromMinute * MINUTE_MS), surelyMs: Math.max(surely, fromMinute * MINUTE_MS) };
}

export function ringsForCause(evidence: Evidence): string | undefined {
  const { metric, isDefined, isMetricConstant, endMinute } = evidence;
  if (!isDefined || !isMetricConstant || metric === undefined) return undefined;
  if (metric.ringsOn === 'silence') return undefined;
  if (evidence.of('published').length === 0) return undefined;
  const wasEverOn = evidence.of('recorded').some(({ atMs }) => {
    const events = evidence.countedBy(atMs);
    return events.length > 0 && see(metric, events, endMinute).stretches.length > 0;
  });
  return wasEverOn ? undefined : 'told, though never in ALARM';
}

export function namesSomeone(evidence: Evidence): string | undefined {
  if (!areNamesClaimed(evidence)) return undefined;
  const silent = evidence
    .of('published')
    .find(({ owed }) => owed.state === 'ALARM' && owed.episode.examples.length === 0);
  return silent && `ALARM ${silent.owed.number} names nobody`;
}

export function namesWhoRang(evidence: Evidence): string | undefined {
  const { metric } = evidence;
  // An alarm that keeps its state through silence may be on, and come back on, long after the events that rang it.
  if (!areNamesClaimed(evidence) || metric?.settings.treatMissingData === 'ignore') return undefined;
  let previousMs = 0;
  for (const { atMs, step } of evidence.decidedAlarms) {
    const { number, changedAtMs } = step.standing.owed ?? {};
    const sent = evidence
      .of('publishing')
      .find((each) => each.atMs >= atMs && each.owed.number === number && each.owed.changedAtMs === changedAtMs);
    if (sent !== undefined && metric !== undefined) {
      const ringing = ringingMinutes(evidence, metric, atMs, previousMs, step.standing.state);
      const named = sent.owed.episode.examples.flatMap((example) => minutesOf(evidence, example, atMs));
      if (!named.some((minute) => ringing.has(minute))) return `ALARM ${sent.owed.number} names only others`;
    }
    previousMs = atMs;
  }
  return undefined;
}

function areNamesClaimed({ isDefined, isMetricConstant, mayRingByTaking, metric }: Evidence): boolean {
  return isDefined && isMetricConstant && !mayRingByTaking && metric?.ringsOn === 'events';
}

/** The minutes of the events that an ALARM is about: those of the stretch that is on, or of one that is news. */
function ringingMinutes(
  evidence: Evidence,
  metric: WatchedMetric,
  decidedMs: number,
  previousMs: number,
  decidedState: AlarmState,
): ReadonlySet<number> {
  const known = new Set(evidence.countedBy(previousMs).map(({ id, minute }) => `${id}/${minute}`));
  const counted = evidence.countedBy(decidedMs);
  const decided = minuteOf(decidedMs);
  const delayMinutes = isDelayed(evidence.plan) ? patienceMs(evidence.plan) / MINUTE_MS : 0;
  const ringing = new Set<number>();
  for (const { fromMinute, toMinute } of see(metric, counted, evidence.endMinute).stretches) {
    const minutes = Array.from({ length: toMinute - fromMinute + 1 }, (_, index) => fromMinute + index);
    const events = new Set(minutes.flatMap((minute) => inWindow(metric, counted, minute)));
    // About now, whatever the clocks say and however long it could not be told.
    const isOn = fromMinute <= decided + 2 && toMinute >= decided - 2 - delayMinutes;
    const isNews = [...events].some(({ id, minute }) => !known.has(`${id}/${minute}`));
    // One that came late waits until the incident that was open is closed.
    const isLate = decidedState !== 'ALARM' && toMinute < decided;
    if (isOn || isNews || isLate) for (const { minute } of events) ringing.add(minute);
  }
  return ringing;
}

function isDelayed({ outages, matcherFaults, reconcilerFaults }: Plan): boolean {
  return outages.length > 0 || [...matcherFaults, ...reconcilerFaults].flat().some((fault) => fault !== 'none');
}

function minutesOf(evidence: Evidence, example: unknown, byMs: number): readonly number[] {
  const id = sampleId(String((example as { readonly eventId?: unknown }).eventId));
  return evidence
    .of('recorded')
    .filter(({ atMs }) => atMs <= byMs)
    .flatMap(({ samples }) => samples.filter((sample) => sample.id === id).map(({ minute }) => minute));
}

export function hasOneSender(evidence: Evidence): string | undefined {
  if (new Set(evidence.plan.clockOffsetsSeconds).size > 1) return undefined;
  const sending = new Map<number, number>();
  for (const deed of evidence.deeds) {
    if (deed.kind === 'publish ended') sending.delete(deed.invocation);
    if (deed.kind !== 'publishing') continue;
    const other = [...sending].find(([, sinceMs]) => deed.atMs < sinceMs + PUBLISH_IS_OVER_MS);
    if (other !== undefined) return `#${other[0]} and #${deed.invocation}`;
    sending.set(deed.invocation, deed.atMs);
  }
  return undefined;
}
