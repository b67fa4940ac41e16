import { type CompiledPattern, explainPattern } from '@trailbell/core/pattern';
import { explanationTree } from '../explain/explanation-tree.ts';
import { type InputFile, STANDARD_INPUT, inputFiles, whyUnreadable } from '../input/input-files.ts';
import { type Message, readMessages } from '../input/read-messages.ts';
import { compileArgument } from '../match/compile-argument.ts';
import { messageAsJson } from '../match/message-as-json.ts';
import { Progress } from '../match/progress.ts';
import { harmless, harmlessJson } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface MatchOptions {
  readonly count?: boolean;
  readonly filesWithMatches?: boolean;
  readonly invertMatch?: boolean;
  readonly json?: boolean;
  readonly explain?: boolean;
}

/** Exit codes of match, which are grep's. */
const [MATCHED, NOTHING_MATCHED, FAILED] = [0, 1, 2];

/** So many characters of output are put together before they are written. */
const WRITE_CHARACTERS = 64 * 1024;

/** `trailbell match`: the messages of the input that a pattern matches. Returns the exit code. */
export async function matchCommand(
  patternText: string,
  paths: readonly string[],
  options: MatchOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const pattern = compileArgument(patternText, terminal);
  if (pattern === undefined) return FAILED;
  const search = new Search(pattern, options, terminal);
  let matches = 0;
  let hasFailed = false;
  for await (const input of inputFiles(paths.length === 0 ? [STANDARD_INPUT] : paths)) {
    const found = await search.file(input);
    matches += found.matches;
    if (found.why !== undefined) {
      hasFailed = true;
      terminal.note(harmless(`${input.file}: ${found.why}`));
    }
    const file = terminal.isInteractive ? harmless(input.file) : input.file;
    if (options.count === true && input.kind === 'file') {
      terminal.line(input.isNamed && paths.length <= 1 ? `${found.matches}` : `${file}:${found.matches}`);
    }
    if (options.filesWithMatches === true && found.matches > 0) terminal.line(file);
  }
  terminal.clearProgress();
  if (hasFailed) return FAILED;
  return matches > 0 ? MATCHED : NOTHING_MATCHED;
}

/** What a file came to: `why` where it could not be read, or not to its end. */
interface Found {
  matches: number;
  why?: string;
}

class Search {
  readonly #pattern: CompiledPattern;
  readonly #options: MatchOptions;
  readonly #terminal: Terminal;
  readonly #progress: Progress;

  constructor(pattern: CompiledPattern, options: MatchOptions, terminal: Terminal) {
    this.#pattern = pattern;
    this.#options = options;
    this.#terminal = terminal;
    this.#progress = new Progress(terminal);
  }

  async file(input: InputFile): Promise<Readonly<Found>> {
    if (input.kind === 'unreadable') return { matches: 0, why: input.why };
    const found: Found = { matches: 0 };
    this.#progress.beginFile(input.file);
    try {
      await this.#read(input, found);
    } catch (error) {
      found.why = whyUnreadable(error);
    }
    return found;
  }

  async #read(input: InputFile & { readonly kind: 'file' }, found: Found): Promise<void> {
    const { count = false, filesWithMatches = false, invertMatch = false } = this.#options;
    for await (const messages of readMessages(input.open())) {
      let output = '';
      for (const message of messages) {
        this.#progress.countMessage(message.event.message);
        if (this.#pattern.matchesEvent(message.event) === invertMatch) continue;
        found.matches += 1;
        if (filesWithMatches) return;
        if (!count) output += this.#render(input.file, message);
        if (output.length >= WRITE_CHARACTERS) {
          await this.#terminal.write(output);
          output = '';
        }
      }
      if (output !== '') await this.#terminal.write(output);
      this.#progress.show();
    }
  }

  #render(file: string, message: Message): string {
    const { json = false, explain = false } = this.#options;
    const text = message.event.message;
    const explanation = explain ? explainPattern(this.#pattern.pattern, text) : undefined;
    if (json) {
      const line = messageAsJson(file, message, { extractedValues: this.#pattern.extract(text), explanation });
      return `${this.#terminal.isInteractive ? harmlessJson(line) : line}\n`;
    }
    const lines = [this.#terminal.isInteractive ? harmless(text) : text];
    if (explanation !== undefined) lines.push(...explanationTree(explanation, this.#terminal));
    return lines.map((line) => `${line}\n`).join('');
  }
}
