import { Buffer } from 'node:buffer';

/** Where a text lies among the texts, in bytes. */
export interface ImageText {
  readonly offset: number;
  readonly length: number;
}

/** Texts in UTF-8, one after the other, each distinct text once. */
export class ImageTexts {
  readonly #known = new Map<string, ImageText>();
  readonly #parts: string[] = [];
  #length = 0;

  add(text: string): ImageText {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const added = { offset: this.#length, length: Buffer.byteLength(text, 'utf8') };
    this.#known.set(text, added);
    this.#parts.push(text);
    this.#length += added.length;
    return added;
  }

  bytes(): Uint8Array {
    return Buffer.from(this.#parts.join(''), 'utf8');
  }
}
