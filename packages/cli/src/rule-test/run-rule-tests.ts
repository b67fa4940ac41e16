import type { LoadedRule } from '@trailbell/core/rule';
import {
  compareTimeline,
  compileForTests,
  judgeExamples,
  ruleTests,
  type ExampleFailure,
  type ExampleTest,
  type RuleTest,
  type TimelineComparison,
  type TimelineRun,
  type TimelineTest,
} from '@trailbell/core/rule-test';
import { playTimeline } from './play-timeline.ts';

export type TestFailure =
  ExampleFailure | { readonly kind: 'timeline'; readonly comparison: TimelineComparison; readonly run: TimelineRun };

export interface TestResult {
  readonly test: RuleTest;
  readonly durationMs: number;
  /** Absent where the test passed. */
  readonly failure?: TestFailure;
}

export interface RuleResults {
  readonly rule: LoadedRule;
  readonly results: readonly TestResult[];
}

/** Runs the tests that a rule carries; exceptions are in force, or have ended, as of `nowMs`. */
export async function runRuleTests(rule: LoadedRule, nowMs: number): Promise<RuleResults> {
  const tests = ruleTests(rule);
  const results = runExamples(rule, tests.filter(isExample), nowMs);
  for (const test of tests) if (test.kind === 'timeline') results.push(await runTimeline(rule, test, nowMs));
  return { rule, results };
}

function isExample(test: RuleTest): test is ExampleTest {
  return test.kind !== 'timeline';
}

/** All examples of a rule are one payload: each is said to have taken an equal part of the time. */
function runExamples(rule: LoadedRule, tests: readonly ExampleTest[], nowMs: number): TestResult[] {
  if (tests.length === 0) return [];
  const startedMs = performance.now();
  const verdicts = judgeExamples(rule, tests, nowMs);
  const durationMs = (performance.now() - startedMs) / tests.length;
  return verdicts.map((verdict) => ({ ...verdict, durationMs }));
}

async function runTimeline(rule: LoadedRule, test: TimelineTest, nowMs: number): Promise<TestResult> {
  const startedMs = performance.now();
  const endsOnItsDay = test.timeline.startMs !== undefined;
  const run = await playTimeline(compileForTests(rule, { nowMs, endsOnItsDay }), test.timeline);
  const comparison = compareTimeline(test.timeline, run);
  const durationMs = performance.now() - startedMs;
  return comparison.isAsExpected
    ? { test, durationMs }
    : { test, durationMs, failure: { kind: 'timeline', comparison, run } };
}
