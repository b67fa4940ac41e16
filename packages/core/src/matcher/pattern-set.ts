import { Buffer } from 'node:buffer';
import {
  MAX_UNPACKED_BYTES,
  readEnvelope,
  readLogEvent,
  readPayload,
  unpackPayload,
  withoutMessage,
} from '../logs/index.ts';
import type { DecodedPayload, LogEvent, PayloadEnvelope, PayloadSource, Unreadable } from '../logs/index.ts';
import { parseEvent, type ParsedEvent } from '../pattern/index.ts';
import { splitArchive } from './archive/split-archive.ts';
import { PatternIndex } from './index/pattern-index.ts';
import { LazyPatterns, type PatternSource } from './lazy-patterns.ts';
import { buildImage } from './scanner/build-image.ts';
import { Scanner, type ReportedEntry, type Scan } from './scanner/scanner.ts';

/** `scanner`: WebAssembly first, JavaScript for what it reports. `index`: JavaScript alone. Both give the same answers. */
export type Engine = 'scanner' | 'index';

export interface PatternSetOptions {
  /** The scanner where WebAssembly with SIMD is there, unless `index` is asked for. */
  readonly engine?: Engine;
  /** What `buildImage` made of the same patterns: it spares doing so again. */
  readonly image?: Uint8Array;
}

/** A log event and the patterns that match it, as ascending indexes of the list that was compiled. */
export interface PatternMatch {
  readonly logEvent: LogEvent;
  readonly event: ParsedEvent;
  readonly patterns: readonly number[];
}

export type PayloadMatches =
  | ({
      readonly kind: 'data';
      /** Log events with a message, whether they match or not. */
      readonly eventCount: number;
      /** The entries of `logEvents` that hold no message. */
      readonly unreadable: readonly Unreadable[];
      /**
       * Ids of the log events whose message is not a JSON object. What begins and ends like one and is torn within is only found out
       * where a pattern might match it.
       */
      readonly notJsonIds: readonly string[];
      readonly matches: readonly PatternMatch[];
    } & PayloadSource)
  | Exclude<PayloadEnvelope, { kind: 'data' }>;

/** A record of an archive file, and the patterns that match it. */
export interface RecordMatch {
  /** Its place in the file. */
  readonly index: number;
  readonly event: ParsedEvent;
  readonly patterns: readonly number[];
}

export type ArchiveMatches =
  | { readonly kind: 'records'; readonly recordCount: number; readonly matches: readonly RecordMatch[] }
  | { readonly kind: 'unreadable' };

/** Many patterns, matched at once: against one event, a subscription's payload, or an archive file. See docs/matcher.md. */
export class PatternSet {
  readonly #patterns: LazyPatterns;
  readonly #scanner: Scanner | undefined;
  #index: PatternIndex | undefined;

  private constructor(sources: readonly PatternSource[], { engine, image }: PatternSetOptions) {
    this.#patterns = new LazyPatterns(sources);
    if (engine !== 'index') this.#scanner = Scanner.open(image ?? buildImage(this.#patterns.trees()));
    else if (image === undefined) this.#index = new PatternIndex(this.#patterns);
  }

  /**
   * Patterns given as text are parsed at once; where there is an image of them, when an event first asks for them.
   *
   * @throws PatternSyntaxError for text that is no pattern
   */
  static compile(patterns: readonly PatternSource[], options: PatternSetOptions = {}): PatternSet {
    return new PatternSet(patterns, options);
  }

  /** The one that is at work. */
  get engine(): Engine {
    return this.#scanner === undefined ? 'index' : 'scanner';
  }

  /** The indexes of the patterns that match one event, in ascending order. */
  match(event: ParsedEvent): readonly number[] {
    this.#index ??= new PatternIndex(this.#patterns);
    return this.#index.match(event);
  }

  /**
   * Matches every log event of an unpacked subscription payload. Never throws.
   *
   * @param receivedAtMs stands in for the timestamp of a log event that has none
   */
  matchPayload(bytes: Uint8Array, receivedAtMs: number): PayloadMatches {
    return this.#readPayload(bytes, this.#scanner?.scan(bytes, 'payload'), receivedAtMs);
  }

  /** The same for a payload that is still packed with gzip: the scanner unpacks it in the memory that it scans. */
  matchPackedPayload(packed: Uint8Array, receivedAtMs: number): PayloadMatches {
    const unpacked = this.#scanner?.scanGzip(packed, 'payload', MAX_UNPACKED_BYTES);
    if (unpacked !== undefined) return this.#readPayload(unpacked.bytes, unpacked.scan, receivedAtMs);
    const payload = unpackPayload(packed);
    return payload.kind === 'bytes' ? this.matchPayload(payload.bytes, receivedAtMs) : payload;
  }

