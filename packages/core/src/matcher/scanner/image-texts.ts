import { Buffer } from 'node:buffer';

/** Where a text lies among the texts, in bytes. */
export interface ImageText {
  readonly offset: number;
  readonly length: number;
}

/** Texts in UTF-8, one after the other. */
export class ImageTexts {
  readonly #known = new Map<string, ImageText>();
  readonly #parts: string[] = [];
  #length = 0;

  /** Each distinct text once. */
  add(text: string): ImageText {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const added = this.append(text);
    this.#known.set(text, added);
    return added;
  }

  /** For texts that hardly occur twice. */
  append(text: string): ImageText {
    const offset = this.#length;
    const length = Buffer.byteLength(text);
    this.#parts.push(text);
    this.#length += length;
    return { offset, length };
  }

  bytes(): Uint8Array {
    return Buffer.from(this.#parts.join(''), 'utf8');
  }
}
