import { MINUTE_MS, minuteOf, sampleId, type AlarmIdentity } from '@trailbell/core/alarm';
import { describeActivity } from '@trailbell/core/cloudtrail';
import { parseEvent } from '@trailbell/core/pattern';
import { BatchMatches } from '@trailbell/functions/alarms/batch-matches';
import { reconcile } from '@trailbell/functions/alarms/reconcile';
import { recordAndSettle } from '@trailbell/functions/alarms/record-and-settle';
import type { SettleContext } from '@trailbell/functions/alarms/settle';
import { ExpiringMemoryStore, type ExpiringStore } from './expiring-memory-store.ts';
import type { HappenedDeed, History } from './history.ts';
import { Invocation, ServiceError, type CallFault } from './invocation.ts';
import { Paging } from './paging.ts';
import type { Outage, Plan } from './plan.ts';
import { identityOf, ruleOf, silentAlarms, versionAt, versionsOf, type RulesVersion } from './rules-versions.ts';
import { seeded } from './seeded.ts';
import { SimulatedTime } from './simulated-time.ts';
import { watchedStore } from './watched-store.ts';

const START_MS = Date.UTC(2026, 2, 11, 9, 0);
const MAX_CLOCK_OFFSET_MS = MINUTE_MS;

/** When a batch whose invocation failed or died comes again: Lambda's two retries, then the on-failure queue, ever later. */
const RETRY_AFTER_MS = [60_000, 120_000, 600_000, 1_800_000];

/** A run in which something is still due so long after the last event is not going to end. */
const QUIET_BY_MS = 3 * 3_600_000;

/** One copy of an event on its way to the matcher. */
export interface DeliveredCopy {
  readonly event: number;
  readonly alarm: number;
  readonly value: number;
  readonly stampMs: number;
  readonly arrivesMs: number;
}

/** Every copy of every event of a plan. */
export function copiesOf(plan: Plan): readonly DeliveredCopy[] {
  return plan.events.flatMap(({ alarm, atSeconds, value, arrivals }, event) =>
    arrivals.map(({ stampedLaterSeconds, lateSeconds }) => {
      const stampMs = START_MS + (atSeconds + stampedLaterSeconds) * 1000;
      return { event, alarm: alarm % plan.metrics.length, value, stampMs, arrivesMs: stampMs + lateSeconds * 1000 };
    }),
  );
}

export const eventId = (event: number): string => `event-${event}`;

/** Runs a plan to its end: until all batches are handled and nothing is due or in flight. */
export async function runPlan(plan: Plan, store: ExpiringStore = new ExpiringMemoryStore()): Promise<History> {
  return new Run(plan, store).toItsEnd();
}

class Run {
  readonly #plan: Plan;
  readonly #store: ExpiringStore;
  readonly #time = new SimulatedTime(START_MS);
  readonly #paging: Paging;
  readonly #versions: readonly RulesVersion[];
  readonly #deeds: HappenedDeed[] = [];
  #endsByMs = START_MS;
  readonly #broken: unknown[] = [];
  #invocations = 0;
  #matchers = 0;
  #reconcilers = 0;

  constructor(plan: Plan, store: ExpiringStore) {
    this.#plan = plan;
    this.#store = store;
    this.#paging = new Paging(this.#time, plan);
    this.#versions = versionsOf(plan, START_MS);
  }

