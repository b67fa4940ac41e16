import type { AlarmStore } from '@trailbell/functions/alarms/alarm-store';
import type { HappenedDeed } from './history.ts';
import type { Invocation } from './invocation.ts';

type Deed = HappenedDeed extends infer Each
  ? Each extends HappenedDeed
    ? Omit<Each, 'atMs' | 'invocation' | 'version'>
    : never
  : never;
export type Note = (deed: Deed) => void;

/** The store as one invocation reaches it: each request may fail, and what it does is noted at the moment at which it is done. */
export function watchedStore(store: AlarmStore, invocation: Invocation, note: Note): AlarmStore {
  return {
    record: (recording, nowMs, rulesVersion) =>
      invocation.call(async () => {
        const recorded = await store.record(recording, nowMs, rulesVersion);
        note({ kind: 'recorded', identity: recording.identity, samples: recording.samples });
        return recorded;
      }),
    admitGroup: (...given) => invocation.call(() => store.admitGroup(...given)),
    read: (identity) => invocation.call(() => store.read(identity)),
    write: (alarm, step, rulesVersion) =>
      invocation.call(async () => {
        const isWritten = await store.write(alarm, step, rulesVersion);
        if (isWritten) note({ kind: 'written', identity: alarm.identity, step });
        return isWritten;
      }),
    markTold: (identity, told) =>
      invocation.call(async () => {
        await store.markTold(identity, told);
        note({ kind: 'told', identity });
      }),
    async *due(nowMs) {
      const found = store.due(nowMs)[Symbol.asyncIterator]();
      // A page that is asked for twice is the same page.
      for (;;) {
        let page: ReturnType<typeof found.next> | undefined;
        const next = await invocation.call(() => (page ??= found.next()));
        if (next.done === true) return;
        yield next.value;
      }
    },
  };
}
