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
  let line = 1;
  const take = (bytes: Buffer) => {
    gathering.addBytes(bytes.length);
    line += scanPiece(bytes, line, isExport, gathering);
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
          line += 1;
        }
        parts.push(chunk);
        size += chunk.length;
        // Without a line end in it there is more to wait for: what is long is put together once.
        if (size < CHUNK_BYTES || (size <= MAX_LINE_BYTES && !chunk.includes(LINE_FEED))) continue;
        const bytes = Buffer.concat(parts);
        const end = bytes.lastIndexOf(LINE_FEED) + 1;
        if (end > 0) take(bytes.subarray(0, end));
        isTooLong = bytes.length - end > MAX_LINE_BYTES;
        if (isTooLong) gathering.addUnreadable(line, `the line has more than ${MAX_LINE_BYTES / 1024 / 1024} MB`);
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

/** @returns how many lines end in the piece */
function scanPiece(piece: Buffer, firstLine: number, isExport: boolean, gathering: FileGathering): number {
  if (!isExport) {
    const { archive, lineEnds } = asArchive(piece);
    if (gathering.addArchive(archive, { isPacked: false })) return lineEnds;
  }
  const lines = piece.toString('utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    const text = line.replace(isExport ? EXPORT_TIME : /^\ufeff/, '').trim();
    if (text === '') continue;
    const read = readLine(text);
    if (read.kind === 'unreadable') gathering.addUnreadable(firstLine + index, read.why);
    else {
      for (const { message } of read.records) gathering.addRecord(message);
      for (const why of read.problems) gathering.addUnreadable(firstLine + index, why);
    }
  }
  return lines.length - 1;
}

function asArchive(lines: Buffer): { readonly archive: Buffer; readonly lineEnds: number } {
  let end = lines.length;
  let lineEnds = 0;
  for (; end > 0 && isLineEnd(lines[end - 1]); end--) if (lines[end - 1] === LINE_FEED) lineEnds += 1;
  const archive = Buffer.allocUnsafe(HEAD.length + end + TAIL.length);
  HEAD.copy(archive);
  lines.copy(archive, HEAD.length, 0, end);
  TAIL.copy(archive, HEAD.length + end);
  for (let at = archive.indexOf(LINE_FEED); at !== -1; at = archive.indexOf(LINE_FEED, at + 1)) {
    archive[at] = COMMA;
    lineEnds += 1;
    if (archive[at - 1] === CARRIAGE_RETURN) archive[at - 1] = BLANK;
  }
  return { archive, lineEnds };
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === BLANK;
}
