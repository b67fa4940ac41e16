import { MINUTE_MS, minuteOf, type Alarm, type Sample, type Standing } from '@trailbell/core/alarm';
import type { Recorded, Recording } from './alarm-store.ts';

/** An alarm (or none yet) as it is after a recording: what the store's one update does, said in plain data. */
export function withRecording(
  known: Alarm | undefined,
  recording: Recording,
  nowMs: number,
  rulesVersion: number,
): Recorded {
  const seen = new Set(known?.samples.map(({ id }) => id));
  const alarm: Alarm = {
    rulesVersion,
    ...known,
    identity: recording.identity,
    rev: (known?.rev ?? 0) + 1,
    samples: union(known?.samples ?? [], recording.samples),
    examples: known === undefined || known.examples.length === 0 ? recording.examples : known.examples,
    ...(known?.standing === undefined ? {} : { standing: dueNow(known.standing, nowMs) }),
  };
  return { alarm, duplicates: recording.samples.filter(({ id }) => seen.has(id)).length };
}

/** The alarm is due in this very minute, and is not to be forgotten. */
function dueNow({ expiresAtMs, ...standing }: Standing, nowMs: number): Standing {
  return { ...standing, dueMs: minuteOf(nowMs) * MINUTE_MS };
}

function union(known: readonly Sample[], added: readonly Sample[]): readonly Sample[] {
  const key = ({ minute, id, value }: Sample) => `${minute}/${id}/${value}`;
  return [...new Map([...known, ...added].map((sample) => [key(sample), sample])).values()];
}
