import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createRandom } from '../workload/random.ts';
import { createRecord } from '../workload/records.ts';

type Fields = Readonly<Record<string, unknown>>;

const CORPUS = new URL('../../../shared/corpus/events.jsonl.gz', import.meta.url);
const START_MS = Date.UTC(2026, 3, 1);
const MONTH_MS = 30 * 86_400_000;
const RECORDS_A_FILE = 2500;
const MADE_RECORDS = 3000;

export interface LargeArchive {
  readonly bytes: number;
  readonly records: number;
  readonly files: number;
  readonly origin: 'corpus' | 'made up';
}

/**
 * Writes an archive of so many bytes of JSON: the records of the corpus where it lies beside the project, made-up ones otherwise,
 * again and again, each with an id of its own and spread over a month.
 */
export function makeLargeArchive(folder: string, targetBytes: number): LargeArchive {
  mkdirSync(folder, { recursive: true });
  const origin = existsSync(CORPUS) ? 'corpus' : 'made up';
  const pool = origin === 'corpus' ? corpusRecords() : madeRecords();
  const meanBytes = pool.reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)), 0) / pool.length;
  const total = Math.ceil(targetBytes / meanBytes);
  let [bytes, records, files] = [0, 0, 0];
  while (records < total) {
    const inFile = Array.from({ length: Math.min(RECORDS_A_FILE, total - records) }, () => {
      const timeMs = START_MS + (records / total) * MONTH_MS;
      const eventTime = `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
      return { ...pool[records % pool.length], eventTime, eventID: `record-${records++}` };
    });
    const text = JSON.stringify({ Records: inFile });
    bytes += Buffer.byteLength(text);
    writeFileSync(join(folder, `${String(files++).padStart(6, '0')}.json.gz`), gzipSync(text, { level: 1 }));
  }
  return { bytes, records, files, origin };
}

function corpusRecords(): readonly Fields[] {
  const lines = gunzipSync(readFileSync(CORPUS)).toString().split('\n').filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { readonly event: Fields }).event);
}

function madeRecords(): readonly Fields[] {
  const random = createRandom(1);
  return Array.from({ length: MADE_RECORDS }, () => createRecord(random, START_MS));
}
