import { gzipSync } from 'node:zlib';
import type { FileScan } from '../file-scan.ts';
import type { S3Location } from '../s3-location.ts';
import { putObject } from './work-objects.ts';

/** So many characters of lines are packed at once. */
const PIECE_CHARACTERS = 1024 * 1024;

/** So many packed bytes are kept in memory before they become an object. */
const PART_BYTES = 16 * 1024 * 1024;

/**
 * Writes what files came to, as packed JSON lines, into objects of a bucket. Each object is whole on its own, so what was written before
 * a process died counts.
 */
export class ScanParts {
  readonly #start: S3Location;
  readonly #partBytes: number;
  #files = 0;
  #parts = 0;
  #lines: string[] = [];
  #characters = 0;
  #packed: Buffer[] = [];
  #packedBytes = 0;
  #written: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** @param start begins the keys of the objects: no other run may use it */
  constructor(start: S3Location, partBytes = PART_BYTES) {
    this.#start = start;
    this.#partBytes = partBytes;
  }

  /** How many files were added. */
  get files(): number {
    return this.#files;
  }

  /** What comes after closing is left out. */
  add(scan: FileScan): void {
    if (this.#isClosed) return;
    const line = `${JSON.stringify(scan)}\n`;
    this.#files += 1;
    this.#lines.push(line);
    this.#characters += line.length;
    if (this.#characters >= PIECE_CHARACTERS) this.#pack();
    if (this.#packedBytes >= this.#partBytes) this.#write();
  }

  /** Resolves when all that was added is in the bucket. @throws ArchiveUnreachable where it is not */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#pack();
    this.#write();
    await this.#written;
  }

  #pack(): void {
    if (this.#lines.length === 0) return;
    const packed = gzipSync(this.#lines.join(''));
    this.#packed.push(packed);
    this.#packedBytes += packed.length;
    this.#lines = [];
    this.#characters = 0;
  }

  /** One object after the other: as many as come while one is written wait in memory. */
  #write(): void {
    if (this.#packed.length === 0) return;
    // Packed pieces in a row are one packed file.
    const part = Buffer.concat(this.#packed);
    this.#packed = [];
    this.#packedBytes = 0;
    this.#parts += 1;
    const { bucket, key } = this.#start;
    const location = { bucket, key: `${key}-${this.#parts}.jsonl.gz` };
    this.#written = this.#written.then(() => putObject(location, part));
    // Closing tells of it.
    this.#written.catch(() => undefined);
  }
}
