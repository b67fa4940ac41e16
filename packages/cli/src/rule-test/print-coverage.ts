import type { LoadedRule } from '@trailbell/core/rule';
import { coverageOf } from '@trailbell/core/rule-test';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What no test would notice the loss of, and how much there is in all. */
export function printCoverage(terminal: Terminal, rules: readonly LoadedRule[]): void {
  const covered = rules.map((rule) => ({ rule, ...coverageOf(rule) }));
  for (const { rule, hasTests, uncovered } of covered) {
    const { file } = rule.source;
    const { line, column } = rule.source.positionOf(['name']);
    if (!hasTests) {
      terminal.line(harmless(`${file}:${line}:${column} ${rule.name} has no test`));
      continue;
    }
    for (const { file, line, column, kind, text } of uncovered) {
      terminal.line(harmless(`${file}:${line}:${column} no test of ${rule.name} needs the ${kind} ${text}`));
    }
  }
  const missing = (kind: string) =>
    covered.flatMap((rule) => rule.uncovered.filter((part) => part.kind === kind)).length;
  const sum = (what: 'clauses' | 'exceptions') => covered.reduce((total, rule) => total + rule[what], 0);
  const share = (name: string, total: number, lacking: number) => `${total - lacking} of ${total} ${name}`;
  terminal.line(
    `covered: ${share('rules', covered.length, covered.filter(({ hasTests }) => !hasTests).length)}, ` +
      `${share('clauses', sum('clauses'), missing('clause'))}, ${share('exceptions', sum('exceptions'), missing('exception'))}`,
  );
}
