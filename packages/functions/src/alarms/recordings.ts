import { alarmKey, distinctSamples, type AlarmIdentity, type Sample } from '@trailbell/core/alarm';
import { describeActivity } from '@trailbell/core/cloudtrail';
import type { LogEvent } from '@trailbell/core/logs';
import type { RuleMatch } from '@trailbell/core/matcher';
import type { Recording } from './alarm-store.ts';

/** How many activities an alarm keeps to show: enough to see a pattern, few enough for its item to stay small. */
export const MAX_EXAMPLES = 3;

interface Gathering {
  readonly identity: AlarmIdentity;
  readonly samples: Sample[];
  readonly examples: Map<string, unknown>;
}

/** The matches of a batch, put together by the alarm that they belong to: one write for each alarm, however many matched. */
export class Recordings {
  readonly #byAlarm = new Map<string, Gathering>();

  add(match: RuleMatch, logEvent: LogEvent): void {
    const key = alarmKey(match.identity);
    const gathering: Gathering = this.#byAlarm.get(key) ?? {
      identity: match.identity,
      samples: [],
      examples: new Map(),
    };
    this.#byAlarm.set(key, gathering);
    gathering.samples.push(match.sample);
    const { examples } = gathering;
    if (examples.size < MAX_EXAMPLES && !examples.has(match.sample.id)) {
      examples.set(match.sample.id, describeActivity(logEvent.message));
    }
  }

  /** One for each alarm, in an order that the same matches always have. */
  all(): readonly Recording[] {
    return [...this.#byAlarm.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { identity, samples, examples }]) => ({
        identity,
        samples: distinctSamples(samples),
        examples: [...examples.values()],
      }));
  }
}

/** The same for the same matches, in whatever order and batch they come. */
export function recordingsKey(recordings: readonly Recording[]): string {
  return recordings
    .flatMap(({ identity, samples }) => samples.map(({ id, minute }) => `${alarmKey(identity)}/${minute}/${id}`))
    .sort()
    .join('\n');
}
