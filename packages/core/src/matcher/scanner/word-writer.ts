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

  add(...words: readonly number[]): void {
    const start = this.#count;
    this.skip(words.length * 4);
    for (let at = 0; at < words.length; at++) this.#words[start + at] = words[at] ?? 0;
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