  async toItsEnd(): Promise<History> {
    const batchMs = this.#plan.batchSeconds * 1000;
    const batches = [...Map.groupBy(copiesOf(this.#plan), ({ arrivesMs }) => Math.ceil(arrivesMs / batchMs) * batchMs)];
    batches.sort(([a], [b]) => a - b);
    for (const [atMs, batch] of batches) this.#deliver(batch, atMs);
    for (const { batch, afterSeconds } of this.#plan.redeliveries) {
      const again = batches[batch % batches.length];
      if (again !== undefined) this.#deliver(again[1], again[0] + afterSeconds * 1000);
    }
    // So that a run goes on until its last rules have seen the alarms.
    for (const { version } of this.#versions) {
      this.#time.at(version, () => undefined);
      this.#endsByMs = Math.max(this.#endsByMs, version + QUIET_BY_MS);
    }
    for (const { fromSeconds, lengthSeconds } of this.#plan.silences) {
      this.#endsByMs = Math.max(this.#endsByMs, START_MS + (fromSeconds + lengthSeconds) * 1000 + QUIET_BY_MS);
    }
    this.#time.at(START_MS, () => this.#reconcile());
    await this.#time.run();
    if (this.#broken.length > 0) throw new AggregateError(this.#broken, 'an invocation threw what no service did');
    return this.#history();
  }

  #deliver(batch: readonly DeliveredCopy[], atMs: number, tries = 0): void {
    this.#endsByMs = Math.max(this.#endsByMs, atMs + QUIET_BY_MS);
    // Time to live may strike before a batch, or as soon as it is recorded (see #invoke).
    if (seeded(this.#plan.seed, Math.floor(atMs / 1000), 19) < 0.5) this.#time.at(atMs - 1, () => this.#expire());
    this.#time.at(atMs, () => {
      const faults = this.#plan.matcherFaults[this.#matchers++] ?? [];
      const { invocation, context, rules } = this.#invoke(faults);
      const matches = new BatchMatches((_, { root }) => describeActivity(root));
      for (const { event, alarm, value, stampMs } of batch) {
        const metric = rules.metrics[alarm];
        if (metric === undefined) continue;
        const sample = {
          id: sampleId(eventId(event)),
          value: metric.constantValue ?? value,
          minute: minuteOf(stampMs),
        };
        const message = JSON.stringify({ eventID: eventId(event) });
        matches.add({ identity: identityOf(alarm), sample }, parseEvent(message));
      }
      this.#run(
        invocation,
        () => recordAndSettle(matches.all(), context),
        () => {
          const afterMs = RETRY_AFTER_MS[Math.min(tries, RETRY_AFTER_MS.length - 1)] ?? 0;
          this.#deliver(batch, this.#time.nowMs + afterMs, tries + 1);
        },
      );
    });
  }

  /** Each minute; minutes in which no clock could find an alarm due are passed over. */
  async #reconcile(): Promise<void> {
    const { seed, reconcilersEachMinute, reconcilerFaults } = this.#plan;
    const dueMs = await this.#earliestDueMs();
    if (dueMs <= this.#time.nowMs + MAX_CLOCK_OFFSET_MS) {
      for (let each = 0; each < reconcilersEachMinute; each++) {
        const number = this.#reconcilers++;
        this.#time.in(Math.floor(seeded(seed, number, 13) * 3_000), () => {
          const { invocation, context, rules } = this.#invoke(reconcilerFaults[number] ?? []);
          this.#run(invocation, () => reconcileAll(context, silentAlarms(rules)));
        });
      }
    }
    // What is due now will be looked at by the reconcilers that were just started, and may change until the next minute.
    const wakesMs = Math.min(
      this.#time.nextMs ?? Infinity,
      Math.max(dueMs - MAX_CLOCK_OFFSET_MS, this.#time.nowMs + MINUTE_MS),
    );
    if (wakesMs === Infinity || wakesMs > this.#endsByMs) return;
    const nextMs = Math.max(this.#time.nowMs + MINUTE_MS, Math.floor(wakesMs / MINUTE_MS) * MINUTE_MS);
    this.#time.at(nextMs, () => this.#reconcile());
  }

  /** Lets a handler run beside everything else. */
  #run(invocation: Invocation, handler: () => Promise<unknown>, onFailure?: () => void): void {
    invocation.run(handler).then(
      (end) => {
        if (end !== 'done') onFailure?.();
      },
      (error: unknown) => {
        this.#broken.push(error);
      },
    );
  }

  #invoke(faults: readonly CallFault[]) {
    const { seed, clockOffsetsSeconds: offsets, frozenSeconds } = this.#plan;
    const number = this.#invocations++;
    const clockOffsetMs = (offsets[number % offsets.length] ?? 0) * 1000;
    const invocation = new Invocation(this.#time, {
      number,
      seed,
      clockOffsetMs,
      faults,
      frozenMs: frozenSeconds * 1000,
    });
    const rules = versionAt(this.#versions, this.#time.nowMs, seed, number);
    const note = (deed: object) => {
      const happened = { ...deed, atMs: this.#time.nowMs, invocation: number, version: rules.version } as HappenedDeed;
      this.#deeds.push(happened);
      // Time to live strikes at the worst moment: soon after each recording, and now and then.
      if (happened.kind === 'recorded') this.#time.in(seeded(seed, number, 17) * 20_000, () => this.#expire());
    };
    const context: SettleContext = {
      store: watchedStore(this.#reachable('DynamoDB', this.#store), invocation, note),
      rulesVersion: rules.version,
      ruleOf: (identity) => ruleOf(rules, identity, START_MS),
      nowMs: invocation.nowMs,
      publish: async (owed, identity) => {
        note({ kind: 'publishing', identity, owed });
        try {
          await invocation.call(() => {
            this.#checkUp('SNS');
            note({ kind: 'published', identity, owed });
            this.#paging.accept(owed);
            return Promise.resolve();
          });
        } finally {
          note({ kind: 'publish ended', identity, owed });
        }
      },
    };
    return { invocation, context, rules };
  }

  async #expire(): Promise<void> {
    await this.#store.expire(this.#time.nowMs);
  }

  #reachable(service: Outage['service'], store: ExpiringStore): ExpiringStore {
    const up = <Answer>(request: () => Answer): Answer => {
      this.#checkUp(service);
      return request();
    };
    return {
      record: (...given) => up(() => store.record(...given)),
      admitGroup: (...given) => up(() => store.admitGroup(...given)),
      read: (...given) => up(() => store.read(...given)),
      write: (...given) => up(() => store.write(...given)),
      markTold: (...given) => up(() => store.markTold(...given)),
      due: (...given) => up(() => store.due(...given)),
      expire: (...given) => store.expire(...given),
    };
  }

