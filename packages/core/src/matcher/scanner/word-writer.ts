const DOUBLE = new Float64Array(1);
const DOUBLE_WORDS = new Uint32Array(DOUBLE.buffer);

/**
 * A table of an image, written word by word. Words are in the machine's order of bytes, which is WebAssembly's on every machine that
 * Node.js 24 and Lambda run on.
 */
export class WordWriter {
  readonly #words: number[] = [];

  /** Bytes written so far. */
  get length(): number {
    return this.#words.length * 4;
  }

  add(...words: readonly number[]): void {
    this.#words.push(...words);
  }

  double(value: number): void {
    DOUBLE[0] = value;
    this.#words.push(...DOUBLE_WORDS);
  }

  /** Zeros. */
  skip(byteLength: number): void {
    for (let left = byteLength; left > 0; left -= 4) this.#words.push(0);
  }

  /** Writes words where there are some already. */
  set(offset: number, ...words: readonly number[]): void {
    words.forEach((word, index) => {
      this.#words[offset / 4 + index] = word;
    });
  }

  finish(): Uint8Array {
    return new Uint8Array(new Uint32Array(this.#words).buffer);
  }
}
