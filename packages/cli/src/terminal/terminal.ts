import { once } from 'node:events';
import { stripVTControlCharacters, styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes: what was asked for on standard output, everything about it on standard error. */
export class Terminal {
  readonly #out: NodeJS.WriteStream;
  readonly #err: NodeJS.WriteStream;
  #progressWidth = 0;

  constructor(out: NodeJS.WriteStream = process.stdout, err: NodeJS.WriteStream = process.stderr) {
    this.#out = out;
    this.#err = err;
  }

  /** Styled where standard output is a terminal that shows colours. */
  style(style: Style, text: string): string {
    return styleText(style, text, { stream: this.#out });
  }

  /** Whether people read standard output as it comes. */
  get isInteractive(): boolean {
    return this.#out.isTTY;
  }

  /** Writes text as it is, and waits for a reader that is slow: what is written does not pile up. */
  async write(text: string): Promise<void> {
    this.clearProgress();
    if (!this.#out.write(text)) await once(this.#out, 'drain');
  }

  line(text = ''): void {
    this.clearProgress();
    this.#out.write(`${text}\n`);
  }

  note(text: string): void {
    this.clearProgress();
    this.#err.write(`${text}\n`);
  }

  /** A line that the next one overwrites; nothing where standard error is no terminal. */
  progress(text: string): void {
    if (!this.#err.isTTY) return;
    const shown = text.slice(0, Math.max(0, this.#err.columns - 1));
    this.#err.write(`\r${shown.padEnd(this.#progressWidth)}`);
    this.#progressWidth = stripVTControlCharacters(shown).length;
  }

  /** Takes the line of progress away. */
  clearProgress(): void {
    if (this.#progressWidth === 0) return;
    this.#err.write(`\r${' '.repeat(this.#progressWidth)}\r`);
    this.#progressWidth = 0;
  }
}
