import { minuteOf, sampleId, type AlarmIdentity, type Sample } from '../alarm/index.ts';
import type { CompiledRule } from '../compiled-rules/index.ts';
import type { LogEvent } from '../logs/index.ts';
import { parseEvent, selectScalar, type ParsedEvent, type Selector } from '../pattern/index.ts';
import { LazyPatterns } from './lazy-patterns.ts';
import { PatternSet, type Engine, type PatternSetOptions, type PayloadMatches } from './pattern-set.ts';

/** A rule that a log event matched, as the alarm counts it. */
export interface RuleMatch {
  readonly identity: AlarmIdentity;
  readonly sample: Sample;
}

export interface MatchedEvent {
  /** False where the message is not a JSON object: no JSON pattern can match it. */
  readonly isJson: boolean;
  readonly matches: readonly RuleMatch[];
}

/** A log event that at least one rule matched. */
export interface MatchedLogEvent {
  readonly logEvent: LogEvent;
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
  readonly rules: readonly CompiledRule[];
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
      rules.map(({ pattern }) => pattern),
      options,
    );
    this.#exceptions = rules.map(({ exceptions }) => new LazyPatterns(exceptions.map(({ pattern }) => pattern)));
  }

  /** @param options.image what `buildImage` made of the rules' patterns, in the same order */
  static compile(rules: readonly CompiledRule[], options: PatternSetOptions = {}): RuleSet {
    return new RuleSet(rules, options);
  }

  /** The engine that is at work. */
  get engine(): Engine {
    return this.#patterns.engine;
  }

  /** Every rule that the event matches and no exception in force at its time takes out. */
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
    const payload = this.#patterns.matchPayload(bytes, receivedAtMs);
    if (payload.kind !== 'data') return payload;
    const { matches, ...counts } = payload;
    const matched = matches
      .map(({ logEvent, event, patterns }) => ({ logEvent, matches: this.#ruleMatches(logEvent, event, patterns) }))
      .filter(({ matches: ruleMatches }) => ruleMatches.length > 0);
    return { ...counts, matched };
  }

  /**
   * The same for every record of an unpacked archive file. Exceptions are in force at the record's `eventTime`; a record without
   * one has none.
   */
  matchArchive(bytes: Uint8Array): MatchedArchive {
    const archive = this.#patterns.matchArchive(bytes);
    if (archive.kind === 'unreadable') return archive;
    const matched = archive.matches
      .map(({ index, event, patterns }) => {
        const timeMs = Date.parse(selectScalar(EVENT_TIME, event) ?? '');
        const rules = patterns.filter((pattern) => !this.#isExcepted(pattern, event, timeMs));
        return { index, record: event.message, rules: rules.flatMap((pattern) => this.#rules[pattern] ?? []) };
      })
      .filter(({ rules }) => rules.length > 0);
    return { kind: 'records', recordCount: archive.recordCount, matched };
  }

  #ruleMatches(logEvent: LogEvent, event: ParsedEvent, patterns: readonly number[]): readonly RuleMatch[] {
    return patterns.flatMap((pattern) => {
      const rule = this.#rules[pattern];
      if (rule === undefined || this.#isExcepted(pattern, event, logEvent.timestamp)) return [];
      const value = metricValueOf(rule, event);
      return value === undefined ? [] : [ruleMatch(rule, logEvent, event, value)];
    });
  }

  #isExcepted(index: number, event: ParsedEvent, atMs: number): boolean {
    const patterns = this.#exceptions[index];
    const exceptions = this.#rules[index]?.exceptions ?? [];
    return exceptions.some(({ expiresAtMs }, at) => atMs < expiresAtMs && patterns?.matches(at, event) === true);
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
  return { steps: [{ kind: 'property', name }], span: { offset: 0, length: name.length } };
}
