import type { Command } from 'commander';
import type { ReplayOptions } from './replay-command.ts';
import { positive, RULES } from './option-values.ts';

/** Adds what runs the whole pipeline on this machine: demo, replay. */
export function addLocalCommands(program: Command): void {
  program
    .command('demo')
    .description('replay a sample day through the whole pipeline, on this machine')
    .option('--speed <factor>', 'how many times faster than real time; as fast as it can unless given', positive)
    .action(async (options: { speed?: number }) => {
      const { demoCommand } = await import('./demo-command.ts');
      process.exitCode = await demoCommand(options);
    });

  program
    .command('replay')
    .description('replay your own CloudTrail records through the whole pipeline, on this machine')
    .argument(
      '[file...]',
      'archives ({"Records": [...]}), JSON lines, AWS CLI output, packed or not; folders; - or none: standard input',
    )
    .option(...RULES)
    .option('--json', 'print one notification a line, and nothing else, to standard output')
    .option('--speed <factor>', 'how many times faster than real time; as fast as it can unless given', positive)
    .action(async (files: string[], options: ReplayOptions) => {
      const { replayCommand } = await import('./replay-command.ts');
      process.exitCode = await replayCommand(files, options);
    });
}
