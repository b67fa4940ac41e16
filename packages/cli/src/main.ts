import { Command, type CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { ExplainOptions } from './commands/explain-command.ts';
import type { MatchOptions } from './commands/match-command.ts';
import type { ReplayOptions } from './commands/replay-command.ts';
import type { TestMetricFilterOptions } from './commands/test-metric-filter-command.ts';

/** Exit codes for arguments that a command does not understand: grep's, and the AWS CLI's. */
const [WRONG_USE_OF_GREP, WRONG_USE_OF_AWS] = [2, 252];

const MESSAGE_FILES =
  'archives ({"Records": [...]}), JSON lines, AWS CLI output, text, packed or not; folders; - or none: standard input';
const PATTERN_AFTER_DASHES = '(a pattern that begins with - goes after --, as in: trailbell match -- -debug FILE)';

/** A pipe whose reader has gone (`| head`) ends the command without an error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

// What is running cleans up after itself when the process exits, and only then.
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(exitCode));
}

// Each command is loaded when it is called: match starts in a fraction of the time that the local AWS takes to load.
const program = new Command('trailbell')
  .version(packageJson.version)
  .description('Rings PagerDuty when CloudTrail records something that should not happen, and says who did it.')
  .showSuggestionAfterError()
  .showHelpAfterError('(trailbell --help lists the commands)');

program
  .command('demo')
  .description('replay a sample day through the whole pipeline, on this machine')
  .option('--speed <factor>', 'how many times faster than real time; as fast as it can unless given', positive)
  .action(async (options: { speed?: number }) => {
    const { demoCommand } = await import('./commands/demo-command.ts');
    process.exitCode = await demoCommand(options);
  });

program
  .command('replay')
  .description('replay your own CloudTrail records through the whole pipeline, on this machine')
  .argument(
    '[file...]',
    'archives ({"Records": [...]}), JSON lines, AWS CLI output, packed or not; folders; - or none: standard input',
  )
  .option(
    '--rules <folder>',
    'a folder of rule files, or one file; may be repeated; those of trailbell.config.ts unless given',
    collect,
  )
  .option('--json', 'print one notification a line, and nothing else, to standard output')
  .option('--speed <factor>', 'how many times faster than real time; as fast as it can unless given', positive)
  .action(async (files: string[], options: ReplayOptions) => {
    const { replayCommand } = await import('./commands/replay-command.ts');
    process.exitCode = await replayCommand(files, options);
  });

program
  .command('match')
  .description('print the messages that a filter pattern matches, like grep')
  .argument('<pattern>', 'a CloudWatch Logs filter pattern')
  .argument('[file...]', MESSAGE_FILES)
  .addOption(new Option('-c, --count', 'print how many match, a line for each file').conflicts(['json', 'explain']))
  .addOption(
    new Option('-l, --files-with-matches', 'print only the names of files with a match').conflicts([
      'count',
      'json',
      'explain',
    ]),
  )
  .option('-v, --invert-match', 'take the messages that do not match')
  .option('--json', 'print each match as a line of JSON: file, line, message, extracted values')
  .option('--explain', 'say of each why it matched')
  .showHelpAfterError(PATTERN_AFTER_DASHES)
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (pattern: string, files: string[], options: MatchOptions) => {
    const { matchCommand } = await import('./commands/match-command.ts');
    process.exitCode = await matchCommand(pattern, files, options);
  });

program
  .command('explain')
  .description('say why a filter pattern matches messages or does not, comparison by comparison')
  .argument('<pattern>', 'a CloudWatch Logs filter pattern')
  .argument('[file...]', MESSAGE_FILES)
  .option('--all', 'explain every message in order, not only ten: those that match, then the nearest misses')
  .option('--json', 'print each explanation as a line of JSON')
  .showHelpAfterError(PATTERN_AFTER_DASHES)
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (pattern: string, files: string[], options: ExplainOptions) => {
    const { explainCommand } = await import('./commands/explain-command.ts');
    process.exitCode = await explainCommand(pattern, files, options);
  });

program
  .command('test-metric-filter')
  .description('answer as `aws logs test-metric-filter` does, without AWS')
  .requiredOption('--filter-pattern <pattern>', 'a CloudWatch Logs filter pattern, or file://PATH')
  .option('--log-event-messages <message...>', '1 to 50 messages')
  .option('--file <file>', 'a file with one message a line; - is standard input')
  .argument('[message...]', 'messages that begin with a hyphen')
  .helpOption('--help', 'display help for command')
  .allowUnknownOption()
  .exitOverride(exitWith(WRONG_USE_OF_AWS))
  .action(async (rest: string[], options: TestMetricFilterOptions) => {
    const { testMetricFilterCommand } = await import('./commands/test-metric-filter-command.ts');
    process.exitCode = await testMetricFilterCommand(rest, options);
  });

/** Ends a command that was used wrongly, and no other, with this exit code. */
function exitWith(wrongUsageExitCode: number): (error: CommanderError) => never {
  return (error) => process.exit(error.exitCode === 0 ? 0 : wrongUsageExitCode);
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value >= 0.01) || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number of 0.01 or more.');
  return value;
}

await program.parseAsync();
