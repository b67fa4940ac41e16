import { type Command, Option } from 'commander';
import type { ExportCommandOptions } from './export-command.ts';
import type { ImportCommandOptions } from './import-command.ts';
import type { TestMetricFilterOptions } from './test-metric-filter-command.ts';
import { collect } from './option-values.ts';
import { exitWith, WRONG_USE_OF_AWS } from './exit-with.ts';

/** Adds what stands beside CloudWatch's metric filters and alarms: test-metric-filter, import, export. */
export function addCloudWatchCommands(program: Command): void {
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
      const { testMetricFilterCommand } = await import('./test-metric-filter-command.ts');
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
    .action(async (files: string[], options: ImportCommandOptions) => {
      const { importCommand } = await import('./import-command.ts');
      process.exitCode = await importCommand(files, options);
    });

  program
    .command('export')
    .description('write rules as CloudFormation metric filters and alarms')
    .argument('[path...]', 'rule files or folders of them; those of trailbell.config.ts unless given')
    .option('--json', 'JSON in place of YAML')
    .option('--namespace <name>', 'of the metrics of rules that were not imported', 'Trailbell')
    .option('--out <file>', 'write into this file; to standard output unless given')
    .action(async (paths: string[], options: ExportCommandOptions) => {
      const { exportCommand } = await import('./export-command.ts');
      process.exitCode = await exportCommand(paths, options);
    });
}
