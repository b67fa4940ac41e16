import { dayOf, otherGroup } from '@trailbell/core/alarm';
import type { AlarmMatches } from './alarm-store.ts';
import type { SettleContext } from './settle.ts';

/**
 * Gives a group of a rule its alarm, as far as the rule's limit for each day goes; the groups past it share one. Somebody who makes
 * up principals by the thousand gets one page for the rest of them, not thousands.
 */
export async function admitGroup(
  matches: AlarmMatches,
  { store, ruleOf }: SettleContext,
): Promise<readonly AlarmMatches[]> {
  const { identity, samples, examples } = matches;
  const limit = ruleOf(identity)?.groupLimit;
  if (identity.group.length === 0 || limit === undefined) return [matches];
  const days = [...new Set(samples.map(({ minute }) => dayOf(minute)))];
  return Promise.all(
    days.map(async (day) => ({
      identity: (await store.admitGroup(identity, day, limit)) ? identity : otherGroup(identity),
      samples: samples.filter(({ minute }) => dayOf(minute) === day),
      examples: examples.filter(({ minute }) => dayOf(minute) === day),
    })),
  );
}
