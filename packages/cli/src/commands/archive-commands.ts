import { type Command, Option } from 'commander';
import type { BacktestOptions } from './backtest-command.ts';
import type { CompareOptions } from './compare-command.ts';
import type { TuneOptions } from './tune-command.ts';
import { collect, day, positive, RULES, whole } from './option-values.ts';

/** Adds what holds rules against records of the past: backtest, compare, tune. */
export function addArchiveCommands(program: Command): void {
  program
    .command('backtest')
    .description('say what rules would have paged over an archive of CloudTrail records')
    .argument(
      '[file...]',
      'archives as CloudTrail writes them, JSON lines, exports of log groups; folders of them; s3://bucket/prefix',
    )
    .option(...RULES)
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
    .action(async (files: string[], options: BacktestOptions) => {
      const { backtestCommand } = await import('./backtest-command.ts');
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
    .action(async (files: string[], options: CompareOptions) => {
      const { compareCommand } = await import('./compare-command.ts');
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
    .action(async (rule: string, options: TuneOptions) => {
      const { tuneCommand } = await import('./tune-command.ts');
      process.exitCode = await tuneCommand(rule, options);
      process.exit();
    });
}
