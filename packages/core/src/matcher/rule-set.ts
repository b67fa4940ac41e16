import { minuteOf, sampleId, type AlarmIdentity, type Sample } from '../alarm/index.ts';
import type { CompiledRule } from '../compiled-rules/index.ts';
import { packedPayload, type LogEvent } from '../logs/index.ts';
import { parseEvent, selectScalar, type ParsedEvent, type Selector } from '../pattern/index.ts';
import { LazyPatterns } from './lazy-patterns.ts';
import {
  PatternSet,
  type ArchiveMatches,
  type Engine,
  type PatternSetOptions,
  type PayloadMatches,
} from './pattern-set.ts';
import { isRuleTime } from './time-conditions.ts';

/** A rule that a log event matched, as the alarm counts it. */
export interface RuleMatch {
  readonly identity: AlarmIdentity;
  readonly sample: Sample;
  /** The exceptions that would have taken it out, had they not ended: their places in the rule. Absent where there are none. */
  readonly expiredExceptions?: readonly number[];
}

export interface MatchedEvent {
  /** False where the message is not a JSON object: no JSON pattern can match it. */
  readonly isJson: boolean;
  readonly matches: readonly RuleMatch[];
}

/** A log event that at least one rule matched. */
export interface MatchedLogEvent {
  readonly logEvent: LogEvent;
  /** Its message, parsed at most once. */
  readonly event: ParsedEvent;
  readonly matches: readonly RuleMatch[];
}

/** A payload's own counts, and its log events that matched a rule. */
export type MatchedPayload =
  | (Omit<Extract<PayloadMatches, { kind: 'data' }>, 'matches'> & { readonly matched: readonly MatchedLogEvent[] })
  | Exclude<PayloadMatches, { kind: 'data' }>;

export type MatchedArchive =
  | { readonly kind: 'records'; readonly recordCount: number; readonly matched: readonly MatchedRecord[] }
  | { readonly kind: 'unreadable' };

/** A record of an archive file, and the rules that match it as of its own time. */
export interface MatchedRecord {
  /** Its place in the file. */
  readonly index: number;
  readonly record: string;
  /** The record, parsed: whoever looks at it further need not parse it again. */
  readonly event: ParsedEvent;
  readonly rules: readonly CompiledRule[];
  /** What the rules' alarms count: nothing where a rule takes its value from a field that the record lacks. */
  readonly matches: readonly RuleMatch[];
}

/** Stands in an alarm's group for a field that the event does not have. */
export const MISSING_GROUP_VALUE = '-';

const EVENT_ID = topLevel('eventID');
const EVENT_TIME = topLevel('eventTime');

/** Many rules, matched against a log event or a whole payload at a time. */
export class RuleSet {
  readonly #rules: readonly CompiledRule[];
  readonly #patterns: PatternSet;
  readonly #exceptions: readonly LazyPatterns[];

