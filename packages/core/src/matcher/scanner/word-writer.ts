const DOUBLE = new Float64Array(1);
const DOUBLE_WORDS = new Uint32Array(DOUBLE.buffer);

/**
 * A table of an image, written word by word. Words are in the machine's order of bytes, which is WebAssembly's on every machine that
 * Node.js 24 and Lambda run on.
 */
export class WordWriter {
  #words = new Uint32Array(256);
  #count = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#count * 4;
  }

  word(word: number): void {
    if (this.#count === this.#words.length) this.#reach(this.#count + 1);
    this.#words[this.#count] = word;
    this.#count += 1;
  }

  /** Several words, where there are not thousands of such rows. */
  add(...words: readonly number[]): void {
    for (const word of words) this.word(word);
  }

  double(value: number): void {
    DOUBLE[0] = value;
    this.add(...DOUBLE_WORDS);
  }

  /** Zeros. */
  skip(byteLength: number): void {
    this.#reach(this.#count + byteLength / 4);
    this.#count += byteLength / 4;
  }

  finish(): Uint8Array {
    return new Uint8Array(this.#words.buffer, 0, this.length);
  }

  #reach(count: number): void {
    if (count <= this.#words.length) return;
    const grown = new Uint32Array(Math.max(count, this.#words.length * 2));
    grown.set(this.#words);
    this.#words = grown;
  }
}
