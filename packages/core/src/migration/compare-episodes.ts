import type { AlarmEpisode } from './alarm-history.ts';

/** Where two tellings of the same alarm differ. Times are epoch milliseconds; a positive delay is CloudWatch being later. */
export type EpisodeDifference =
  | { readonly kind: 'only-ours' | 'only-cloudwatch'; readonly episode: AlarmEpisode }
  | {
      readonly kind: 'alarm-time' | 'ok-time';
      readonly ours: AlarmEpisode;
      readonly cloudWatch: AlarmEpisode;
      readonly delayMs: number;
    };

export interface EpisodeComparison {
  readonly agreed: number;
  readonly differences: readonly EpisodeDifference[];
}

/**
 * Puts together what belongs together and lists what has no counterpart and what begins or ends at another time. Episodes
 * that overlap belong together, also several to one: records that reach CloudWatch late make it ring twice for once, or once for
 * twice. Where none overlaps, what CloudWatch told within the hour after ours does. An end that is not known is not compared. Both lists are in
 * the order of time.
 */
export function compareEpisodes(
  ours: readonly AlarmEpisode[],
  cloudWatch: readonly AlarmEpisode[],
  toleranceMs: number,
): EpisodeComparison {
  const differences: EpisodeDifference[] = [];
  let agreed = 0;
  for (const { ours: our, theirs: their } of groupsOf(ours, cloudWatch)) {
    if (their.length === 0) for (const episode of our) differences.push({ kind: 'only-ours', episode });
    else if (our.length === 0) for (const episode of their) differences.push({ kind: 'only-cloudwatch', episode });
    else {
      const found = timeDifferences(span(our), span(their), toleranceMs);
      differences.push(...found);
      if (found.length === 0) agreed += 1;
    }
  }
  return { agreed, differences: differences.sort((a, b) => startOf(a) - startOf(b)) };
}

/** Episodes of several alarms as one alarm would have had them: it is on while any of them is. */
export function union(episodes: readonly AlarmEpisode[]): readonly AlarmEpisode[] {
  const joined: AlarmEpisode[] = [];
  for (const episode of episodes.toSorted((a, b) => a.openedMs - b.openedMs)) {
    const last = joined.at(-1);
    if (last === undefined || episode.openedMs > endOf(last)) joined.push(episode);
    else joined[joined.length - 1] = span([last, episode]);
  }
  return joined;
}

/** CloudTrail may deliver as late as this and be on time: what rings so long after may be about the same records. */
const SAME_EVENT_MS = 3_600_000;

/** CloudWatch sees no record before we do; only where its minutes begin differs. */
const EARLY_MS = 300_000;

/** Episodes of both sides that belong together; one side alone where nothing of the other does. */
interface Group {
  readonly ours: readonly AlarmEpisode[];
  readonly theirs: readonly AlarmEpisode[];
}

function groupsOf(ours: readonly AlarmEpisode[], theirs: readonly AlarmEpisode[]): readonly Group[] {
  const groups: Group[] = [];
  for (const their of theirs) {
    const counterparts = counterpartsOf(their, ours);
    const joined = groups.filter((group) => group.ours.some((our) => counterparts.includes(our)));
    for (const group of joined) groups.splice(groups.indexOf(group), 1);
    groups.push({
      ours: [...new Set([...joined.flatMap((group) => group.ours), ...counterparts])],
      theirs: [...joined.flatMap((group) => group.theirs), their],
    });
  }
  const left = ours.filter((our) => !groups.some((group) => group.ours.includes(our)));
  return [...groups, ...left.map((our) => ({ ours: [our], theirs: [] }))];
}

/** Those that overlap; where none does, the last that began before it, else the next after it, if that is close enough. */
function counterpartsOf(their: AlarmEpisode, ours: readonly AlarmEpisode[]): readonly AlarmEpisode[] {
  const overlapping = ours.filter((our) => our.openedMs <= endOf(their) && their.openedMs <= endOf(our));
  if (overlapping.length > 0) return overlapping;
  const before = ours.findLast((our) => endOf(our) < their.openedMs);
  if (before !== undefined && their.openedMs - endOf(before) <= SAME_EVENT_MS) return [before];
  const after = ours.find((our) => our.openedMs > endOf(their));
  return after !== undefined && after.openedMs - endOf(their) <= EARLY_MS ? [after] : [];
}

function timeDifferences(
  ours: AlarmEpisode,
  cloudWatch: AlarmEpisode,
  toleranceMs: number,
): readonly EpisodeDifference[] {
  const differences: EpisodeDifference[] = [];
  const note = (kind: 'alarm-time' | 'ok-time', delayMs: number) => {
    if (Math.abs(delayMs) > toleranceMs) differences.push({ kind, ours, cloudWatch, delayMs });
  };
  note('alarm-time', cloudWatch.openedMs - ours.openedMs);
  if (ours.resolvedMs !== undefined && cloudWatch.resolvedMs !== undefined) {
    note('ok-time', cloudWatch.resolvedMs - ours.resolvedMs);
  }
  return differences;
}

function span(episodes: readonly AlarmEpisode[]): AlarmEpisode {
  const openedMs = Math.min(...episodes.map((episode) => episode.openedMs));
  const resolvedMs = Math.max(...episodes.map(endOf));
  return resolvedMs === Infinity ? { openedMs } : { openedMs, resolvedMs };
}

function endOf({ resolvedMs = Infinity }: AlarmEpisode): number {
  return resolvedMs;
}

function startOf(difference: EpisodeDifference): number {
  return 'episode' in difference ? difference.episode.openedMs : difference.ours.openedMs;
}