  private constructor(rules: readonly CompiledRule[], options: PatternSetOptions) {
    this.#rules = rules;
    this.#patterns = PatternSet.compile(
      rules.map(({ filterPattern }) => filterPattern),
      options,
    );
    this.#exceptions = rules.map(
      ({ exceptions }) => new LazyPatterns(exceptions.map(({ filterPattern }) => filterPattern)),
    );
  }

  /** @param options.image what `buildImage` made of the rules' patterns, in the same order */
  static compile(rules: readonly CompiledRule[], options: PatternSetOptions = {}): RuleSet {
    return new RuleSet(rules, options);
  }

  /** The engine that is at work. */
  get engine(): Engine {
    return this.#patterns.engine;
  }

  /** Every rule that the event matches, that is for its time, and of which no exception in force at that time takes it out. */
  match(logEvent: LogEvent): MatchedEvent {
    const event = parseEvent(logEvent.message);
    return {
      isJson: event.root !== undefined,
      matches: this.#ruleMatches(logEvent, event, this.#patterns.match(event)),
    };
  }

  /**
   * The same for every log event of an unpacked payload, without parsing those that cannot match. Never throws.
   *
   * @param receivedAtMs stands in for the timestamp of a log event that has none
   */
  matchPayload(bytes: Uint8Array, receivedAtMs: number): MatchedPayload {
    return this.#matchedPayload(this.#patterns.matchPayload(bytes, receivedAtMs));
  }

  /** The same for what a subscription filter sends to a Lambda, `{"awslogs": {"data": base64(gzip(json))}}`. */
  matchDelivery(event: unknown, receivedAtMs: number): MatchedPayload {
    const packed = packedPayload(event);
    if (packed.kind === 'unreadable') return packed;
    return this.#matchedPayload(this.#patterns.matchPackedPayload(packed.bytes, receivedAtMs));
  }

  /**
   * The same for every record of an unpacked archive file. Exceptions are in force at the record's `eventTime`; a record without
   * one has none.
   */
  matchArchive(bytes: Uint8Array): MatchedArchive {
    return this.#matchedArchive(this.#patterns.matchArchive(bytes));
  }

  /** The same for a file as it lies in the bucket, packed with gzip. */
  matchPackedArchive(packed: Uint8Array): MatchedArchive {
    return this.#matchedArchive(this.#patterns.matchPackedArchive(packed));
  }

  #matchedPayload(payload: PayloadMatches): MatchedPayload {
    if (payload.kind !== 'data') return payload;
    const { matches, ...counts } = payload;
    const matched = matches
      .map(({ logEvent, event, patterns }) => ({
        logEvent,
        event,
        matches: this.#ruleMatches(logEvent, event, patterns),
      }))
      .filter(({ matches: ruleMatches }) => ruleMatches.length > 0);
    return { ...counts, matched };
  }

  #matchedArchive(archive: ArchiveMatches): MatchedArchive {
    if (archive.kind === 'unreadable') return archive;
    const matched = archive.matches
      .map(({ index, event, patterns }) => {
        const record = event.message;
        const timestamp = Date.parse(selectScalar(EVENT_TIME, event) ?? '');
        const counted = this.#counted(patterns, event, timestamp);
        const rules = counted.flatMap((pattern) => this.#rules[pattern] ?? []);
        const matches = this.#matchesOf({ id: record, timestamp, message: record }, event, counted);
        return { index, record, event, rules, matches };
      })
      .filter(({ rules }) => rules.length > 0);
    return { kind: 'records', recordCount: archive.recordCount, matched };
  }

  #ruleMatches(logEvent: LogEvent, event: ParsedEvent, patterns: readonly number[]): readonly RuleMatch[] {
    return this.#matchesOf(logEvent, event, this.#counted(patterns, event, logEvent.timestamp));
  }

  /** What the alarms of these patterns' rules count, each of which counts the event. */
  #matchesOf(logEvent: LogEvent, event: ParsedEvent, counted: readonly number[]): readonly RuleMatch[] {
    return counted.flatMap((pattern) => {
      const rule = this.#rules[pattern];
      if (rule === undefined) return [];
      const value = metricValueOf(rule, event);
      if (value === undefined) return [];
      const match = ruleMatch(rule, logEvent, event, value);
      const expiredExceptions = this.#matchingExceptions(pattern, event, (endMs) => logEvent.timestamp >= endMs);
      return [expiredExceptions.length === 0 ? match : { ...match, expiredExceptions }];
    });
  }

  #counted(patterns: readonly number[], event: ParsedEvent, atMs: number): readonly number[] {
    return patterns.filter((pattern) => this.#isCounted(pattern, event, atMs));
  }

  /** Whether a match counts at this time: the rule is for it, and no exception in force takes it out. */
  #isCounted(index: number, event: ParsedEvent, atMs: number): boolean {
    const rule = this.#rules[index];
    if (rule === undefined || !isRuleTime(rule, atMs)) return false;
    return this.#matchingExceptions(index, event, (endMs) => atMs < endMs).length === 0;
  }

  /** The places of the exceptions that match the event, of those whose end is asked for. */
  #matchingExceptions(index: number, event: ParsedEvent, isAskedFor: (endMs: number) => boolean): readonly number[] {
    const patterns = this.#exceptions[index];
    const exceptions = this.#rules[index]?.exceptions ?? [];
    return [...exceptions.keys()].filter((at) => {
      const endMs = exceptions[at]?.expiresAtMs;
      return endMs !== undefined && isAskedFor(endMs) && patterns?.matches(at, event) === true;
    });
  }
}

function ruleMatch(rule: CompiledRule, logEvent: LogEvent, event: ParsedEvent, value: number): RuleMatch {
  return {
    identity: {
      rule: rule.name,
      group: rule.groupBy.map(({ selector }) => selectScalar(selector, event) ?? MISSING_GROUP_VALUE),
    },
    sample: {
      id: sampleId(selectScalar(EVENT_ID, event) ?? logEvent.id),
      value,
      minute: minuteOf(logEvent.timestamp),
    },
  };
}

/**
 * What a match adds to the metric. A value that is taken from the event and is missing or no number adds nothing, or the
 * default value where the rule has one.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
function metricValueOf(rule: CompiledRule, event: ParsedEvent): number | undefined {
  if (typeof rule.metricValue === 'number') return rule.metricValue;
  const text = selectScalar(rule.metricValue.selector, event);
  if (text === undefined) return rule.defaultValue;
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function topLevel(name: string): Selector {
  return { kind: 'selector', steps: [{ kind: 'property', name }], span: { offset: 0, length: name.length } };
}
