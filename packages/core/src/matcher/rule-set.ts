import { sampleId, minuteOf, type AlarmIdentity, type Sample } from '../alarm/index.ts';
import type { CompiledRule } from '../compiled-rules/index.ts';
import type { LogEvent } from '../logs/index.ts';
import {
  compilePattern,
  parseEvent,
  selectScalar,
  type CompiledPattern,
  type ParsedEvent,
  type Selector,
} from '../pattern/index.ts';

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

interface ReadyRule {
  readonly rule: CompiledRule;
  readonly pattern: CompiledPattern;
  readonly exceptions: readonly { readonly pattern: CompiledPattern; readonly expiresAtMs: number }[];
}

/** Stands in an alarm's group for a field that the event does not have. */
export const MISSING_GROUP_VALUE = '-';

const EVENT_ID: Selector = { steps: [{ kind: 'property', name: 'eventID' }], span: { offset: 0, length: 9 } };

/** Many rules, matched against one log event at a time; a message is parsed once for all of them. */
export class RuleSet {
  readonly #rules: readonly ReadyRule[];

  constructor(rules: readonly CompiledRule[]) {
    this.#rules = rules.map((rule) => ({
      rule,
      pattern: compilePattern(rule.pattern),
      exceptions: rule.exceptions.map(({ pattern, expiresAtMs }) => ({
        pattern: compilePattern(pattern),
        expiresAtMs,
      })),
    }));
  }

  /** Every rule that the event matches and no exception in force at its time takes out. */
  match(logEvent: LogEvent): MatchedEvent {
    const event = parseEvent(logEvent.message);
    const matches: RuleMatch[] = [];
    for (const { rule, pattern, exceptions } of this.#rules) {
      if (!pattern.matchesEvent(event)) continue;
      if (exceptions.some((e) => logEvent.timestamp < e.expiresAtMs && e.pattern.matchesEvent(event))) continue;
      const value = metricValueOf(rule, event);
      if (value === undefined) continue;
      matches.push({
        identity: {
          rule: rule.name,
          group: rule.groupBy.map(({ selector }) => selectScalar(selector, event) ?? MISSING_GROUP_VALUE),
        },
        sample: {
          id: sampleId(selectScalar(EVENT_ID, event) ?? logEvent.id),
          value,
          minute: minuteOf(logEvent.timestamp),
        },
      });
    }
    return { isJson: event.root !== undefined, matches };
  }
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
