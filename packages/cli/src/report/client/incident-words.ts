import { fieldOf } from '@trailbell/core/json';
import type { ReportIncident } from '../report-data.ts';
import { counted, duration } from './words.ts';

type Told = Omit<ReportIncident, 'rule'>;

/** `3 matches`, `at least 50 matches`. */
export function matchesOf({ count, isAtLeast }: Told): string {
  return `${isAtLeast ? 'at least ' : ''}${counted(count, 'match')}`;
}

/** The same for a column of matches: `3`, `at least 50`. */
export function matchCount(incident: Told): string {
  return matchesOf(incident).replace(/ match(es)?$/, '');
}

/** `4m39s`, or that it was open when the archive ended. */
export function lasted({ openedMs, resolvedMs }: Told): string {
  return resolvedMs === undefined ? 'open' : duration(resolvedMs - openedMs);
}

/** The name of who did it first, as far as it is known. */
export function whoOf({ activities }: Told): string {
  return textAt(activities[0], 'actor', 'name') ?? '';
}

/** The text that lies there, if there is one. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce(fieldOf, value);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
