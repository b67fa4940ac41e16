import type { Command } from 'commander';
import type { LintCommandOptions } from './lint-command.ts';
import type { ShowOptions } from './show-command.ts';
import type { TestOptions } from './test-command.ts';
import { day, RULES } from './option-values.ts';

/** Adds what looks at rules alone: test, lint, show, schema. */
export function addRuleCommands(program: Command): void {
  program
    .command('test')
    .description('run the examples and timelines that rules carry')
    .argument('[path...]', 'folders of rule files, or files; those of trailbell.config.ts unless given')
    .option('--watch', 'go on, and test what changes')
    .option('--coverage', 'say which clauses and exceptions no test needs')
    .option('--junit <file>', 'write a report for a CI server')
    .action(async (paths: string[], options: TestOptions) => {
      const { testCommand } = await import('./test-command.ts');
      process.exitCode = await testCommand(paths, options);
    });

  program
    .command('lint')
    .description('say what is wrong with rules, or looks wrong, and what to write instead')
    .argument('[path...]', 'folders of rule files, or files; those of trailbell.config.ts unless given')
    .option('--fix', 'mend what has one safe cure')
    .option('--errors-only', 'leave warnings and notes out')
    .option('--json', 'print each finding as a line of JSON')
    .option('--sarif <file>', 'write a SARIF 2.1.0 log, for code scanning; - is standard output')
    .option('--today <date>', 'judge exceptions as of this day, YYYY-MM-DD; as of today in UTC unless given', day)
    .action(async (paths: string[], options: LintCommandOptions) => {
      const { lintCommand } = await import('./lint-command.ts');
      process.exitCode = await lintCommand(paths, options);
    });

  program
    .command('show')
    .description('show a rule as it is in force: what it extends and the lists that it uses are spelled out')
    .argument('<rule>', 'the name of a rule')
    .option(...RULES)
    .action(async (name: string, options: ShowOptions) => {
      const { showCommand } = await import('./show-command.ts');
      process.exitCode = await showCommand(name, options);
    });

  program
    .command('schema')
    .description('print the JSON Schema of rule files, for editors')
    .action(async () => {
      const { schemaCommand } = await import('./schema-command.ts');
      schemaCommand();
    });
}
