import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { readInput } from '../input/read-input.ts';
import { whyUnreadable } from '../input/input-files.ts';
import type { FileScan } from './file-scan.ts';
import { looksLikeLines, scanLines } from './scan-lines.ts';
import type { ArchiveScanner, FileGathering } from './scanner.ts';
import { startOfFile } from './start-of-file.ts';

/** A packed archive up to this size is read at once; CloudTrail's own have at most a few megabytes. */
const MAX_PACKED_BYTES = 64 * 1024 * 1024;

/** What the matcher unpacks at once; a larger archive is read record by record. */
const ARCHIVE_START = /^\s*\{\s*"Records"\s*:\s*\[/;

/**
 * Scans one file: an archive as CloudTrail writes it, JSON lines, an export of CloudWatch Logs, or any other form that
 * `trailbell replay` reads. Never rejects for what is in the file: what could not be read is said in the result.
 */
export async function scanFile(path: string, scanner: ArchiveScanner): Promise<FileScan> {
  const gathering = scanner.file(path);
  try {
    const start = await startOfFile(path);
    const { size } = await stat(path);
    if (ARCHIVE_START.test(start.text) && size <= MAX_PACKED_BYTES) {
      const bytes = await readFile(path);
      if (gathering.addArchive(bytes, start)) {
        gathering.addBytes(start.isPacked ? unpackedSize(bytes) : bytes.length);
        return gathering.done();
      }
    } else if (looksLikeLines(start.text)) {
      await scanLines(createReadStream(path), start, gathering);
      return gathering.done();
    }
    return gathering.done(await scanAnything(path, gathering));
  } catch (error) {
    return gathering.done(whyUnreadable(error));
  }
}

/**
 * Whatever shape the records are in, one after the other: slower, and never wrong about what a record is. Returns why the file
 * could not be read, if it could not.
 */
async function scanAnything(path: string, gathering: FileGathering): Promise<string | undefined> {
  let why: string | undefined;
  for await (const item of readInput([path])) {
    if (item.kind === 'record') {
      gathering.addBytes(Buffer.byteLength(item.record.message));
      gathering.addRecord(item.record.message);
    } else if (item.kind === 'problem') {
      if (item.problem.line === undefined) why ??= item.problem.why;
      gathering.addUnreadable();
    }
  }
  return why;
}

/** The size that gzip's trailer tells, for a figure of throughput and nothing else. */
function unpackedSize(packed: Buffer): number {
  return packed.length < 18 ? 0 : packed.readUInt32LE(packed.length - 4);
}
