import type { Command } from 'commander';
import type { CostCommandOptions } from './cost-command.ts';
import type { DoctorOptions } from './doctor-command.ts';
import type { DrillOptions } from './drill-command.ts';
import type { RedriveOptions } from './redrive-command.ts';
import { amount, share, whole } from './option-values.ts';

/** Adds what is about a deployment: cost, doctor, redrive, drill. */
export function addDeploymentCommands(program: Command): void {
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
    .action(async (options: CostCommandOptions) => {
      const { costCommand } = await import('./cost-command.ts');
      process.exitCode = costCommand(options);
    });

  program
    .command('doctor')
    .description(
      'say what is wrong with a deployment, or will be with the next, with your AWS credentials; changes nothing',
    )
    .option('--stage <name>', 'the stage that is deployed, or will be', 'production')
    .option('--json', 'print the findings as JSON')
    .action(async (options: DoctorOptions) => {
      const { doctorCommand } = await import('./doctor-command.ts');
      process.exitCode = await doctorCommand(options);
    });

  program
    .command('redrive')
    .description('show what was given up or not delivered, and with --yes set it right, with your AWS credentials')
    .option('--stage <name>', 'the stage that is deployed', 'production')
    .option('--yes', 'put batches back to the matcher, and have alarms told again as they stand')
    .action(async (options: RedriveOptions) => {
      const { redriveCommand } = await import('./redrive-command.ts');
      process.exitCode = await redriveCommand(options);
    });

  program
    .command('drill')
    .description('make a rule ring with a marked record, and follow its page to the end')
    .argument('[rule]', 'the name of a rule; the least severe one unless given')
    .option('--stage <name>', 'the stage that is deployed', 'production')
    .option('--local', 'on this machine, without AWS: nobody is rung')
    .option('--yes', 'ring whoever is on call')
    .action(async (name: string | undefined, options: DrillOptions) => {
      const { drillCommand } = await import('./drill-command.ts');
      process.exitCode = await drillCommand(name, options);
    });
}
