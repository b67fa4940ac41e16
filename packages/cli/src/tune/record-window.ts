import { Buffer } from 'node:buffer';
import { readInput } from '../input/read-input.ts';

/** Records in one archive each, `{"Records": [...]}`: the form in which the matcher reads many at once. */
export interface RecordChunk {
  readonly archive: Buffer;
  readonly records: number;
}

/** So many bytes of records are matched at a time. */
const CHUNK_BYTES = 2 * 1024 * 1024;

/**
 * The last records of an archive or of a stream, in memory, ready to be matched again and again. Past the limit the oldest are
 * dropped, a chunk at a time.
 */
export class RecordWindow {
  readonly #maxRecords: number;
  #chunks: RecordChunk[] = [];
  #pending: string[] = [];
  #pendingBytes = 0;
  #count = 0;
  #dropped = 0;

  constructor(maxRecords: number) {
    this.#maxRecords = maxRecords;
  }

  get count(): number {
    return this.#count;
  }

  /** How many records came before those that are left. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a record's text; what is no JSON object is left out, and then the answer is false. */
  add(record: string): boolean {
    const text = record.trim();
    if (!isObject(text)) return false;
    this.#pending.push(text);
    this.#pendingBytes += text.length;
    this.#count += 1;
    if (this.#pendingBytes >= CHUNK_BYTES) this.#close();
    return true;
  }

  /** All records, the oldest first. */
  chunks(): readonly RecordChunk[] {
    this.#close();
    return this.#chunks;
  }

  #close(): void {
    if (this.#pending.length === 0) return;
    const archive = Buffer.from(`{"Records":[${this.#pending.join(',')}]}`);
    this.#chunks.push({ archive, records: this.#pending.length });
    this.#pending = [];
    this.#pendingBytes = 0;
    while (this.#chunks.length > 1 && this.#count > this.#maxRecords) {
      const oldest = this.#chunks.shift()?.records ?? 0;
      this.#count -= oldest;
      this.#dropped += oldest;
    }
  }
}

/** Reads archives, in whatever form, into a window. Returns what could not be read. */
export async function readIntoWindow(
  paths: readonly string[],
  window: RecordWindow,
  onProgress: (records: number) => void,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for await (const item of readInput(paths)) {
    if (item.kind === 'problem') problems.push(`${item.problem.file}: ${item.problem.why}`);
    else if (item.kind === 'record') {
      window.add(item.record.message);
      if (window.count % 1000 === 0) onProgress(window.count + window.dropped);
    }
  }
  return problems;
}

function isObject(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
