import { existsSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readPayload, unpackPayload } from '@trailbell/core/logs';
import { startOf } from '../backtest/start-of-file.ts';
import { readInput } from '../input/read-input.ts';
import { readLine } from '../input/read-record.ts';
import type { Follower } from './follower.ts';

/** What `sst dev` keeps of each invocation holds the event that it was called with: a subscription's payload, in JSON or in a text of it. */
const AWSLOGS_DATA = /"data\\?"\s*:\s*\\?"([A-Za-z0-9+/=]{32,})/g;

/** What was taken of a file: so many bytes of its lines, or, where it could not be read to its end yet, so many records. */
type Taken = { readonly size: number } & ({ readonly bytes: number } | { readonly records: number });

/**
 * New records in a folder: files that were not there, and what is added to those that were. What is only half written is taken when
 * the rest is there. Also a folder of `sst dev`'s own logs (`.sst/log/lambda/...`), whose files hold payloads.
 */
export class FolderFollower implements Follower {
  readonly #folder: string;
  readonly #taken = new Map<string, Taken>();
  #isFirst = true;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async next(): Promise<readonly string[]> {
    const found: string[] = [];
    // What is in a folder that comes later is all new.
    if (!existsSync(this.#folder)) this.#isFirst = false;
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.sort()) {
      const size = await sizeOf(path);
      const known = this.#taken.get(path);
      if (size === undefined || known?.size === size) continue;
      // What was there before is the past; `--over` is for that.
      if (this.#isFirst) {
        this.#taken.set(path, { size, bytes: size });
        continue;
      }
      const { taken, records } =
        known !== undefined && 'bytes' in known && known.bytes <= size
          ? await addedTo(path, known.bytes, size)
          : await wholeFile(path, size, known !== undefined && 'records' in known ? known.records : 0);
      this.#taken.set(path, taken);
      found.push(...records);
    }
    this.#isFirst = false;
    return found;
  }
}

interface Added {
  readonly taken: Taken;
  readonly records: readonly string[];
}

/** Undefined where the file has gone since the folder was listed. */
async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}

/** A file that was not there, but for the records that were taken already. */
async function wholeFile(path: string, size: number, takenRecords: number): Promise<Added> {
  const messages: string[] = [];
  let isWhole = true;
  for await (const item of readInput([path])) {
    if (item.kind === 'record') messages.push(item.record.message);
    else if (item.kind === 'problem') isWhole = false;
  }
  const payloads = messages.flatMap(recordsOfPayloads);
  const records = payloads.length > 0 ? payloads : messages.filter((message) => message.trimStart().startsWith('{'));
  const taken = isWhole && records.length > 0 ? { size, bytes: size } : { size, records: records.length };
  return { taken, records: records.slice(takenRecords) };
}

/** Whole lines of what was added. A file that is packed is only read when it is new. */
async function addedTo(path: string, from: number, size: number): Promise<Added> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const bytes = buffer.subarray(0, bytesRead);
    if (startOf(bytes).isPacked) return { taken: { size, bytes: size }, records: [] };
    const wholeLines = bytes.lastIndexOf(LINE_END) + 1;
    const lastLine = recordsOfLine(bytes.toString('utf8', wholeLines));
    const lines = bytes.toString('utf8', 0, wholeLines).split('\n');
    return {
      taken: { size, bytes: from + (lastLine.length > 0 ? bytesRead : wholeLines) },
      records: [...lines.flatMap(recordsOfLine), ...lastLine],
    };
  } finally {
    await handle.close();
  }
}

const LINE_END = 10;

function recordsOfLine(line: string): readonly string[] {
  const read = line.trim() === '' ? undefined : readLine(line);
  const payloads = recordsOfPayloads(line);
  if (payloads.length > 0) return payloads;
  return read?.kind === 'records' ? read.records.map(({ message }) => message) : [];
}

function recordsOfPayloads(text: string): readonly string[] {
  return Array.from(text.matchAll(AWSLOGS_DATA), ([, data = '']) => data).flatMap((data) => {
    const unpacked = unpackPayload(Buffer.from(data, 'base64'));
    if (unpacked.kind !== 'bytes') return [];
    const payload = readPayload(Buffer.from(unpacked.bytes).toString('utf8'), Date.now());
    return payload.kind === 'data' ? payload.events.map(({ message }) => message) : [];
  });
}
