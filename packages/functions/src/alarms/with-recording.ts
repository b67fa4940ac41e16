import { MINUTE_MS, minuteOf, type Alarm, type Sample, type Standing } from '@trailbell/core/alarm';
import type { Recorded, Recording } from './alarm-store.ts';

/** An alarm (or none yet) as it is after a recording was written: what the store's one update does, said in plain data. */
export function withRecording(
  known: Alarm | undefined,
  recording: Recording,
  nowMs: number,
  rulesVersion: number,
): Omit<Recorded, 'alarm'> & { readonly alarm: Alarm } {
  const kept = withinCap(known?.samples ?? [], recording);
  const seen = new Set(known?.samples.map(({ id }) => id));
  const uncounted = recording.samples.length - kept.length;
  const hasExamples = new Set(known?.examples.map(({ minute }) => minute));
  const alarm: Alarm = {
    rulesVersion,
    ...known,
    identity: recording.identity,
    rev: (known?.rev ?? 0) + 1,
    samples: union(known?.samples ?? [], kept),
    uncounted: (known?.uncounted ?? 0) + uncounted,
    examples: [...(known?.examples ?? []), ...recording.examples.filter(({ minute }) => !hasExamples.has(minute))],
    ...(known?.standing && { standing: dueNow(known.standing, nowMs) }),
  };
  return { alarm, duplicates: kept.filter(({ id }) => seen.has(id)).length, uncounted };
}

/** The samples of minutes that are not full yet; of one batch no minute takes more than its cap. */
export function withinCap(known: readonly Sample[], { samples, minuteCap }: Recording): readonly Sample[] {
  const counts = new Map<number, number>();
  for (const { minute } of known) counts.set(minute, (counts.get(minute) ?? 0) + 1);
  return [...Map.groupBy(samples, ({ minute }) => minute)].flatMap(([minute, inMinute]) =>
    (counts.get(minute) ?? 0) < minuteCap ? firstOf(inMinute, minuteCap) : [],
  );
}

/** Always the same ones of the same samples, so that a batch delivered again adds nothing new. */
export function firstOf(samples: readonly Sample[], count: number): readonly Sample[] {
  return samples.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, count);
}

function union(known: readonly Sample[], added: readonly Sample[]): readonly Sample[] {
  const key = ({ minute, id, value }: Sample) => `${minute}/${id}/${value}`;
  return [...new Map([...known, ...added].map((sample) => [key(sample), sample])).values()];
}

/** The alarm is due in this very minute, and is not to be forgotten. */
function dueNow({ expiresAtMs, ...standing }: Standing, nowMs: number): Standing {
  return { ...standing, dueMs: minuteOf(nowMs) * MINUTE_MS };
}
