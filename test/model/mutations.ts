import { sampleId, type Alarm, type AlarmIdentity, type Sample, type SettleStep } from '@trailbell/core/alarm';
import type { AlarmStore } from '@trailbell/functions/alarms/alarm-store';
import { ExpiringMemoryStore, type ExpiringStore } from './expiring-memory-store.ts';
import type { Claim } from './judge.ts';
import { WORLD_FOR_NOW } from './known-failures.ts';
import type { World } from './plan.ts';

/** One rule of the design, taken out of the store that the code works on. */
export interface Mutation {
  readonly name: string;
  /** What goes wrong without it: nothing else is claimed. */
  readonly claims: readonly Claim[];
  readonly world: World;
  readonly store: () => ExpiringStore;
}

/** A store whose alarms look otherwise to whoever reads them than they are. */
function through(inner: ExpiringStore, look: (alarm: Alarm) => Alarm): ExpiringStore {
  return {
    async record(...given) {
      const recorded = await inner.record(...given);
      return recorded.alarm === undefined ? recorded : { ...recorded, alarm: look(recorded.alarm) };
    },
    admitGroup: (...given) => inner.admitGroup(...given),
    async read(identity) {
      const alarm = await inner.read(identity);
      return alarm && look(alarm);
    },
    write: (...given) => inner.write(...given),
    markTold: (...given) => inner.markTold(...given),
    async *due(nowMs) {
      for await (const alarm of inner.due(nowMs)) yield look(alarm);
    },
    expire: (nowMs) => inner.expire(nowMs),
  };
}

/** The memory store with some of its methods replaced. */
function changed(change: (inner: ExpiringStore) => Partial<ExpiringStore>): () => ExpiringStore {
  return () => {
    const inner = new ExpiringMemoryStore();
    return { ...through(inner, (alarm) => alarm), ...change(inner) };
  };
}

function seen(look: (alarm: Alarm) => Alarm): () => ExpiringStore {
  return () => through(new ExpiringMemoryStore(), look);
}

/** The alarm with each event in no minute but the last that it was seen with. */
function inLatestMinute(alarm: Alarm): Alarm {
  const latest = new Map<string, Sample>();
  for (const sample of alarm.samples) {
    if (sample.minute >= (latest.get(sample.id)?.minute ?? -Infinity)) latest.set(sample.id, sample);
  }
  return { ...alarm, samples: [...latest.values()] };
}

/** Time to live that a recording does not take away. */
class ForgetfulStore extends ExpiringMemoryStore {
  readonly #expiries = new Map<string, { readonly identity: AlarmIdentity; readonly expiresAtMs: number }>();

  override async write(...given: Parameters<AlarmStore['write']>): Promise<boolean> {
    const isWritten = await super.write(...given);
    const [{ identity }, { standing }] = given;
    if (isWritten && standing.expiresAtMs === undefined) this.#expiries.delete(identity.rule);
    else if (isWritten && standing.expiresAtMs !== undefined)
      this.#expiries.set(identity.rule, { identity, expiresAtMs: standing.expiresAtMs });
    return isWritten;
  }

