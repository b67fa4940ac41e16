import { formatProblem } from '@trailbell/core/rule';
import { junitXml, type JUnitCase, type JUnitSuite } from '@trailbell/core/rule-test';
import { describeFailure, PLAIN } from './describe-failure.ts';
import type { Outcome } from './print-results.ts';
import type { TestResult } from './run-rule-tests.ts';

/** The outcome as JUnit's XML: a suite for each rule, and one for the files that could not be read. */
export function junitReport({ problems, rules }: Outcome): string {
  const broken: JUnitSuite = {
    name: 'rule files',
    cases: problems.map((problem) => ({
      name: problem.code,
      file: problem.file,
      line: problem.line,
      durationMs: 0,
      failure: { kind: 'error', message: problem.message, text: formatProblem(problem) },
    })),
  };
  const suites = rules.map(({ rule, results }) => ({ name: rule.name, cases: results.map(caseOf) }));
  return junitXml([...(problems.length > 0 ? [broken] : []), ...suites]);
}

function caseOf(result: TestResult): JUnitCase {
  const { test, durationMs, failure } = result;
  const { file, line } = test.place;
  const one = { name: `${test.kind}: ${test.name}`, file, line, durationMs };
  if (failure === undefined) return one;
  const { summary, details } = describeFailure(result, failure, PLAIN);
  return { ...one, failure: { kind: 'failure', message: summary, text: details.join('\n') } };
}
