import { formatProblem } from '@trailbell/core/rule';
import { ruleTests } from '@trailbell/core/rule-test';
import { describe, test } from 'vitest';
import { readRules } from './rules/read-rules.ts';
import { describeFailure, PLAIN } from './rule-test/describe-failure.ts';
import { runRuleTests, type RuleResults } from './rule-test/run-rule-tests.ts';

/**
 * Makes a vitest test of each example and each timeline of the rules in these folders and files; a rule file with a mistake is a
 * test that fails.
 *
 * @example testRules('rules/own');
 */
export function testRules(...paths: readonly string[]): void {
  describe(paths.join(', '), async () => {
    const { rules, problems, missing, files } = await readRules(paths);
    test('there are rule files, and nothing is wrong with them', () => {
      const wrong = [
        ...missing.map((path) => `${path}: there is no such file or folder`),
        ...problems.map(formatProblem),
      ];
      if (files.length === 0) wrong.push('there is no rule file');
      if (wrong.length > 0) throw new RuleTestError(wrong.join('\n'));
    });
    const nowMs = Date.now();
    for (const rule of rules) {
      let running: Promise<RuleResults> | undefined;
      describe(rule.name, () => {
        for (const [index, { kind, name, place }] of ruleTests(rule).entries()) {
          test(`${kind}: ${name}`, async () => {
            running ??= runRuleTests(rule, nowMs);
            const result = (await running).results[index];
            if (result?.failure === undefined) return;
            const { summary, details } = describeFailure(result, result.failure, PLAIN);
            throw new RuleTestError([`${place.file}:${place.line}:${place.column} ${summary}`, ...details].join('\n'));
          });
        }
      });
    }
  });
}

/** What is wrong stands in the rule file: the stack of the test would only hide it. */
class RuleTestError extends Error {
  override readonly name = 'RuleTestError';

  constructor(message: string) {
    super(message);
    this.stack = `${this.name}: ${message}`;
  }
}
