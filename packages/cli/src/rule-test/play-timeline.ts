import { alarmKey, initialState, metricOf, type AlarmState, type OwedNotification } from '@trailbell/core/alarm';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { RuleSet } from '@trailbell/core/matcher';
import type { RuleTimeline } from '@trailbell/core/rule';
import { messageOf, timelineStartMs, type TimelineRun } from '@trailbell/core/rule-test';
import { BatchMatches } from '@trailbell/functions/alarms/batch-matches';
import { matchDescriber, type DescribeMatch } from '@trailbell/functions/alarms/describe-match';
import { AlarmSimulation, type SimulatedNotification } from '@trailbell/functions/simulation/alarm-simulation';

const DEPLOYMENT = { accountId: '111122223333', region: 'us-east-1', topicArn: '', logGroupName: '' };

/**
 * Plays a timeline through what the Lambdas run: the matcher, recording, settling, and a reconciler at each full minute by which
 * something is due. Only the store and SNS are this process's own.
 *
 * @param compiled the one rule of the timeline
 */
export async function playTimeline(compiled: CompiledRules, timeline: RuleTimeline): Promise<TimelineRun> {
  const play = new Play(compiled, timelineStartMs(timeline));
  const times = new Set(
    [...timeline.events, ...timeline.expect, ...(timeline.notifications ?? [])].map(({ atMs }) => atMs),
  );
  for (const atMs of [...times].sort((a, b) => a - b)) {
    const events = timeline.events.filter((event) => event.atMs === atMs).map(({ event }) => event);
    await play.deliver(events, atMs);
  }
  return play.run;
}

class Play {
  readonly #startMs: number;
  readonly #ruleSet: RuleSet;
  readonly #describe: DescribeMatch;
  readonly #simulation: AlarmSimulation;
  readonly #lastEpisodes = new Map<string, OwedNotification['episode']>();
  readonly #states: { atMs: number; state: AlarmState }[];
  readonly #notifications: TimelineRun['notifications'][number][] = [];
  #delivered = 0;
  #counted = 0;

  constructor(compiled: CompiledRules, startMs: number) {
    this.#startMs = startMs;
    this.#ruleSet = RuleSet.compile(compiled.rules, { image: Buffer.from(compiled.scannerImage, 'base64') });
    this.#describe = matchDescriber(compiled);
    this.#simulation = new AlarmSimulation(compiled, {
      startMs,
      deployment: DEPLOYMENT,
      onNotification: (notification) => {
        this.#tell(notification);
      },
      onSettled: () => {
        this.#noteState();
      },
    });
    const [rule] = compiled.rules;
    const initial = rule === undefined ? 'OK' : initialState(metricOf(rule));
    // An alarm that goes off because nothing happens has to see a window of it first.
    this.#states = [{ atMs: 0, state: initial === 'ALARM' ? 'INSUFFICIENT_DATA' : initial }];
  }

  get run(): TimelineRun {
    return { states: this.#states, notifications: this.#notifications, counted: this.#counted };
  }

  /** Lets time pass up to a moment, and sends records to the matcher then, as one batch. */
  async deliver(events: readonly unknown[], atMs: number): Promise<void> {
    const nowMs = this.#startMs + atMs;
    if (events.length > 0) await this.#simulation.arrive(this.#match(events, nowMs).all(), nowMs);
    await this.#simulation.runUntil(nowMs);
  }

  #match(events: readonly unknown[], nowMs: number): BatchMatches {
    const logEvents = events.map((event, index) => ({
      id: String(this.#delivered + index),
      timestamp: nowMs,
      message: messageOf(event),
    }));
    this.#delivered += events.length;
    const payload = { messageType: 'DATA_MESSAGE', owner: '', logGroup: '', logStream: '', logEvents };
    const matched = this.#ruleSet.matchPayload(Buffer.from(JSON.stringify(payload)), nowMs);
    if (matched.kind !== 'data') throw new Error(`a payload of a timeline came out as ${matched.kind}`);
    this.#counted += matched.matched.length;
    const batch = new BatchMatches(this.#describe);
    for (const { event, matches } of matched.matched) for (const match of matches) batch.add(match, event);
    return batch;
  }

  /** Of several groups one in ALARM is enough, and then one without data. */
  #noteState(): void {
    const states = this.#simulation.states();
    const state = (['ALARM', 'INSUFFICIENT_DATA', 'OK'] as const).find((one) => states.includes(one));
    const atMs = this.#simulation.nowMs - this.#startMs;
    if (state !== undefined && state !== this.#states.at(-1)?.state) this.#states.push({ atMs, state });
  }

  /** What is said once more because SNS keeps no order is about the very episode that was told last, and is no news. */
  #tell({ atMs, identity, notification: { state, episode } }: SimulatedNotification): void {
    const key = `${alarmKey(identity)} ${state}`;
    const isEcho = this.#lastEpisodes.get(key) === episode;
    this.#lastEpisodes.set(key, episode);
    if (!isEcho) this.#notifications.push({ atMs: atMs - this.#startMs, state });
  }
}
