import {
  MAX_EXAMPLES,
  alarmKey,
  firstExamples,
  minuteCap,
  type AlarmIdentity,
  type Metric,
  type Sample,
} from '@trailbell/core/alarm';
import type { RuleMatch } from '@trailbell/core/matcher';

/** The matches of one alarm in one minute. */
export interface MinuteMatches {
  readonly identity: AlarmIdentity;
  readonly minute: number;
  /** When the last of them happened, in epoch milliseconds: by then the alarm knows of all. */
  readonly lastMs: number;
  readonly samples: readonly Sample[];
  readonly activities: readonly unknown[];
}

interface Gathering {
  readonly identity: AlarmIdentity;
  readonly minute: number;
  lastMs: number;
  readonly samples: Map<string, Sample>;
  readonly activities: unknown[];
}

/**
 * Gathers matches by alarm and minute. Of a minute it keeps one sample more than the alarm would take, so that memory is bounded
 * by alarms and minutes, and the alarm still knows that there were more.
 */
export class MinuteMatchesGathering {
  readonly #gatherings = new Map<string, Gathering>();
  readonly #metricOf: (rule: string) => Metric;

  constructor(metricOf: (rule: string) => Metric) {
    this.#metricOf = metricOf;
  }

  add({ identity, sample }: RuleMatch, atMs: number, describe: () => unknown): void {
    const gathering = this.#at(identity, sample.minute, atMs);
    if (gathering.samples.has(sample.id) || gathering.samples.size > this.#capOf(identity.rule)) return;
    gathering.samples.set(sample.id, sample);
    if (gathering.activities.length < MAX_EXAMPLES) gathering.activities.push(describe());
  }

  /** The same for what was gathered elsewhere. */
  join(matches: MinuteMatches): void {
    const gathering = this.#at(matches.identity, matches.minute, matches.lastMs);
    for (const sample of matches.samples) {
      if (gathering.samples.size > this.#capOf(matches.identity.rule)) break;
      gathering.samples.set(sample.id, sample);
    }
    gathering.activities.push(...matches.activities.slice(0, MAX_EXAMPLES - gathering.activities.length));
  }

  /** In the order of their times, then of their alarms: the same matches always come in the same order. */
  all(): readonly MinuteMatches[] {
    return [...this.#gatherings]
      .sort(([a, { lastMs: aMs }], [b, { lastMs: bMs }]) => aMs - bMs || (a < b ? -1 : 1))
      .map(([, { identity, minute, lastMs, samples, activities }]) => ({
        identity,
        minute,
        lastMs,
        samples: [...samples.values()],
        activities: firstExamples(activities),
      }));
  }

  #at(identity: AlarmIdentity, minute: number, atMs: number): Gathering {
    const key = `${alarmKey(identity)}/${minute}`;
    let gathering = this.#gatherings.get(key);
    if (gathering === undefined) {
      gathering = { identity, minute, lastMs: atMs, samples: new Map(), activities: [] };
      this.#gatherings.set(key, gathering);
    }
    gathering.lastMs = Math.max(gathering.lastMs, atMs);
    return gathering;
  }

  #capOf(rule: string): number {
    return minuteCap(this.#metricOf(rule));
  }
}