  override expire(nowMs: number): Promise<void> {
    for (const [key, { identity, expiresAtMs }] of [...this.#expiries]) {
      if (expiresAtMs >= nowMs) continue;
      this.#expiries.delete(key);
      this.forget(identity);
    }
    return Promise.resolve();
  }
}

/** The step of an alarm whose page is held back, due when its state changes and not before. */
function withoutSilenceDue(step: SettleStep): SettleStep {
  const { withheldSinceMs, lease, dueMs } = step.standing;
  if (withheldSinceMs === undefined || lease !== undefined || dueMs === undefined) return step;
  const hourLaterMs = step.standing.asOfMs + 3_600_000;
  return { ...step, standing: { ...step.standing, dueMs: Math.max(dueMs, hourLaterMs) } };
}

const CLOCKS_AGREE: World = { ...WORLD_FOR_NOW, clocksApart: false };

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'writes are made whatever has become of the alarm since it was read',
    claims: ['covered', 'state', 'incident', 'nothing owed', 'one sender', 'no repeated alarm'],
    world: WORLD_FOR_NOW,
    store: changed((inner) => ({
      async write(alarm, step, rulesVersion) {
        const current = await inner.read(alarm.identity);
        if (current === undefined || current.rulesVersion > rulesVersion) return false;
        return inner.write({ ...alarm, rev: current.rev }, step, rulesVersion);
      },
    })),
  },
  {
    name: 'nobody has the slot to themselves',
    claims: ['one sender', 'incident'],
    world: CLOCKS_AGREE,
    store: seen(({ standing, ...alarm }) => {
      if (standing === undefined) return alarm;
      const { lease: _, ...unleased } = standing;
      return { ...alarm, standing: unleased };
    }),
  },
  {
    name: 'nothing is told once more after opposite messages',
    claims: ['incident'],
    world: WORLD_FOR_NOW,
    store: seen(({ standing, ...alarm }) =>
      standing === undefined ? alarm : { ...alarm, standing: { ...standing, handedOverMs: {} } },
    ),
  },
  {
    name: 'the slot is emptied whatever it holds',
    claims: ['covered', 'incident', 'no repeated alarm'],
    world: WORLD_FOR_NOW,
    store: changed((inner) => ({
      async markTold(identity, told) {
        const owed = (await inner.read(identity))?.standing?.owed;
        const number = owed?.number ?? told.notification.number;
        await inner.markTold(identity, { ...told, notification: { ...told.notification, number } });
      },
    })),
  },
  {
    name: 'an event counts in the latest of its minutes',
    claims: ['state', 'covered', 'no false alarm', 'no repeated alarm'],
    world: CLOCKS_AGREE,
    store: seen(inLatestMinute),
  },
  {
    name: 'an event counts in each of its minutes',
    claims: ['state', 'no false alarm', 'no repeated alarm'],
    world: CLOCKS_AGREE,
    store: seen((alarm) => ({
      ...alarm,
      samples: alarm.samples.map((sample) => ({ ...sample, id: sampleId(`${sample.id}/${sample.minute}`) })),
    })),
  },
  {
    name: 'a recording leaves the time to live as it was',
    claims: ['covered', 'state', 'samples', 'incident'],
    world: WORLD_FOR_NOW,
    store: () => new ForgetfulStore(),
  },
  {
    name: 'older rules settle what newer ones have settled',
    claims: ['newest rules'],
    world: WORLD_FOR_NOW,
    store: () => {
      const inner = new ExpiringMemoryStore();
      return {
        ...through(inner, (alarm) => ({ ...alarm, rulesVersion: 0 })),
        async write(alarm, step, rulesVersion) {
          const newest = (await inner.read(alarm.identity))?.rulesVersion ?? 0;
          return inner.write(alarm, step, Math.max(newest, rulesVersion));
        },
      };
    },
  },
  {
    name: 'an alarm that a silence holds back is not kept due',
    claims: ['covered'],
    world: { ...CLOCKS_AGREE, faults: false, disorderOfSns: false, deploys: false },
    store: changed((inner) => ({
      write: (alarm, step, rulesVersion) => inner.write(alarm, withoutSilenceDue(step), rulesVersion),
    })),
  },
  {
    name: 'what came to be over in a silence is not remembered as over',
    claims: ['no repeated alarm'],
    world: CLOCKS_AGREE,
    store: changed((inner) => ({
      write(alarm, step, rulesVersion) {
        if (step.withheld === undefined) return inner.write(alarm, step, rulesVersion);
        const { toldIntervals = [] } = alarm.standing ?? {};
        return inner.write(alarm, { ...step, standing: { ...step.standing, toldIntervals } }, rulesVersion);
      },
    })),
  },
  {
    name: 'when an ALARM was told is forgotten',
    claims: ['no repeat without cause'],
    world: WORLD_FOR_NOW,
    store: changed((inner) => ({
      markTold: (identity, told) => inner.markTold(identity, { ...told, sentAtMs: 0 }),
    })),
  },
  {
    name: 'whom the pages named is forgotten',
    claims: ['no repeat without cause'],
    world: WORLD_FOR_NOW,
    store: seen(({ standing, ...alarm }) =>
      standing === undefined ? alarm : { ...alarm, standing: { ...standing, toldActors: [] } },
    ),
  },
  {
    name: 'a recording keeps no examples',
    claims: ['examples', 'examples of the window'],
    world: WORLD_FOR_NOW,
    store: changed((inner) => ({
      record: (recording, nowMs, rulesVersion) => inner.record({ ...recording, examples: [] }, nowMs, rulesVersion),
    })),
  },
];