  #checkUp(service: Outage['service']): void {
    const nowSeconds = (this.#time.nowMs - START_MS) / 1000;
    const isDown = this.#plan.outages.some(
      (outage) =>
        outage.service === service &&
        nowSeconds >= outage.fromSeconds &&
        nowSeconds < outage.fromSeconds + outage.lengthSeconds,
    );
    if (isDown) throw new ServiceError(`${service} is down`);
  }

  async #earliestDueMs(): Promise<number> {
    let earliestMs = Infinity;
    const newest = this.#versions.findLast(({ version }) => version <= this.#time.nowMs);
    const watched = new Set(newest && silentAlarms(newest).map(({ rule }) => rule));
    for (const { identity, alarm } of await this.#alarms()) {
      const { dueMs } = alarm?.standing ?? {};
      // Each reconciler sees to it that what rings on silence is looked at.
      const isMissed = watched.has(identity.rule) && dueMs === undefined;
      if (alarm === undefined && !isMissed) continue;
      earliestMs = Math.min(
        earliestMs,
        isMissed || alarm?.standing === undefined ? this.#time.nowMs : (dueMs ?? Infinity),
      );
    }
    return earliestMs;
  }

  async #alarms(): Promise<History['alarms']> {
    return Promise.all(
      this.#plan.metrics.map(async (_, index) => {
        const identity = identityOf(index);
        return { identity, alarm: await this.#store.read(identity) };
      }),
    );
  }

  async #history(): Promise<History> {
    const alarms = await this.#alarms();
    const due = [];
    for await (const { identity } of this.#store.due(Number.MAX_SAFE_INTEGER)) due.push(identity);
    await this.#store.expire(this.#time.nowMs + 31 * 86_400_000);
    const left = await this.#alarms();
    return {
      startMs: START_MS,
      endMs: this.#time.nowMs,
      deeds: this.#deeds,
      pagerDuty: this.#paging.events,
      incidents: this.#paging.incidents,
      versions: this.#versions,
      alarms,
      due,
      kept: left.filter(({ alarm }) => alarm !== undefined).map(({ identity }) => identity),
    };
  }
}

/** What the reconciler's handler does. */
async function reconcileAll(context: SettleContext, silentAlarms: readonly AlarmIdentity[]): Promise<void> {
  const { failures } = await reconcile(context, {
    silentAlarms,
    hasTime: () => true,
    onSettled: () => undefined,
    onFailure: (_, error) => {
      if (!(error instanceof ServiceError)) throw error;
    },
  });
  if (failures > 0) throw new ServiceError(`${failures} alarms could not be settled`);
}
