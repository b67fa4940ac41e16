import { stripVTControlCharacters, styleText } from 'node:util';
import { displayWidth } from '../terminal/display-width.ts';
import type { Style } from './tune-screen.ts';

const [ENTER, LEAVE] = ['\u001b[?1049h\u001b[?25l', '\u001b[?25h\u001b[?1049l'];
const [HOME, CLEAR_LINE, CLEAR_BELOW] = ['\u001b[H', '\u001b[K', '\u001b[J'];

/** The whole terminal, drawn over and over, and its keys one by one. */
export class FullScreen {
  #body: readonly string[] = [];
  #footer: readonly string[] = [];
  readonly #redraw = () => {
    this.show(this.#body, this.#footer);
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

  /** Shows the footer, and of the body as much as there is room for above it. */
  show(body: readonly string[], footer: readonly string[]): void {
    this.#body = body;
    this.#footer = footer;
    const shown = linesThatFit(body, footer, process.stdout);
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

/** The first lines of the body and all of the footer. A line that is longer than the terminal is wide takes several of its rows. */
export function linesThatFit(
  body: readonly string[],
  footer: readonly string[],
  { rows, columns }: { readonly rows: number; readonly columns: number },
): readonly string[] {
  const heightOf = (line: string) =>
    Math.max(1, Math.ceil(displayWidth(stripVTControlCharacters(line)) / Math.max(1, columns)));
  let room = rows - 1 - footer.reduce((sum, line) => sum + heightOf(line), 0);
  const shown: string[] = [];
  for (const line of body) {
    room -= heightOf(line);
    if (room < 0) break;
    shown.push(line);
  }
  return [...shown, ...footer];
}
