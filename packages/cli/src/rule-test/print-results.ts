import { formatProblem, type Problem } from '@trailbell/core/rule';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { describeFailure } from './describe-failure.ts';
import type { RuleResults } from './run-rule-tests.ts';

export interface Outcome {
  readonly problems: readonly Problem[];
  readonly rules: readonly RuleResults[];
  readonly tookMs: number;
}

/** What is wrong in full, what is right as numbers. */
export function printResults(terminal: Terminal, { problems, rules, tookMs }: Outcome): void {
  const failed = terminal.style('red', '✘');
  for (const problem of problems) terminal.line(`${failed} ${harmless(formatProblem(problem))}`);
  for (const { rule, results } of rules) {
    for (const result of results) {
      const { test, failure } = result;
      if (failure === undefined) continue;
      const { summary, details } = describeFailure(result, failure, terminal);
      const { file, line, column } = test.place;
      const name = terminal.style('bold', harmless(test.name));
      terminal.line(
        `${failed} ${harmless(`${file}:${line}:${column} ${rule.name}`)} ${test.kind}: ${name}: ${summary}`,
      );
      for (const detail of details) terminal.line(`    ${detail}`);
    }
  }
  terminal.line(summaryOf(terminal, { problems, rules, tookMs }));
}

function summaryOf(terminal: Terminal, { problems, rules, tookMs }: Outcome): string {
  const results = rules.flatMap((rule) => rule.results);
  const failures = results.filter(({ failure }) => failure !== undefined).length;
  const untested = rules.filter((rule) => rule.results.length === 0);
  const bad = [
    ...(problems.length > 0 ? [`${counted(problems.length, 'problem')} in the files`] : []),
    ...(failures > 0 ? [`${failures} failed`] : []),
  ];
  const good =
    results.length > 0
      ? terminal.style('green', 'all passed')
      : terminal.style('yellow', 'nothing was put to the test');
  const verdict = bad.length > 0 ? terminal.style('red', bad.join(', ')) : good;
  const without = untested.length > 0 ? `, ${counted(untested.length, 'rule')} without a test` : '';
  const time = terminal.style('dim', `(${(tookMs / 1000).toFixed(1)} s)`);
  return `${counted(rules.length, 'rule')}, ${counted(results.length, 'test')}: ${verdict}${without} ${time}`;
}
