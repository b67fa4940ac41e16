import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { readInput } from '../input/read-input.ts';
import { whyUnreadable } from '../input/input-files.ts';
import { openSource, partsOf, wholeOf, type ArchiveSource } from './archive-source.ts';
import { ArchiveUnreachable } from './archive-unreachable.ts';
import type { FileScan } from './file-scan.ts';
import { s3Location } from './s3-location.ts';
import { looksLikeLines, scanLines } from './scan-lines.ts';
import type { ArchiveScanner, FileGathering } from './scanner.ts';
import { startOf } from './start-of-file.ts';

/** A packed archive up to this size is read at once; CloudTrail's own have at most a few megabytes. */
const MAX_PACKED_BYTES = 64 * 1024 * 1024;

/** What the matcher unpacks at once; a larger archive is read record by record. */
const ARCHIVE_START = /^\s*\{\s*"Records"\s*:\s*\[/;

/** So many packed bytes tell an archive. */
const GLANCE_BYTES = 512;

/**
 * Scans one file: an archive as CloudTrail writes it, JSON lines, an export of CloudWatch Logs, or any other form that
 * `trailbell replay` reads. What is wrong with the file is said in the result.
 *
 * @throws ArchiveUnreachable where no other file could be read either
 */
export async function scanFile(file: string, scanner: ArchiveScanner): Promise<FileScan> {
  const gathering = scanner.file(file);
  try {
    const source = await openSource(file);
    const glance = startOf(source.head, GLANCE_BYTES);
    if (ARCHIVE_START.test(glance.text) && source.bytes <= MAX_PACKED_BYTES) {
      const bytes = await wholeOf(source);
      if (gathering.addArchive(bytes, glance)) {
        gathering.addBytes(glance.isPacked ? unpackedSize(bytes) : bytes.length);
        return gathering.done();
      }
    } else {
      const start = startOf(source.head);
      if (looksLikeLines(start.text)) {
        await scanLines(Readable.from(partsOf(source)), start, gathering);
        return gathering.done();
      }
    }
    return gathering.done(await scanAnything(file, source, gathering));
  } catch (error) {
    if (error instanceof ArchiveUnreachable) throw error;
    return gathering.done(whyUnreadable(error));
  }
}

/**
 * Whatever shape the records are in, one after the other: slower, and never wrong about what a record is. Returns why the file
 * could not be read, if it could not.
 */
async function scanAnything(
  file: string,
  source: ArchiveSource,
  gathering: FileGathering,
): Promise<string | undefined> {
  if (s3Location(file) === undefined) return scanPath(file, gathering);
  const folder = await mkdtemp(join(tmpdir(), 'trailbell-object-'));
  try {
    const copy = join(folder, 'object');
    await writeFile(copy, partsOf(source));
    return await scanPath(copy, gathering);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function scanPath(path: string, gathering: FileGathering): Promise<string | undefined> {
  let why: string | undefined;
  for await (const item of readInput([path])) {
    if (item.kind === 'record') {
      gathering.addBytes(Buffer.byteLength(item.record.message));
      gathering.addRecord(item.record.message);
    } else if (item.kind === 'problem') {
      if (item.problem.line === undefined) why ??= item.problem.why;
      gathering.addUnreadable(item.problem.line, item.problem.why);
    }
  }
  return why;
}

/** The size that gzip's trailer tells, for a figure of throughput and nothing else. */
function unpackedSize(packed: Buffer): number {
  return packed.length < 18 ? 0 : packed.readUInt32LE(packed.length - 4);
}
