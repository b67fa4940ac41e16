import { styleText } from 'node:util';
import type { Style } from './tune-screen.ts';

const [ENTER, LEAVE] = ['\u001b[?1049h\u001b[?25l', '\u001b[?25h\u001b[?1049l'];
const [HOME, CLEAR_LINE, CLEAR_BELOW] = ['\u001b[H', '\u001b[K', '\u001b[J'];

/** The whole terminal, drawn over and over, and its keys one by one. */
export class FullScreen {
  #lines: readonly string[] = [];
  readonly #redraw = () => {
    this.show(this.#lines);
  };

  /** Undefined where there is no terminal to draw on. */
  static open(): FullScreen | undefined {
    return process.stdout.isTTY && process.stdin.isTTY ? new FullScreen() : undefined;
  }

  private constructor() {
    process.stdin.setRawMode(true);
    process.stdin.setEncoding('utf8');
    process.stdout.write(ENTER);
    process.stdout.on('resize', this.#redraw);
    process.once('exit', () => {
      this.close();
    });
  }

  readonly style: Style = (kind, text) => styleText(kind, text, { stream: process.stdout });

  /** Shows as many of the lines as there is room for. */
  show(lines: readonly string[]): void {
    this.#lines = lines;
    const room = Math.max(1, process.stdout.rows - 1);
    const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), lines.at(-1) ?? ''];
    process.stdout.write(HOME + shown.map((line) => `${line}${CLEAR_LINE}`).join('\r\n') + CLEAR_BELOW);
  }

  /** Each key that is pressed, until the screen is closed. */
  async *keys(): AsyncIterable<string> {
    for await (const text of process.stdin) for (const key of String(text)) yield key;
  }

  /** Gives the terminal back as it was. */
  close(): void {
    process.stdout.off('resize', this.#redraw);
    if (!process.stdin.isRaw) return;
    process.stdin.setRawMode(false);
    process.stdin.pause();
    process.stdout.write(LEAVE);
  }
}
