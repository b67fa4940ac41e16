import { MAX_EXAMPLES, alarmKey, firstExamples, type AlarmIdentity, type Sample } from '@trailbell/core/alarm';
import { withOthers, withoutRepetition, type Activity } from '@trailbell/core/cloudtrail';
import type { RuleMatch } from '@trailbell/core/matcher';
import type { ParsedEvent } from '@trailbell/core/pattern';
import type { AlarmMatches } from './alarm-store.ts';
import type { DescribeMatch } from './describe-match.ts';

/** How many matches of an alarm's minute are looked at for who did it and from where; the first few are kept as examples. */
const MAX_DESCRIBED = 50;

interface Gathering {
  readonly identity: AlarmIdentity;
  /** By minute and event: copies of an event in different minutes are told apart later, when it is known which still count. */
  readonly samples: Map<string, Sample>;
  /** By minute, and in it by event. */
  readonly examples: Map<number, Map<string, Activity>>;
}

/** The matches of a batch, put together by the alarm that they belong to: one write for each alarm, however many matched. */
export class BatchMatches {
  readonly #byAlarm = new Map<string, Gathering>();
  readonly #describe: DescribeMatch;
  #count = 0;

  constructor(describe: DescribeMatch) {
    this.#describe = describe;
  }

  add(match: RuleMatch, event: ParsedEvent): void {
    const key = alarmKey(match.identity);
    const gathering: Gathering = this.#byAlarm.get(key) ?? {
      identity: match.identity,
      samples: new Map(),
      examples: new Map(),
    };
    this.#byAlarm.set(key, gathering);
    const { id, minute } = match.sample;
    this.#count += 1;
    gathering.samples.set(`${minute}/${id}`, match.sample);
    const examples = gathering.examples.get(minute) ?? new Map<string, Activity>();
    gathering.examples.set(minute, examples);
    if (examples.size < MAX_DESCRIBED && !examples.has(id)) {
      examples.set(id, this.#describe(match, event));
    }
  }

  /** How many matches were added, copies of the same event among them. */
  get count(): number {
    return this.#count;
  }

  /** How many of them are copies, in this batch, of another. */
  get copies(): number {
    return [...this.#byAlarm.values()].reduce((left, { samples }) => left - samples.size, this.#count);
  }

  /** One for each alarm, in an order that the same matches always have. */
  all(): readonly AlarmMatches[] {
    return [...this.#byAlarm.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { identity, samples, examples }]) => ({
        identity,
        samples: [...samples.values()],
        examples: [...examples].map(([minute, activities]) => ({
          minute,
          activities: firstExamples(withoutRepetition(withOthers([...activities.values()], MAX_EXAMPLES))),
        })),
      }));
  }
}

/** The same for the same matches, in whatever order and batch they come. */
export function matchesKey(matches: readonly AlarmMatches[]): string {
  return matches
    .flatMap(({ identity, samples }) => samples.map(({ id, minute }) => `${alarmKey(identity)}/${minute}/${id}`))
    .sort()
    .join('\n');
}
