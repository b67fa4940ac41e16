import { Buffer } from 'node:buffer';
import { eventTimeMs } from '../cloudtrail/index.ts';
import { RuleSet, isRuleTime, type RuleMatch } from '../matcher/index.ts';
import { compilePattern, explainPattern, parsePattern, type Explanation } from '../pattern/index.ts';
import type { NamedTimeInterval, Rule, RuleException } from '../rule/index.ts';
import { compileForTests } from './compile-for-tests.ts';
import { messageOf } from './message-of.ts';
import type { ExampleTest } from './rule-tests.ts';

/** An exception, and its place in the rule, from 0. */
export interface PlacedException extends RuleException {
  readonly index: number;
}

/** Why an example is not what its rule says of it. */
export type ExampleFailure =
  /** It should count, and the pattern does not match. */
  | { readonly kind: 'no-match'; readonly explanation: Explanation }
  /** It should count, and an exception takes it out. */
  | { readonly kind: 'excepted'; readonly exception: PlacedException; readonly explanation: Explanation }
  /** It should count, and the rule is not for its time. */
  | { readonly kind: 'wrong-time'; readonly eventTimeMs: number; readonly intervals: readonly NamedTimeInterval[] }
  /** It should count, and the field that it is counted by holds no number. */
  | { readonly kind: 'no-value'; readonly selector: string }
  /** The rule asks for the time, and the record has none. */
  | { readonly kind: 'no-time' }
  /** It should not count, and does; `expired` would have taken it out, had they not ended. */
  | { readonly kind: 'counted'; readonly explanation: Explanation; readonly expired: readonly PlacedException[] };

export interface ExampleVerdict {
  readonly test: ExampleTest;
  /** Absent where the rule does with the example what it says. */
  readonly failure?: ExampleFailure;
}

/** Plays examples to their rule with the matcher that is deployed, in one payload. */
export function judgeExamples(rule: Rule, tests: readonly ExampleTest[], nowMs: number): readonly ExampleVerdict[] {
  const compiled = compileForTests(rule, { nowMs });
  const ruleSet = RuleSet.compile(compiled.rules, { image: Buffer.from(compiled.scannerImage, 'base64') });
  const logEvents = tests.map(({ event }, index) => ({
    id: String(index),
    timestamp: eventTimeMs(event) ?? nowMs,
    message: messageOf(event),
  }));
  const payload = { messageType: 'DATA_MESSAGE', owner: '', logGroup: '', logStream: '', logEvents };
  const matched = ruleSet.matchPayload(Buffer.from(JSON.stringify(payload)), nowMs);
  if (matched.kind !== 'data') throw new Error(`a payload of examples came out as ${matched.kind}`);
  const matches = new Map(matched.matched.map((found) => [found.logEvent.id, found.matches[0]]));
  return tests.map((test, index) => {
    const failure = failureOf(rule, test, matches.get(String(index)), nowMs);
    return failure === undefined ? { test } : { test, failure };
  });
}

function failureOf(
  rule: Rule,
  test: ExampleTest,
  match: RuleMatch | undefined,
  nowMs: number,
): ExampleFailure | undefined {
  const asksForTime = rule.during !== undefined || rule.notDuring !== undefined;
  if (asksForTime && eventTimeMs(test.event) === undefined) return { kind: 'no-time' };
  if (test.kind === 'matches') return match === undefined ? whyNotCounted(rule, test.event, nowMs) : undefined;
  if (match === undefined) return undefined;
  const explanation = explain(rule.filterPattern, test.event);
  const expired = (match.expiredExceptions ?? []).flatMap((index) => {
    const exception = rule.exceptions[index];
    return exception === undefined ? [] : [{ ...exception, index }];
  });
  return { kind: 'counted', explanation, expired };
}

function whyNotCounted(rule: Rule, event: unknown, nowMs: number): ExampleFailure {
  const explanation = explain(rule.filterPattern, event);
  if (explanation.verdict !== 'holds') return { kind: 'no-match', explanation };
  const timeMs = eventTimeMs(event) ?? nowMs;
  const [compiled] = compileForTests(rule, { nowMs }).rules;
  if (compiled !== undefined && !isRuleTime(compiled, timeMs)) {
    return { kind: 'wrong-time', eventTimeMs: timeMs, intervals: [...(rule.during ?? []), ...(rule.notDuring ?? [])] };
  }
  const index = rule.exceptions.findIndex((exception, at) => {
    const expiresAtMs = compiled?.exceptions[at]?.expiresAtMs ?? 0;
    return timeMs < expiresAtMs && compilePattern(exception.filterPattern).matches(messageOf(event));
  });
  const exception = rule.exceptions[index];
  if (exception !== undefined) {
    const why = explain(exception.filterPattern, event);
    return { kind: 'excepted', exception: { ...exception, index }, explanation: why };
  }
  return { kind: 'no-value', selector: String(rule.metricValue) };
}

function explain(pattern: string, event: unknown): Explanation {
  return explainPattern(parsePattern(pattern), messageOf(event));
}
