import { Command, InvalidArgumentError } from 'commander';
import { demoCommand } from './commands/demo-command.ts';
import { replayCommand, type ReplayOptions } from './commands/replay-command.ts';

/** A pipe whose reader has gone (`| head`) ends the command without an error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const program = new Command('trailbell')
  .description('Rings PagerDuty when CloudTrail records something that should not happen, and says who did it.')
  .showSuggestionAfterError()
  .showHelpAfterError('(trailbell --help lists the commands)');

program
  .command('demo')
  .description('replay a sample day through the whole pipeline, on this machine')
  .option('--speed <factor>', 'how many times faster than real time; as fast as it can unless given', positive)
  .action(async (options: { speed?: number }) => {
    process.exitCode = await demoCommand(options);
  });

program
  .command('replay')
  .description('replay your own CloudTrail records through the whole pipeline, on this machine')
  .argument(
    '[file...]',
    'archives ({"Records": [...]}), JSON lines, AWS CLI output, packed or not; folders; - or none: standard input',
  )
  .option('--rules <folder...>', 'folders of rule files; those of trailbell.config.ts unless given')
  .option('--json', 'print one notification a line, and nothing else, to standard output')
  .option('--speed <factor>', 'how many times faster than real time; as fast as it can unless given', positive)
  .action(async (files: string[], options: ReplayOptions) => {
    process.exitCode = await replayCommand(files, options);
  });

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number above 0.');
  return value;
}

await program.parseAsync();
