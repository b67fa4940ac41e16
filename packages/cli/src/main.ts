import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addArchiveCommands } from './commands/archive-commands.ts';
import { addCloudWatchCommands } from './commands/cloudwatch-commands.ts';
import { addDeploymentCommands } from './commands/deployment-commands.ts';
import { addLocalCommands } from './commands/local-commands.ts';
import { addPatternCommands } from './commands/pattern-commands.ts';
import { addRuleCommands } from './commands/rule-commands.ts';
import { exitWith, WRONG_USE_OF_GREP } from './commands/exit-with.ts';

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

const program = new Command('trailbell')
  .version(packageJson.version)
  .description('Rings PagerDuty when CloudTrail records something that should not happen, and says who did it.')
  .showSuggestionAfterError()
  .showHelpAfterError('(trailbell --help lists the commands)')
  // Every command that is added has it from here, unless it says otherwise.
  .exitOverride(exitWith(WRONG_USE_OF_GREP));

// In the order in which help lists them. Each only says how it is used, and is loaded when it is called: match starts in a fraction of
// the time that the local AWS takes to load.
addLocalCommands(program);
addPatternCommands(program);
addRuleCommands(program);
addCloudWatchCommands(program);
addArchiveCommands(program);
addDeploymentCommands(program);

await program.parseAsync();
