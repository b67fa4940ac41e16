import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { readLine } from '../input/read-record.ts';
import type { FileGathering } from './scanner.ts';
import type { StartOfFile } from './start-of-file.ts';

/** What an export of CloudWatch Logs puts before each message. */
const EXPORT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z (?=\{)/;

const [LINE_FEED, CARRIAGE_RETURN, COMMA, BLANK] = [0x0a, 0x0d, 0x2c, 0x20];

/** So many bytes of lines are matched at once: enough for the scanner to be busy, few enough for memory. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** A longer line is no record: CloudTrail's have at most 256 KB, and a whole archive in one line some tens of megabytes. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

const HEAD = Buffer.from('{"Records":[');
const TAIL = Buffer.from(']}');

/** Whether a file holds a record a line, each as it is: no envelope around them that would hide their fields. */
export function looksLikeLines(start: string): boolean {
  const [first = ''] = start.split('\n', 1);
  if (EXPORT_TIME.test(first)) return true;
  if (first.length === start.length && !first.trimEnd().endsWith('}')) return false;
  const read = readLine(first);
  return read.kind === 'records' && read.records.length === 1 && read.records[0]?.message === first.trim();
}

/**
 * Matches a file of lines in large pieces: with commas where the line ends are, the lines are what an archive's list holds. A
 * piece with a line that is not JSON is taken line by line. A line over the limit is counted as none, and the others are read.
 */
export async function scanLines(source: Readable, { isPacked, text }: StartOfFile, gathering: FileGathering) {
  const isExport = EXPORT_TIME.test(text);
  let rest = Buffer.alloc(0);
  const take = (bytes: Buffer) => {
    gathering.addBytes(bytes.length);
    scanPiece(bytes, isExport, gathering);
  };
  const consume = async (chunks: AsyncIterable<Buffer>) => {
    let parts: Buffer[] = [];
    let size = 0;
    let isTooLong = false;
    try {
      for await (const whole of chunks) {
        let chunk = whole;
        if (isTooLong) {
          const next = chunk.indexOf(LINE_FEED) + 1;
          if (next === 0) continue;
          chunk = chunk.subarray(next);
          isTooLong = false;
        }
        parts.push(chunk);
        size += chunk.length;
        // Without a line end in it there is more to wait for: what is long is put together once.
        if (size < CHUNK_BYTES || (size <= MAX_LINE_BYTES && !chunk.includes(LINE_FEED))) continue;
        const bytes = Buffer.concat(parts);
        const end = bytes.lastIndexOf(LINE_FEED) + 1;
        if (end > 0) take(bytes.subarray(0, end));
        isTooLong = bytes.length - end > MAX_LINE_BYTES;
        if (isTooLong) gathering.addUnreadable();
        parts = isTooLong ? [] : [bytes.subarray(end)];
        size = isTooLong ? 0 : bytes.length - end;
      }
    } finally {
      // What came before damage counts.
      rest = Buffer.concat(parts);
    }
  };
  try {
    if (isPacked) await pipeline(source, createGunzip({ chunkSize: 256 * 1024 }), consume);
    else await pipeline(source, consume);
  } finally {
    if (rest.length > 0) take(rest);
  }
}

function scanPiece(lines: Buffer, isExport: boolean, gathering: FileGathering): void {
  if (!isExport && gathering.addArchive(asArchive(lines), { isPacked: false })) return;
  for (const line of lines.toString('utf8').split('\n')) {
    const text = line.replace(isExport ? EXPORT_TIME : /^\ufeff/, '').trim();
    if (text === '') continue;
    const read = readLine(text);
    if (read.kind === 'unreadable') gathering.addUnreadable();
    else for (const { message } of read.records) gathering.addRecord(message);
  }
}

function asArchive(lines: Buffer): Buffer {
  let end = lines.length;
  while (end > 0 && isLineEnd(lines[end - 1])) end -= 1;
  const archive = Buffer.allocUnsafe(HEAD.length + end + TAIL.length);
  HEAD.copy(archive);
  lines.copy(archive, HEAD.length, 0, end);
  TAIL.copy(archive, HEAD.length + end);
  for (let at = archive.indexOf(LINE_FEED); at !== -1; at = archive.indexOf(LINE_FEED, at + 1)) {
    archive[at] = COMMA;
    if (archive[at - 1] === CARRIAGE_RETURN) archive[at - 1] = BLANK;
  }
  return archive;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === BLANK;
}
