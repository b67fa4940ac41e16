const DOUBLE = new Float64Array(1);
const DOUBLE_WORDS = new Uint32Array(DOUBLE.buffer);

/**
 * Grows an image, a multiple of four bytes at a time. Words are written in the machine's order of bytes, which is WebAssembly's on
 * every machine that Node.js 24 and Lambda run on.
 */
export class WordWriter {
  #words = new Uint32Array(1024);
  #count = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#count * 4;
  }

  word(value: number): void {
    if (this.#count === this.#words.length) this.#reach(this.#count + 1);
    this.#words[this.#count] = value;
    this.#count += 1;
  }

  /** Several words at once. */
  row(values: readonly number[]): void {
    for (const value of values) this.word(value);
  }

  double(value: number): void {
    DOUBLE[0] = value;
    this.word(DOUBLE_WORDS[0] ?? 0);
    this.word(DOUBLE_WORDS[1] ?? 0);
  }

  /** Sets words that were skipped. */
  setRow(offset: number, values: readonly number[]): void {
    values.forEach((value, index) => {
      this.#words[(offset >> 2) + index] = value;
    });
  }

  /** Sets a word that was skipped. */
  setWord(offset: number, value: number): void {
    this.#words[offset >> 2] = value;
  }

  /** Zeros. */
  skip(byteLength: number): void {
    this.#reach(this.#count + byteLength / 4);
    this.#count += byteLength / 4;
  }

  /** Appends bytes, and zeros up to a multiple of 16; returns where they begin. */
  append(bytes: Uint8Array): number {
    const start = this.length;
    this.skip((bytes.length + 15) & ~15);
    new Uint8Array(this.#words.buffer).set(bytes, start);
    return start;
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
