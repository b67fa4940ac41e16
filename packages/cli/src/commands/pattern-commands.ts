import { type Command, Option } from 'commander';
import type { ExplainOptions } from './explain-command.ts';
import type { MatchOptions } from './match-command.ts';

const MESSAGE_FILES =
  'archives ({"Records": [...]}), JSON lines, AWS CLI output, text, packed or not; folders; - or none: standard input';
const PATTERN_AFTER_DASHES = '(a pattern that begins with - goes after --, as in: trailbell match -- -debug FILE)';

/** Adds what applies one filter pattern to messages: match, explain. */
export function addPatternCommands(program: Command): void {
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
    .action(async (pattern: string, files: string[], options: MatchOptions) => {
      const { matchCommand } = await import('./match-command.ts');
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
    .action(async (pattern: string, files: string[], options: ExplainOptions) => {
      const { explainCommand } = await import('./explain-command.ts');
      process.exitCode = await explainCommand(pattern, files, options);
    });
}
