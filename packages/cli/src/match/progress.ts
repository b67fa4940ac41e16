import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

const INTERVAL_MS = 100;

/** How far the reading of input has come, shown on a terminal. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #startedMs = performance.now();
  #shownMs = this.#startedMs;
  #files = 0;
  #file = '';
  #messages = 0;
  #characters = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  beginFile(file: string): void {
    this.#files += 1;
    this.#file = file;
    this.show();
  }

  countMessage(text: string): void {
    this.#messages += 1;
    this.#characters += text.length;
  }

  /** Shows the state of things, ten times a second at most. */
  show(): void {
    const nowMs = performance.now();
    if (nowMs - this.#shownMs < INTERVAL_MS) return;
    this.#shownMs = nowMs;
    const megabytesPerSecond = this.#characters / 1000 / (nowMs - this.#startedMs);
    this.#terminal.progress(
      `${counted(this.#files, 'file')}  ${counted(this.#messages, 'record')}  ${megabytesPerSecond.toFixed(0)} MB/s  ${harmless(this.#file)}`,
    );
  }
}
