import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readPayload, unpackPayload } from '@trailbell/core/logs';
import { startOf } from '../backtest/start-of-file.ts';
import { readInput } from '../input/read-input.ts';
import { readLine } from '../input/read-record.ts';
import type { Follower } from './follower.ts';

/** What `sst dev` keeps of each invocation holds the event that it was called with: a subscription's payload. */
const AWSLOGS_DATA = /"data"\s*:\s*"([A-Za-z0-9+/=]{32,})"/g;

/**
 * New records in a folder: files that were not there, and what is added to those that were. Also a folder of `sst dev`'s own logs
 * (`.sst/log/lambda/...`), whose files hold payloads.
 */
export class FolderFollower implements Follower {
  readonly #folder: string;
  readonly #sizes = new Map<string, number>();
  #isFirst = true;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async next(): Promise<readonly string[]> {
    const records: string[] = [];
    const names = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    for (const entry of names.filter((each) => each.isFile()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(entry.parentPath, entry.name);
      const { size } = await stat(path);
      const known = this.#sizes.get(path);
      if (known === size) continue;
      this.#sizes.set(path, size);
      // What was there before is the past; `--over` is for that.
      if (this.#isFirst) continue;
      records.push(...(known === undefined || size < known ? await wholeFile(path) : await addedTo(path, known, size)));
    }
    this.#isFirst = false;
    return records;
  }
}

async function wholeFile(path: string): Promise<readonly string[]> {
  const records: string[] = [];
  for await (const item of readInput([path])) if (item.kind === 'record') records.push(item.record.message);
  const payloads = records.flatMap(recordsOfPayloads);
  return payloads.length > 0 ? payloads : records;
}

/** Whole lines of what was added. A file that is packed is only read when it is new. */
async function addedTo(path: string, from: number, to: number): Promise<readonly string[]> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
    const bytes = buffer.subarray(0, bytesRead);
    if (startOf(bytes).isPacked) return [];
    return bytes
      .toString('utf8')
      .split('\n')
      .flatMap((line) => {
        const read = line.trim() === '' ? undefined : readLine(line);
        return read?.kind === 'records' ? read.records.map(({ message }) => message) : recordsOfPayloads(line);
      });
  } finally {
    await handle.close();
  }
}

function recordsOfPayloads(text: string): readonly string[] {
  return Array.from(text.matchAll(AWSLOGS_DATA), ([, data = '']) => data).flatMap((data) => {
    const unpacked = unpackPayload(Buffer.from(data, 'base64'));
    if (unpacked.kind !== 'bytes') return [];
    const payload = readPayload(Buffer.from(unpacked.bytes).toString('utf8'), Date.now());
    return payload.kind === 'data' ? payload.events.map(({ message }) => message) : [];
  });
}
