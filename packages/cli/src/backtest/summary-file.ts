import { appendFileSync, closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { FileSummary } from './scan-log.ts';

interface Place {
  readonly at: number;
  readonly length: number;
}

const CHUNK_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * A file of JSON lines, one for each file that is done, of which memory holds the names and where their lines are: a summary names
 * who made the matches, and with many files that is much.
 */
export class SummaryFile {
  readonly #path: string;
  readonly #places = new Map<string, Place>();
  #size = 0;

  /** Reads what was written to its end; a line that is torn is left out. */
  constructor(path: string) {
    this.#path = path;
    if (!existsSync(path)) return;
    for (const { line, at, length } of linesOf(path)) {
      this.#size = at + length + 1;
      const summary = parsed(line);
      if (summary !== undefined) this.#places.set(summary.file, { at, length });
    }
  }

  get names(): readonly string[] {
    return [...this.#places.keys()];
  }

  get count(): number {
    return this.#places.size;
  }

  has(file: string): boolean {
    return this.#places.has(file);
  }

  add(summary: FileSummary): void {
    const line = Buffer.from(`${JSON.stringify(summary)}\n`);
    appendFileSync(this.#path, line);
    this.#places.set(summary.file, { at: this.#size, length: line.length - 1 });
    this.#size += line.length;
  }

  /** The summary of a file; undefined where it is not done. */
  read(file: string): FileSummary | undefined {
    const place = this.#places.get(file);
    if (place === undefined) return undefined;
    const bytes = Buffer.alloc(place.length);
    const handle = openSync(this.#path, 'r');
    try {
      readSync(handle, bytes, 0, place.length, place.at);
    } finally {
      closeSync(handle);
    }
    return parsed(bytes);
  }
}

/** Undefined for what is no whole document. */
function parsed(line: Buffer): FileSummary | undefined {
  try {
    return JSON.parse(line.toString('utf8')) as FileSummary;
  } catch {
    return undefined;
  }
}

function* linesOf(path: string): Iterable<Place & { readonly line: Buffer }> {
  const handle = openSync(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    let at = 0;
    for (;;) {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const length = readSync(handle, chunk, 0, CHUNK_BYTES, at + rest.length);
      if (length === 0) return;
      rest = Buffer.concat([rest, chunk.subarray(0, length)]);
      let start = 0;
      for (let end = rest.indexOf(LINE_FEED); end !== -1; end = rest.indexOf(LINE_FEED, start)) {
        yield { at: at + start, length: end - start, line: rest.subarray(start, end) };
        start = end + 1;
      }
      rest = rest.subarray(start);
      at += start;
    }
  } finally {
    closeSync(handle);
  }
}
