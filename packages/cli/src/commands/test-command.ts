import { writeFileSync } from 'node:fs';
import type { LoadedRule } from '@trailbell/core/rule';
import { ruleTests } from '@trailbell/core/rule-test';
import { configuredFoldersFromHere } from '../rules/configured-folders.ts';
import { readRules } from '../rules/read-rules.ts';
import { junitReport } from '../rule-test/junit-report.ts';
import { printCoverage } from '../rule-test/print-coverage.ts';
import { printResults, type Outcome } from '../rule-test/print-results.ts';
import { runRuleTests, type RuleResults } from '../rule-test/run-rule-tests.ts';
import { watchFolders } from '../rule-test/watch-folders.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface TestOptions {
  readonly watch?: boolean;
  readonly junit?: string;
  readonly coverage?: boolean;
}

/** Exit codes of test. */
const [PASSED, FAILED, BROKEN] = [0, 1, 2];

/** `trailbell test`: the examples and timelines of the rules. Returns the exit code. */
export async function testCommand(
  paths: readonly string[],
  options: TestOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const folders = paths.length > 0 ? paths : await configuredFoldersFromHere(terminal);
  if (folders === undefined) return BROKEN;
  const session = new TestSession(folders, options, terminal);
  const exitCode = await session.run();
  if (options.watch !== true) return exitCode;
  terminal.note(`watching ${folders.map(harmless).join(', ')}`);
  const runAgain = async () => {
    await session.run();
  };
  return watchFolders(folders, runAgain, options.junit);
}

class TestSession {
  readonly #folders: readonly string[];
  readonly #options: TestOptions;
  readonly #terminal: Terminal;
  /** The results of the run before, by what the rules said then. */
  #before = new Map<string, RuleResults>();

  constructor(folders: readonly string[], options: TestOptions, terminal: Terminal) {
    this.#folders = folders;
    this.#options = options;
    this.#terminal = terminal;
  }

  /** Tests the rules that have changed since the run before; what was found out of the others still holds. */
  async run(): Promise<number> {
    const startedMs = performance.now();
    const { rules, problems, missing, files } = await readRules(this.#folders);
    for (const folder of missing) this.#terminal.note(harmless(`${folder}: there is no such file or folder`));
    if (files.length === 0) {
      this.#terminal.note('there is no rule file to test');
      return BROKEN;
    }
    const results = new Map<string, RuleResults>();
    const changed: string[] = [];
    const nowMs = Date.now();
    for (const rule of rules) {
      const key = whatItSays(rule);
      const known = this.#before.get(key);
      if (known === undefined) changed.push(rule.name);
      results.set(key, known === undefined ? await runRuleTests(rule, nowMs) : { ...known, rule });
    }
    if (this.#before.size > 0)
      this.#terminal.note(`\n${changed.length > 0 ? `changed: ${changed.join(', ')}` : 'no rule changed'}`);
    this.#before = results;
    const outcome: Outcome = { problems, rules: [...results.values()], tookMs: performance.now() - startedMs };
    this.#report(outcome, rules);
    if (missing.length > 0 || problems.length > 0) return BROKEN;
    return outcome.rules.some((rule) => rule.results.some(({ failure }) => failure !== undefined)) ? FAILED : PASSED;
  }

  #report(outcome: Outcome, rules: readonly LoadedRule[]): void {
    const { coverage = false, junit } = this.#options;
    printResults(this.#terminal, outcome);
    if (coverage) printCoverage(this.#terminal, rules);
    if (junit !== undefined) writeFileSync(junit, junitReport(outcome));
  }
}

/** What the results of a rule depend on: all that it says, and where its tests stand. */
function whatItSays(rule: LoadedRule): string {
  const { source, extended: _, ...said } = rule;
  return JSON.stringify([source.file, said, ruleTests(rule).map(({ place }) => place)]);
}
