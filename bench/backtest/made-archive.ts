import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createRandom } from '../workload/random.ts';
import { createRecord } from '../workload/records.ts';
import { SEED } from '../workload/workload.ts';

export interface MadeArchive {
  readonly files: readonly string[];
  readonly records: number;
  /** Of JSON, unpacked. */
  readonly bytes: number;
}

export interface MadeArchiveSize {
  readonly records: number;
  /** Each file lies there so often, under as many names: the same work again, without the time to make it. */
  readonly copies: number;
}

const RECORDS_A_FILE = 2500;
const START_MS = Date.UTC(2026, 3, 1);
const MONTH_MS = 30 * 86_400_000;

/** Writes an archive of made-up records, spread over a month, as CloudTrail writes its own: gzip of `{"Records": [...]}`. */
export function makeArchive(folder: string, { records, copies }: MadeArchiveSize): MadeArchive {
  mkdirSync(folder, { recursive: true });
  const random = createRandom(SEED);
  const files: string[] = [];
  let bytes = 0;
  for (let first = 0; first < records; first += RECORDS_A_FILE) {
    const inFile = Array.from({ length: Math.min(RECORDS_A_FILE, records - first) }, (_, index) =>
      createRecord(random, START_MS + ((first + index) / records) * MONTH_MS),
    );
    const text = JSON.stringify({ Records: inFile });
    const packed = gzipSync(text);
    const original = join(folder, `${String(files.length).padStart(6, '0')}.json.gz`);
    writeFileSync(original, packed);
    files.push(original);
    bytes += Buffer.byteLength(text);
  }
  const copied = Array.from({ length: copies - 1 }, (_, copy) =>
    files.map((file) => {
      const name = file.replace('.json.gz', `-${copy + 1}.json.gz`);
      linkSync(file, name);
      return name;
    }),
  );
  return { files: [...files, ...copied.flat()], records: records * copies, bytes: bytes * copies };
}
