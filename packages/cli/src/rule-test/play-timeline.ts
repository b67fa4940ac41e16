import {
  alarmKey,
  initialState,
  MINUTE_MS,
  type AlarmIdentity,
  type AlarmState,
  type OwedNotification,
} from '@trailbell/core/alarm';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { RuleSet } from '@trailbell/core/matcher';
import type { RuleTimeline } from '@trailbell/core/rule';
import { messageOf, timelineStartMs, type TimelineRun } from '@trailbell/core/rule-test';
import { MemoryAlarmStore } from '@trailbell/functions/adapters/memory-alarm-store';
import { AlarmRules } from '@trailbell/functions/alarms/alarm-rules';
import { BatchMatches } from '@trailbell/functions/alarms/batch-matches';
import { matchDescriber } from '@trailbell/functions/alarms/describe-match';
import { reconcile } from '@trailbell/functions/alarms/reconcile';
import { recordAndSettle } from '@trailbell/functions/alarms/record-and-settle';
import type { SettleContext } from '@trailbell/functions/alarms/settle';

const DEPLOYMENT = { accountId: '111122223333', region: 'us-east-1', topicArn: '', logGroupName: '' };

/**
 * Plays a timeline through what the Lambdas run: the matcher, recording, settling, and a reconciler at each full minute at which
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
    await play.reconcileUntil(atMs);
    await play.deliver(timeline.events.filter((event) => event.atMs === atMs).map(({ event }) => event));
    await play.reconcileUntil(atMs);
  }
  return play.run;
}

class Play {
  readonly #startMs: number;
  readonly #ruleSet: RuleSet;
  readonly #rules: AlarmRules;
  readonly #matches: () => BatchMatches;
  readonly #context: SettleContext;
  readonly #known = new Map<string, AlarmIdentity>();
  readonly #lastEpisodes = new Map<string, OwedNotification['episode']>();
  readonly #states: { atMs: number; state: AlarmState }[];
  readonly #notifications: TimelineRun['notifications'][number][] = [];
  #nowMs: number;
  /** The reconciler runs at most once a minute. */
  #nextRunMs: number;
  #delivered = 0;
  #counted = 0;

  constructor(compiled: CompiledRules, startMs: number) {
    this.#startMs = startMs;
    this.#nowMs = startMs;
    this.#nextRunMs = fullMinute(startMs);
    this.#ruleSet = RuleSet.compile(compiled.rules, { image: Buffer.from(compiled.scannerImage, 'base64') });
    this.#rules = new AlarmRules(compiled, DEPLOYMENT, { prefix: '', deployment: '' });
    const describe = matchDescriber(compiled);
    this.#matches = () => new BatchMatches(describe);
    this.#context = {
      store: new MemoryAlarmStore(),
      publish: (owed, identity) => {
        this.#tell(owed, identity);
        return Promise.resolve();
      },
      ruleOf: (identity) => this.#rules.of(identity),
      rulesVersion: compiled.version,
      nowMs: () => this.#nowMs,
    };
    const [rule] = compiled.rules;
    const metric = rule && this.#rules.of({ rule: rule.name, group: [] })?.metric;
    const initial = metric === undefined ? 'OK' : initialState(metric);
    // An alarm that goes off because nothing happens has to see a window of it first.
    this.#states = [{ atMs: 0, state: initial === 'ALARM' ? 'INSUFFICIENT_DATA' : initial }];
    for (const identity of this.#rules.silentAlarms()) this.#known.set(alarmKey(identity), identity);
  }

  get run(): TimelineRun {
    return { states: this.#states, notifications: this.#notifications, counted: this.#counted };
  }

  /** Sends records to the matcher as one batch of the present moment. */
  async deliver(events: readonly unknown[]): Promise<void> {
    if (events.length === 0) return;
    const logEvents = events.map((event, index) => ({
      id: String(this.#delivered + index),
      timestamp: this.#nowMs,
      message: messageOf(event),
    }));
    this.#delivered += events.length;
    const payload = { messageType: 'DATA_MESSAGE', owner: '', logGroup: '', logStream: '', logEvents };
    const matched = this.#ruleSet.matchPayload(Buffer.from(JSON.stringify(payload)), this.#nowMs);
    if (matched.kind !== 'data') throw new Error(`a payload of a timeline came out as ${matched.kind}`);
    this.#counted += matched.matched.length;
    const batch = this.#matches();
    for (const { event, matches } of matched.matched) for (const match of matches) batch.add(match, event);
    const { settled } = await recordAndSettle(batch.all(), this.#context);
    for (const { identity } of settled) this.#known.set(alarmKey(identity), identity);
    await this.#noteState();
  }

  /** Lets time pass up to a moment. */
  async reconcileUntil(atMs: number): Promise<void> {
    for (;;) {
      const runMs = Math.max(this.#nextRunMs, fullMinute(await this.#earliestDueMs()));
      if (runMs > this.#startMs + atMs) break;
      this.#nowMs = runMs;
      this.#nextRunMs = runMs + MINUTE_MS;
      await reconcile(this.#context, {
        silentAlarms: this.#rules.silentAlarms(),
        hasTime: () => true,
        onSettled: () => undefined,
        onFailure: (_alarm, error) => {
          throw error;
        },
      });
      await this.#noteState();
    }
    this.#nowMs = this.#startMs + atMs;
  }

  async #earliestDueMs(): Promise<number> {
    let earliestMs = Infinity;
    for (const identity of this.#known.values()) {
      const alarm = await this.#context.store.read(identity);
      earliestMs = Math.min(earliestMs, alarm === undefined ? this.#startMs : (alarm.standing?.dueMs ?? Infinity));
    }
    return earliestMs;
  }

  /** Of several groups one in ALARM is enough, and then one without data. */
  async #noteState(): Promise<void> {
    const alarms = await Promise.all([...this.#known.values()].map((identity) => this.#context.store.read(identity)));
    const states = alarms.flatMap((alarm) => (alarm?.standing === undefined ? [] : [alarm.standing.state]));
    const state = (['ALARM', 'INSUFFICIENT_DATA', 'OK'] as const).find((one) => states.includes(one));
    const atMs = this.#nowMs - this.#startMs;
    if (state !== undefined && state !== this.#states.at(-1)?.state) this.#states.push({ atMs, state });
  }

  /** What is said once more because SNS keeps no order is about the very episode that was told last, and is no news. */
  #tell({ state, episode }: OwedNotification, identity: AlarmIdentity): void {
    const key = `${alarmKey(identity)} ${state}`;
    const isEcho = this.#lastEpisodes.get(key) === episode;
    this.#lastEpisodes.set(key, episode);
    if (!isEcho) this.#notifications.push({ atMs: this.#nowMs - this.#startMs, state });
  }
}

function fullMinute(atMs: number): number {
  return Math.ceil(atMs / MINUTE_MS) * MINUTE_MS;
}
