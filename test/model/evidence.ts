import { MINUTE_MS, minuteOf, sampleId, type Alarm, type AlarmIdentity } from '@trailbell/core/alarm';
import type { HappenedDeed, History } from './history.ts';
import type { CountedEvent } from './oracle.ts';
import type { Plan } from './plan.ts';
import { indexOf } from './rules-versions.ts';
import { copiesOf, eventId } from './run-plan.ts';
import type { WatchedMetric } from './watched-metrics.ts';

/**
 * How late a copy may come: up to `counts` it counts, from `isLate` on it does not. Between the two, around six hours, windows,
 * retries and clocks decide, and the model claims nothing.
 */
export const LATENESS_MINUTES = { counts: 315, limit: 360, isLate: 440 };

export type Of<Kind extends HappenedDeed['kind']> = Extract<HappenedDeed, { kind: Kind }>;

export interface DistinctEvent extends CountedEvent {
  readonly id: string;
}

/** What a run says of one alarm. */
export class Evidence {
  readonly plan: Plan;
  readonly history: History;
  readonly identity: AlarmIdentity;
  readonly deeds: readonly HappenedDeed[];
  /** As it is in the end; undefined where it was forgotten, or never was. */
  readonly alarm: Alarm | undefined;
  /** At the end; undefined where the rule was removed. */
  readonly metric: WatchedMetric | undefined;
  readonly isMetricConstant: boolean;
  readonly wasRemoved: boolean;
  /** At the end. */
  readonly isStaged: boolean;
  readonly endMinute: number;
  readonly #valueById: ReadonlyMap<string, number>;

  constructor(plan: Plan, history: History, identity: AlarmIdentity) {
    this.plan = plan;
    this.history = history;
    this.identity = identity;
    const isMine = ({ rule }: AlarmIdentity) => rule === identity.rule;
    this.deeds = history.deeds.filter((deed) => isMine(deed.identity));
    this.alarm = history.alarms.find((each) => isMine(each.identity))?.alarm;
    const metrics = history.versions.map((version) => version.metrics[indexOf(identity)]);
    this.metric = metrics.at(-1);
    this.isMetricConstant = metrics.every((metric) => metric === metrics[0]);
    this.wasRemoved = metrics.includes(undefined);
    this.isStaged = history.versions.at(-1)?.staged[indexOf(identity)] === true;
    this.endMinute = minuteOf(history.endMs);
    this.#valueById = new Map(plan.events.map(({ value }, event) => [sampleId(eventId(event)), value]));
  }

  of<Kind extends HappenedDeed['kind']>(kind: Kind): readonly Of<Kind>[] {
    return this.deeds.filter((deed): deed is Of<Kind> => deed.kind === kind);
  }

  get incidents(): History['incidents'] {
    return this.history.incidents.filter(({ dedupKey }) => dedupKey.endsWith(this.identity.rule));
  }

  /** The ids of the events of which a copy comes in time to count. */
  get dueIds(): ReadonlySet<string> {
    const inTime = copiesOf(this.plan).filter(
      ({ alarm, stampMs, arrivesMs }) =>
        alarm === indexOf(this.identity) && arrivesMs - stampMs < LATENESS_MINUTES.counts * MINUTE_MS,
    );
    return new Set(inTime.map(({ event }) => sampleId(eventId(event))));
  }

  /** Distinct events as far as they were recorded by a moment, each in its earliest minute. */
  countedBy(atMs: number): readonly DistinctEvent[] {
    const earliest = new Map<string, number>();
    for (const recorded of this.of('recorded')) {
      if (recorded.atMs > atMs) break;
      for (const { id, minute } of recorded.samples) {
        const isTooLate = minuteOf(recorded.atMs) - minute > LATENESS_MINUTES.isLate;
        if (!isTooLate) earliest.set(id, Math.min(minute, earliest.get(id) ?? Infinity));
      }
    }
    return [...earliest].map(([id, minute]) => ({ id, minute, value: this.#valueById.get(id) ?? 0 }));
  }

  get counted(): readonly DistinctEvent[] {
    return this.countedBy(Infinity);
  }

  /** False where it depends on the moment of settling whether a copy counts, or whether its event is still known. */
  get isDefined(): boolean {
    const { counts, isLate } = LATENESS_MINUTES;
    const earliest = new Map<string, number>();
    for (const { atMs, samples } of this.of('recorded')) {
      for (const { id, minute } of samples) {
        const known = earliest.get(id) ?? Infinity;
        const late = minuteOf(atMs) - minute;
        if (minute !== known && late >= counts && late <= isLate) return false;
        if (minute > known && minuteOf(atMs) - known >= counts) return false;
        if (late < counts) earliest.set(id, Math.min(minute, known));
      }
    }
    return true;
  }

  /** True where a copy in an earlier minute may take an event out of a window, and the window breach because of it. */
  get mayRingByTaking(): boolean {
    const minutes = Map.groupBy(
      this.of('recorded').flatMap(({ samples }) => samples),
      ({ id }) => id,
    );
    const hasCopies = [...minutes.values()].some((samples) => new Set(samples.map(({ minute }) => minute)).size > 1);
    return this.metric?.judged === 'when closed' && hasCopies;
  }

  /** The writes that decided an ALARM. What is told once more, unchanged, was decided before. */
  get decidedAlarms(): readonly Of<'written'>[] {
    const known = new Set<number>();
    return this.of('written').filter(({ step: { standing } }) => {
      if (standing.owed?.state !== 'ALARM' || known.has(standing.owed.changedAtMs)) return false;
      known.add(standing.owed.changedAtMs);
      return true;
    });
  }
}
