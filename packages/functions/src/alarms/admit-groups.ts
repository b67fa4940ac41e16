import { alarmKey, dayOf, firstExamples, otherGroup, type Examples } from '@trailbell/core/alarm';
import type { AlarmMatches } from './alarm-store.ts';
import type { SettleContext } from './settle.ts';

/**
 * Gives each group of a rule its alarm, as far as the rule's limit for the day goes; the groups past it share one. Somebody who
 * makes up principals by the thousand gets one page for the rest of them, not thousands.
 */
export async function admitGroups(
  batch: readonly AlarmMatches[],
  { store, ruleOf }: SettleContext,
): Promise<readonly AlarmMatches[]> {
  const admitted = new Map<string, AlarmMatches>();
  for (const matches of batch) {
    const { identity, samples } = matches;
    const limit = ruleOf(identity)?.groupLimit;
    const [first] = samples;
    const isAdmitted =
      identity.group.length === 0 ||
      limit === undefined ||
      first === undefined ||
      (await store.admitGroup(identity, dayOf(first.minute), limit));
    const taken = isAdmitted ? matches : { ...matches, identity: otherGroup(identity) };
    const key = alarmKey(taken.identity);
    const known = admitted.get(key);
    admitted.set(key, known === undefined ? taken : together(known, taken));
  }
  return [...admitted.values()];
}

function together(a: AlarmMatches, b: AlarmMatches): AlarmMatches {
  const examples = Map.groupBy([...a.examples, ...b.examples], ({ minute }) => minute);
  return {
    identity: a.identity,
    samples: [...a.samples, ...b.samples],
    examples: [...examples].map(([minute, sets]): Examples => ({
      minute,
      activities: firstExamples(sets.flatMap(({ activities }) => activities)),
    })),
  };
}
