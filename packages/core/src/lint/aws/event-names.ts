import apiNames from './event-names.json' with { type: 'json' };
import laterNames from './later-event-names.json' with { type: 'json' };
import { OPEN_SOURCES, OTHER_EVENT_NAMES } from './other-event-names.ts';

const LISTS: readonly Readonly<Record<string, string>>[] = [apiNames, laterNames, OTHER_EVENT_NAMES];

const OPEN = new Set(OPEN_SOURCES);

/** CloudFront and Lambda add the date of their API: `CreateDistribution2020_05_31`, `UpdateFunctionCode20150331v2`. */
const API_VERSION = /_?\d{4}_?\d{2}_?\d{2}(?:v\d+)?$/;

/** Every `eventSource` that CloudTrail is known to write. */
export const EVENT_SOURCES: readonly string[] = [
  ...new Set([...LISTS.flatMap((list) => Object.keys(list)), ...OPEN_SOURCES]),
].sort();

const KNOWN_SOURCES = new Set(EVENT_SOURCES);

const namesBySource = new Map<string, ReadonlySet<string>>();

let sourcesByName: ReadonlyMap<string, readonly string[]> | undefined;

/** Whether CloudTrail is known to write this `eventSource`. */
export function isEventSource(source: string): boolean {
  return KNOWN_SOURCES.has(source);
}

/** The event names of a source, as far as they are known. */
export function eventNamesOf(source: string): ReadonlySet<string> {
  const known = namesBySource.get(source);
  if (known !== undefined) return known;
  const names = new Set(LISTS.flatMap((list) => (Object.hasOwn(list, source) ? (list[source]?.split(' ') ?? []) : [])));
  namesBySource.set(source, names);
  return names;
}

/** The sources that have an event name; versions count for what they are versions of. */
export function sourcesOfEventName(name: string): readonly string[] {
  sourcesByName ??= indexByName();
  return sourcesByName.get(name) ?? sourcesByName.get(name.replace(API_VERSION, '')) ?? [];
}

/** Every event name that is known. */
export function allEventNames(): Iterable<string> {
  sourcesByName ??= indexByName();
  return sourcesByName.keys();
}

/** Whether a source is known to have an event name, or might have any. */
export function hasEventName(source: string, name: string): boolean {
  const names = eventNamesOf(source);
  return OPEN.has(source) || names.has(name) || names.has(name.replace(API_VERSION, ''));
}

/** Whether any event name may come from this source. */
export function isOpenSource(source: string): boolean {
  return OPEN.has(source);
}

function indexByName(): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const source of EVENT_SOURCES) {
    for (const name of eventNamesOf(source)) {
      const sources = index.get(name);
      if (sources === undefined) index.set(name, [source]);
      else sources.push(source);
    }
  }
  return index;
}
