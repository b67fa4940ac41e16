import { Command, type CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { BacktestOptions } from './commands/backtest-command.ts';
import type { CompareOptions } from './commands/compare-command.ts';
import type { CostCommandOptions } from './commands/cost-command.ts';
import type { DoctorOptions } from './commands/doctor-command.ts';
import type { DrillOptions } from './commands/drill-command.ts';
import type { ExportCommandOptions } from './commands/export-command.ts';
import type { ImportCommandOptions } from './commands/import-command.ts';
import type { ExplainOptions } from './commands/explain-command.ts';
import type { LintCommandOptions } from './commands/lint-command.ts';
import type { MatchOptions } from './commands/match-command.ts';
import type { RedriveOptions } from './commands/redrive-command.ts';
import type { ReplayOptions } from './commands/replay-command.ts';
import type { ShowOptions } from './commands/show-command.ts';
import type { TestOptions } from './commands/test-command.ts';
import type { TestMetricFilterOptions } from './commands/test-metric-filter-command.ts';
import type { TuneOptions } from './commands/tune-command.ts';

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
  .command('test')
  .description('run the examples and timelines that rules carry')
  .argument('[path...]', 'folders of rule files, or files; those of trailbell.config.ts unless given')
  .option('--watch', 'go on, and test what changes')
  .option('--coverage', 'say which clauses and exceptions no test needs')
  .option('--junit <file>', 'write a report for a CI server')
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (paths: string[], options: TestOptions) => {
    const { testCommand } = await import('./commands/test-command.ts');
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
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (paths: string[], options: LintCommandOptions) => {
    const { lintCommand } = await import('./commands/lint-command.ts');
    process.exitCode = await lintCommand(paths, options);
  });

program
  .command('show')
  .description('show a rule as it is in force: what it extends and the lists that it uses are spelled out')
  .argument('<rule>', 'the name of a rule')
  .option(
    '--rules <folder>',
    'a folder of rule files, or one file; may be repeated; those of trailbell.config.ts unless given',
    collect,
  )
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (name: string, options: ShowOptions) => {
    const { showCommand } = await import('./commands/show-command.ts');
    process.exitCode = await showCommand(name, options);
  });

program
  .command('schema')
  .description('print the JSON Schema of rule files, for editors')
  .action(async () => {
    const { schemaCommand } = await import('./commands/schema-command.ts');
    schemaCommand();
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

program
  .command('import')
  .description('write rule files that do what your metric filters and alarms do')
  .argument(
    '[file...]',
    'AWS CLI output (describe-metric-filters, describe-alarms), CloudFormation templates, Terraform',
  )
  .option('--metric-filters <file>', 'what `aws logs describe-metric-filters` prints; may be repeated', collect)
  .option('--alarms <file>', 'what `aws cloudwatch describe-alarms` prints; may be repeated', collect)
  .option('--topics <file>', 'what `aws sns list-subscriptions` prints: says where the alarms were sent', collect)
  .option('--from-account', 'read them from the account that your AWS credentials are for; nothing is changed there')
  .option('--log-group <name>', 'with --from-account: the metric filters of this log group only')
  .option('--out <folder>', 'write one file a rule into this folder; to standard output unless given')
  .addOption(
    new Option('--severity <severity>', 'of every imported rule')
      .choices(['critical', 'error', 'warning', 'info'])
      .default('warning'),
  )
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (files: string[], options: ImportCommandOptions) => {
    const { importCommand } = await import('./commands/import-command.ts');
    process.exitCode = await importCommand(files, options);
  });

program
  .command('export')
  .description('write rules as CloudFormation metric filters and alarms')
  .argument('[path...]', 'rule files or folders of them; those of trailbell.config.ts unless given')
  .option('--json', 'JSON in place of YAML')
  .option('--namespace <name>', 'of the metrics of rules that were not imported', 'Trailbell')
  .option('--out <file>', 'write into this file; to standard output unless given')
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (paths: string[], options: ExportCommandOptions) => {
    const { exportCommand } = await import('./commands/export-command.ts');
    process.exitCode = await exportCommand(paths, options);
  });

program
  .command('backtest')
  .description('say what rules would have paged over an archive of CloudTrail records')
  .argument(
    '[file...]',
    'archives as CloudTrail writes them, JSON lines, exports of log groups; folders of them; s3://bucket/prefix',
  )
  .option(
    '--rules <folder>',
    'a folder of rule files, or one file; may be repeated; those of trailbell.config.ts unless given',
    collect,
  )
  .option('--against <revision>', 'compare with the rules of a Git revision, or of another folder')
  .option('--json', 'print the result as JSON')
  .option('--junit <file>', 'write a JUnit report, in which a rule fails that pages more than it expects')
  .option('--report <file>', 'write an HTML file that shows when, which rules, who, and sample events')
  .option('--threads <number>', 'how many threads scan; as many as there are processors unless given', whole)
  .option('--state <folder>', 'keep what is done in this folder, so that the same command goes on after a stop')
  .option('--account <id>', 'of a bucket or its copy, the archives of this account; may be repeated', collect)
  .option('--region <region>', 'the archives of this region; may be repeated', collect)
  .option('--from <date>', 'the archives that were delivered on this day or later, YYYY-MM-DD, UTC', day)
  .option('--until <date>', 'the archives that were delivered on this day or earlier', day)
  .addOption(
    new Option(
      '--plan <folder>',
      'cut the archive into shards, files for --shard; into s3://bucket/folder/ for the state machine in AWS',
    ).conflicts(['shard', 'merge', 'against', 'state', 'json', 'junit', 'report']),
  )
  .option('--shard-size <megabytes>', 'of the archive as it lies there, for --plan', positive, 1000)
  .addOption(
    new Option('--shard <file>', 'scan one shard, into a folder beside it or that of --state').conflicts([
      'merge',
      'against',
      'json',
      'junit',
      'report',
    ]),
  )
  .addOption(
    new Option(
      '--merge <folder...>',
      'the result of shards that were scanned, or of a plan in s3://bucket/folder/',
    ).conflicts(['against', 'state', 'threads']),
  )
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (files: string[], options: BacktestOptions) => {
    const { backtestCommand } = await import('./commands/backtest-command.ts');
    process.exitCode = await backtestCommand(files, options);
  });

