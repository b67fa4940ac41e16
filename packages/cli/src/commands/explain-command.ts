import { explainPattern } from '@trailbell/core/pattern';
import { cutText } from '@trailbell/core/cloudtrail';
import { explanationTree } from '../explain/explanation-tree.ts';
import { type ExplainedMessage, Nearest } from '../explain/nearest.ts';
import { STANDARD_INPUT, inputFiles, whyUnreadable } from '../input/input-files.ts';
import { readMessages } from '../input/read-messages.ts';
import { compileArgument } from '../match/compile-argument.ts';
import { messageAsJson } from '../match/message-as-json.ts';
import { Progress } from '../match/progress.ts';
import { counted } from '../terminal/counted.ts';
import { harmless, harmlessJson } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface ExplainOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Exit codes of explain. */
const [EXPLAINED, NOTHING_READ, FAILED] = [0, 1, 2];

/** How many messages are explained unless all are asked for. */
const SHOWN_MESSAGES = 10;

/** An explanation takes a hundred times as long as a match, so the nearest misses are looked for among so many. */
const EXPLAINED_MISSES = 10_000;

/** How much of a message is shown above its explanation. */
const SHOWN_CHARACTERS = 160;

/** `trailbell explain`: why a pattern matches the messages of the input or does not. Returns the exit code. */
export async function explainCommand(
  patternText: string,
  paths: readonly string[],
  options: ExplainOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const pattern = compileArgument(patternText, terminal);
  if (pattern === undefined) return FAILED;
  const progress = new Progress(terminal);
  const nearest = new Nearest(SHOWN_MESSAGES);
  const show = (explained: ExplainedMessage) => terminal.write(render(explained, options, terminal));
  let messages = 0;
  let matches = 0;
  let failures = 0;
  for await (const input of inputFiles(paths.length === 0 ? [STANDARD_INPUT] : paths)) {
    const { file } = input;
    try {
      if (input.kind === 'unreadable') throw new Error(input.why);
      progress.beginFile(file);
      for await (const group of readMessages(input.open())) {
        for (const message of group) {
          const text = message.event.message;
          progress.countMessage(text);
          messages += 1;
          const isMatch = pattern.matchesEvent(message.event);
          if (isMatch) matches += 1;
          const isLateMiss = !isMatch && messages - matches > EXPLAINED_MISSES;
          if (options.all !== true && (isLateMiss || nearest.isSettled)) continue;
          const explained = { file, message, explanation: explainPattern(pattern.pattern, text) };
          if (options.all === true) await show(explained);
          else nearest.add(explained);
        }
        progress.show();
      }
    } catch (error) {
      failures += 1;
      terminal.note(harmless(`${file}: ${whyUnreadable(error)}`));
    }
  }
  terminal.clearProgress();
  const kept = nearest.list();
  for (const explained of kept) await show(explained);
  if (options.all !== true && kept.length < messages) terminal.note(leftOut(messages, matches, kept.length));
  if (failures > 0) return FAILED;
  return messages > 0 ? EXPLAINED : NOTHING_READ;
}

function leftOut(messages: number, matches: number, shown: number): string {
  const which = matches >= shown ? `the first ${shown} of those` : `those and the nearest misses, ${shown} in all,`;
  const found = `${matches.toLocaleString('en-US')} of ${counted(messages, 'record')} match`;
  return matches === 0
    ? `none of ${counted(messages, 'record')} matches; the ${shown} nearest misses are shown. --all shows every record.`
    : `${found}; ${which} are shown. --all shows every record.`;
}

function render(explained: ExplainedMessage, options: ExplainOptions, terminal: Terminal): string {
  const { file, message, explanation } = explained;
  const isMatch = explanation.verdict === 'holds';
  if (options.json === true) {
    const line = messageAsJson(file, message, { matches: isMatch, explanation });
    return `${terminal.isInteractive ? harmlessJson(line) : line}\n`;
  }
  const place = `${file}:${message.line}${message.entry === undefined ? '' : `#${message.entry}`}`;
  const verdict = isMatch ? terminal.style('green', 'matches') : terminal.style('red', 'does not match');
  const lines = [
    `${terminal.style('bold', harmless(place))} ${verdict}`,
    `  ${terminal.style('dim', harmless(cutText(message.event.message, SHOWN_CHARACTERS)))}`,
    ...explanationTree(explanation, terminal),
  ];
  return `${lines.join('\n')}\n\n`;
}
