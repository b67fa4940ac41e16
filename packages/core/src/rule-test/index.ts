export { coverageOf, type RuleCoverage, type Uncovered } from './coverage.ts';
export { decidingClauses } from './deciding-clauses.ts';
export { judgeExamples, type ExampleFailure, type ExampleVerdict, type PlacedException } from './judge-examples.ts';
export { junitXml, type JUnitCase, type JUnitSuite } from './junit-xml.ts';
export { messageOf } from './message-of.ts';
export { ruleTests, type ExampleTest, type RuleTest, type TimelineTest } from './rule-tests.ts';
export { compileForTests, timelineStartMs } from './compile-for-tests.ts';
export { compareTimeline, type TimelineComparison, type TimelineRow, type TimelineRun } from './compare-timeline.ts';
