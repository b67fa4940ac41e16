import type { CompiledRules } from '../compiled-rules/index.ts';
import { compileRules, type Rule, type RuleTimeline } from '../rule/index.ts';

/** The last moment that a clock can show. */
const FOREVER_MS = 8.64e15;

/** A Monday morning: where a timeline does not say when it begins, it makes no difference. */
const DEFAULT_START_MS = Date.parse('2026-01-05T08:00:00Z');

/** When a timeline begins, in epoch milliseconds. */
export function timelineStartMs({ startMs = DEFAULT_START_MS }: RuleTimeline): number {
  return startMs;
}

/**
 * A rule as its tests are run against it. An exception is in force or has ended as of `nowMs`, whatever time the records bear, so that
 * a test says what the rule does today; where `endsOnItsDay` is asked for, as a timeline with a `start` does, it ends on its day. A rule
 * that is only staged is tested as if it paged.
 */
export function compileForTests(
  rule: Rule,
  { nowMs, endsOnItsDay = false }: { readonly nowMs: number; readonly endsOnItsDay?: boolean },
): CompiledRules {
  const compiled = compileRules([rule], { version: 0 });
  return {
    ...compiled,
    rules: compiled.rules.map(({ mode: _, ...settings }) => ({
      ...settings,
      exceptions: settings.exceptions.map(({ expiresAtMs, ...exception }) => ({
        ...exception,
        expiresAtMs: endsOnItsDay ? expiresAtMs : nowMs < expiresAtMs ? FOREVER_MS : -FOREVER_MS,
      })),
    })),
  };
}
