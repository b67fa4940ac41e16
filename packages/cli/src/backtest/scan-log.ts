import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FileScan } from './file-scan.ts';
import type { MinuteMatches } from './minute-matches.ts';

/** A file's result without its matches, which lie by the hour. */
export type FileSummary = Omit<FileScan, 'minutes'>;

const HOUR_MINUTES = 60;
const DONE = 'files.jsonl';

/**
 * What a backtest has scanned so far, in a folder: the matches by the hour in which they happened, so that memory holds an hour
 * of them whatever the archive's size, and the files that are done. A process that dies leaves matches of a file that is not
 * among them, which are not read; so scanning can go on where it ended.
 */
export class ScanLog {
  readonly #folder: string;
  readonly #files: FileSummary[];

  private constructor(folder: string, files: FileSummary[]) {
    this.#folder = folder;
    this.#files = files;
  }

  static open(folder: string): ScanLog {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, DONE);
    // A line that was being written when the process died must not run into the next one.
    for (const name of readdirSync(folder)) appendFileSync(join(folder, name), '\n');
    return new ScanLog(folder, existsSync(path) ? [...readLines<FileSummary>(path)] : []);
  }

  /** The files that are done. */
  get files(): readonly FileSummary[] {
    return this.#files;
  }

  add({ minutes, ...summary }: FileScan): void {
    const hours = Map.groupBy(minutes, ({ minute }) => Math.floor(minute / HOUR_MINUTES));
    for (const [hour, ofHour] of hours) {
      const line = JSON.stringify({ file: summary.file, minutes: ofHour });
      appendFileSync(join(this.#folder, `${hour}.jsonl`), `${line}\n`);
    }
    appendFileSync(join(this.#folder, DONE), `${JSON.stringify(summary)}\n`);
    this.#files.push(summary);
  }

  /** The matches of each hour that has any, in the order of the hours; within an hour in the order of the files' names. */
  *hours(): Iterable<readonly MinuteMatches[]> {
    const isDone = new Set(this.#files.map(({ file }) => file));
    const hours = readdirSync(this.#folder).flatMap((name) => /^(-?\d+)\.jsonl$/.exec(name)?.[1] ?? []);
    for (const hour of hours.toSorted((a, b) => Number(a) - Number(b))) {
      const lines = [
        ...readLines<{ file: string; minutes: readonly MinuteMatches[] }>(join(this.#folder, `${hour}.jsonl`)),
      ];
      const ofFiles = new Map(lines.map((line) => [line.file, line.minutes]));
      const inOrder = [...ofFiles].filter(([file]) => isDone.has(file)).sort(([a], [b]) => (a < b ? -1 : 1));
      yield inOrder.flatMap(([, minutes]) => minutes);
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The documents of a file of JSON lines that were written to their end. */
function* readLines<Document>(path: string): Iterable<Document> {
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue;
    try {
      yield JSON.parse(line) as Document;
    } catch {
      continue;
    }
  }
}