  /**
   * Matches every record of an unpacked CloudTrail archive file, `{"Records": [...]}`. A file is unreadable when what is around its
   * records is; a record that is not JSON matches no JSON pattern.
   */
  matchArchive(bytes: Uint8Array): ArchiveMatches {
    return this.#readArchive(bytes, this.#scanner?.scan(bytes, 'archive'));
  }

  /** The same for a file as it lies in the bucket, packed with gzip. */
  matchPackedArchive(packed: Uint8Array): ArchiveMatches {
    const unpacked = this.#scanner?.scanGzip(packed, 'archive', MAX_UNPACKED_BYTES);
    if (unpacked !== undefined) return this.#readArchive(unpacked.bytes, unpacked.scan);
    const archive = unpackPayload(packed);
    return archive.kind === 'bytes' ? this.matchArchive(archive.bytes) : { kind: 'unreadable' };
  }

  #readPayload(bytes: Uint8Array, scan: Scan | undefined, receivedAtMs: number): PayloadMatches {
    const scanned = scan && this.#readScannedPayload(bytes, scan, receivedAtMs);
    return scanned ?? this.#readWholePayload(readPayload(textOf(bytes), receivedAtMs));
  }

  #readArchive(bytes: Uint8Array, scan: Scan | undefined): ArchiveMatches {
    if (scan !== undefined && parseAround(bytes, scan) !== undefined) {
      const matches = scan.reported.map((entry) => this.#judgeRecord(textOf(bytes, entry.start, entry.end), entry));
      return { kind: 'records', recordCount: scan.entryCount, matches: matches.filter(isMatch) };
    }
    const records = splitArchive(textOf(bytes));
    if (records === undefined) return { kind: 'unreadable' };
    const matches = records.map((text, index) => this.#judgeRecord(text, { index, patterns: undefined }));
    return { kind: 'records', recordCount: records.length, matches: matches.filter(isMatch) };
  }

  #judgeRecord(text: string, { index, patterns }: Pick<ReportedEntry, 'index' | 'patterns'>): RecordMatch {
    const event = parseEvent(text);
    return { index, event, patterns: this.#judge(event, patterns) };
  }

  /** The patterns that match, of those that may; of all where the scanner did not tell. */
  #judge(event: ParsedEvent, candidates: readonly number[] | undefined): readonly number[] {
    return candidates?.filter((index) => this.#patterns.matches(index, event)) ?? this.match(event);
  }

  /** Undefined where the payload turns out not to be JSON after all, and for control messages, which are nothing to be quick about. */
  #readScannedPayload(bytes: Uint8Array, scan: Scan, receivedAtMs: number): PayloadMatches | undefined {
    const around = parseAround(bytes, scan);
    if (around === undefined) return undefined;
    const envelope = readEnvelope(around.value);
    if (envelope.kind !== 'data') return undefined;
    const matches: PatternMatch[] = [];
    const unreadable: Unreadable[] = [];
    const notJsonIds: string[] = [];
    for (const { start, end, index, patterns: candidates } of scan.reported) {
      const entry = parseJson(textOf(bytes, start, end));
      if (entry === undefined) return undefined;
      const logEvent = readLogEvent(entry.value, envelope.logStream, receivedAtMs);
      if (logEvent === undefined) {
        unreadable.push(withoutMessage(index));
        continue;
      }
      const event = parseEvent(logEvent.message);
      const patterns = this.#judge(event, candidates);
      if (patterns.length > 0) matches.push({ logEvent, event, patterns });
      if (event.root === undefined) notJsonIds.push(logEvent.id);
    }
    return { ...envelope, eventCount: scan.entryCount - unreadable.length, unreadable, notJsonIds, matches };
  }

  #readWholePayload(payload: DecodedPayload): PayloadMatches {
    if (payload.kind !== 'data') return payload;
    const { events, ...envelope } = payload;
    const judged = events.map((logEvent) => {
      const event = parseEvent(logEvent.message);
      return { logEvent, event, patterns: this.match(event) };
    });
    return {
      ...envelope,
      eventCount: events.length,
      notJsonIds: judged.filter(({ event }) => event.root === undefined).map(({ logEvent }) => logEvent.id),
      matches: judged.filter(isMatch),
    };
  }
}

function isMatch({ patterns }: { readonly patterns: readonly number[] }): boolean {
  return patterns.length > 0;
}

/** What is around the list of entries, with an empty list in its place. */
function parseAround(bytes: Uint8Array, { listStart, listEnd }: Scan): { readonly value: unknown } | undefined {
  return parseJson(`${textOf(bytes, 0, listStart)}[]${textOf(bytes, listEnd, bytes.length)}`);
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array, start = 0, end = byteLength): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8', start, end);
}
