import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { readPayload } from '../../logs/index.ts';
import { evaluatePattern, type Pattern } from '../../pattern/index.ts';
import { splitArchive } from '../archive/split-archive.ts';
import { PatternSet, type ArchiveMatches, type Engine, type PayloadMatches } from '../pattern-set.ts';

const RECEIVED_AT_MS = 1_800_000_000_000;

/**
 * All the patterns at once, and few at a time: where some pattern leads to every event, nothing shows what the scanner skips. All at
 * once stands in the list several times, to be picked as often as the others.
 */
export function trialsOf(patterns: readonly Pattern[], engines?: readonly Engine[]): readonly EngineTrial[] {
  const all = new EngineTrial(patterns, engines);
  const few = Array.from({ length: 12 }, (_, first) => patterns.filter((_pattern, index) => index % 12 === first));
  const fewest = patterns.map((pattern) => [pattern]);
  return [...patterns.map(() => all), ...[...few, ...fewest].map((list) => new EngineTrial(list, engines))];
}

/** The engines side by side, and the plain evaluator as their judge. */
export class EngineTrial {
  readonly #patterns: readonly Pattern[];
  readonly #engines: readonly PatternSet[];

  constructor(patterns: readonly Pattern[], engines: readonly Engine[] = ['scanner', 'index']) {
    this.#patterns = patterns;
    this.#engines = engines.map((engine) => PatternSet.compile(patterns, { engine }));
    expect(this.#engines.map(({ engine }) => engine)).toEqual(engines);
  }

  /** Returns how many log events were judged. */
  checkPayload(bytes: Uint8Array): number {
    const expected = this.#expectedPayload(bytes);
    for (const engine of this.#engines) {
      const isExact = engine.engine === 'index';
      const payload = isGivenPacked(bytes)
        ? engine.matchPackedPayload(gzipSync(bytes), RECEIVED_AT_MS)
        : engine.matchPayload(bytes, RECEIVED_AT_MS);
      expect(summaryOf(payload, isExact)).toEqual(isExact ? expected : withoutNotJson(expected));
    }
    return expected.kind === 'data' ? expected.eventCount : 0;
  }

  checkArchive(bytes: Uint8Array): number {
    const records = splitArchive(Buffer.from(bytes).toString('utf8'));
    const expected =
      records === undefined
        ? { kind: 'unreadable' }
        : {
            kind: 'records',
            recordCount: records.length,
            matches: records
              .map((record, index) => ({ index, record, patterns: this.verdicts(record) }))
              .filter(({ patterns }) => patterns.length > 0),
          };
    for (const engine of this.#engines) {
      const archive = isGivenPacked(bytes) ? engine.matchPackedArchive(gzipSync(bytes)) : engine.matchArchive(bytes);
      expect(archiveSummaryOf(archive)).toEqual(expected);
    }
    return records?.length ?? 0;
  }

  /** The indexes of the patterns that match a message, by the plain evaluator. */
  verdicts(message: string): readonly number[] {
    return this.#patterns.flatMap((pattern, index) => (evaluatePattern(pattern, message) === undefined ? [] : [index]));
  }

  #expectedPayload(bytes: Uint8Array) {
    const payload = readPayload(Buffer.from(bytes).toString('utf8'), RECEIVED_AT_MS);
    if (payload.kind !== 'data') return { kind: payload.kind };
    const { events, kind, logStream, unreadable } = payload;
    return {
      kind,
      logStream,
      eventCount: events.length,
      unreadable,
      notJsonIds: events.filter(({ message }) => !isJsonObject(message)).map(({ id }) => id),
      matches: events
        .map((logEvent) => ({ logEvent, patterns: this.verdicts(logEvent.message) }))
        .filter(({ patterns }) => patterns.length > 0),
    };
  }
}

/** Every other input is given packed. */
function isGivenPacked({ length }: Uint8Array): boolean {
  return length % 2 === 1;
}

/** What the scanner takes for JSON may be torn within: the count of what is not JSON is exact in the other engine alone. */
function withoutNotJson(payload: object): object {
  return { ...payload, ...('notJsonIds' in payload && { notJsonIds: undefined }) };
}

function summaryOf(payload: PayloadMatches, isExact: boolean): object {
  if (payload.kind !== 'data') return { kind: payload.kind };
  const { kind, logStream, eventCount, unreadable, notJsonIds, matches } = payload;
  return {
    kind,
    logStream,
    eventCount,
    unreadable,
    notJsonIds: isExact ? notJsonIds : undefined,
    matches: matches.map(({ logEvent, patterns }) => ({ logEvent, patterns })),
  };
}

function archiveSummaryOf(archive: ArchiveMatches): object {
  if (archive.kind === 'unreadable') return { kind: 'unreadable' };
  const { kind, recordCount, matches } = archive;
  return {
    kind,
    recordCount,
    matches: matches.map(({ index, event, patterns }) => ({ index, record: event.message, patterns })),
  };
}

function isJsonObject(message: string): boolean {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