program
  .command('compare')
  .description("say where rules and CloudWatch's alarms rang at other times, for the weeks in which both run")
  .argument('<file...>', 'archives as CloudTrail writes them, JSON lines, exports of log groups; folders of them')
  .requiredOption('--alarm-history <file>', 'what `aws cloudwatch describe-alarm-history` prints')
  .option('--rules <folder>', 'rule files or folders; those of trailbell.config.ts unless given', collect)
  .option('--tolerance <duration>', 'times this close are alike', '15m')
  .option('--json', 'print the comparison as JSON')
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (files: string[], options: CompareOptions) => {
    const { compareCommand } = await import('./commands/compare-command.ts');
    process.exitCode = await compareCommand(files, options);
  });

program
  .command('tune')
  .description('edit a rule and see at once what changes over records')
  .argument('<rule>', 'the name of a rule, or a file with one')
  .option('--over <file>', 'records: archives, JSON lines, folders of them; may be repeated', collect)
  .option('--follow <source>', 'and new ones: a folder, or log-group:NAME with your AWS credentials')
  .option('--rules <folder>', 'where the rule is; the folders of trailbell.config.ts unless given', collect)
  .option('--max-records <number>', 'how many records are kept, the newest', whole, 500_000)
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (rule: string, options: TuneOptions) => {
    const { tuneCommand } = await import('./commands/tune-command.ts');
    process.exitCode = await tuneCommand(rule, options);
    process.exit();
  });

program
  .command('cost')
  .description('estimate what a month costs, next to metric filters and EventBridge')
  .requiredOption('--records-per-day <number>', 'records that the trail writes, of all accounts together', amount)
  .requiredOption('--accounts <number>', 'accounts', whole)
  .requiredOption('--rules <number>', 'rules', whole)
  .option('--passed-share <share>', 'the share of records that the pre-filter lets through, 0 to 1', share, 0.3)
  .option('--matches-per-day <number>', 'records that a rule matches', amount, 100)
  .option('--incidents-per-day <number>', 'incidents that open', amount, 5)
  .option('--json', 'print the estimate as JSON')
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (options: CostCommandOptions) => {
    const { costCommand } = await import('./commands/cost-command.ts');
    process.exitCode = costCommand(options);
  });

program
  .command('doctor')
  .description(
    'say what is wrong with a deployment, or will be with the next, with your AWS credentials; changes nothing',
  )
  .option('--stage <name>', 'the stage that is deployed, or will be', 'production')
  .option('--json', 'print the findings as JSON')
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (options: DoctorOptions) => {
    const { doctorCommand } = await import('./commands/doctor-command.ts');
    process.exitCode = await doctorCommand(options);
  });

program
  .command('redrive')
  .description('show what was given up or not delivered, and with --yes set it right, with your AWS credentials')
  .option('--stage <name>', 'the stage that is deployed', 'production')
  .option('--yes', 'put batches back to the matcher, and have alarms told again as they stand')
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (options: RedriveOptions) => {
    const { redriveCommand } = await import('./commands/redrive-command.ts');
    process.exitCode = await redriveCommand(options);
  });

program
  .command('drill')
  .description('make a rule ring with a marked record, and follow its page to the end')
  .argument('[rule]', 'the name of a rule; the least severe one unless given')
  .option('--stage <name>', 'the stage that is deployed', 'production')
  .option('--local', 'on this machine, without AWS: nobody is rung')
  .option('--yes', 'ring whoever is on call')
  .exitOverride(exitWith(WRONG_USE_OF_GREP))
  .action(async (name: string | undefined, options: DrillOptions) => {
    const { drillCommand } = await import('./commands/drill-command.ts');
    process.exitCode = await drillCommand(name, options);
  });

/** Ends a command that was used wrongly, and no other, with this exit code. */
function exitWith(wrongUsageExitCode: number): (error: CommanderError) => never {
  return (error) => process.exit(error.exitCode === 0 ? 0 : wrongUsageExitCode);
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  // Of a day that its month does not have, Date makes one of the next month.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('expected a date such as 2027-06-30.');
  }
  return text;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value >= 0.01) || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number of 0.01 or more.');
  return value;
}

/** Nothing is a number here that JSON or a table could not hold when it was multiplied. */
function amount(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= 0 && value <= 1e15)) throw new InvalidArgumentError('expected a number from 0 to 1e15.');
  return value;
}

function whole(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1 && value <= 1e9)) {
    throw new InvalidArgumentError('expected a whole number of 1 or more.');
  }
  return value;
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('expected a number from 0 to 1.');
  return value;
}

await program.parseAsync();
