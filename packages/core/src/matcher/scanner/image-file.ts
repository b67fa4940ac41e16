import * as layout from './assembly/layout.ts';

const TABLE_ALIGNMENT = 16;

/** The header of an image and its tables, one behind the other. */
export class ImageFile {
  readonly #header = new Uint32Array(layout.HEADER_BYTES / 4);
  readonly #tables: { readonly start: number; readonly bytes: Uint8Array }[] = [];
  #length = layout.HEADER_BYTES;

  /** @param offset of the header's word */
  header(offset: number, value: number): void {
    this.#header[offset / 4] = value;
  }

  /** Appends a table; the header's word at `offset` says where it begins. */
  table(offset: number, bytes: Uint8Array): void {
    this.header(offset, this.#length);
    this.#tables.push({ start: this.#length, bytes });
    this.#length += Math.ceil(bytes.length / TABLE_ALIGNMENT) * TABLE_ALIGNMENT;
  }

  finish(): Uint8Array {
    this.header(layout.HEADER_IMAGE_BYTES, this.#length);
    const image = new Uint8Array(this.#length);
    image.set(new Uint8Array(this.#header.buffer));
    for (const { start, bytes } of this.#tables) image.set(bytes, start);
    return image;
  }
}
