import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileScan } from './file-scan.ts';
import type { MinuteMatches } from './minute-matches.ts';
import { SummaryFile } from './summary-file.ts';

/** A file's result without its matches, which lie by the hour. */
export type FileSummary = Omit<FileScan, 'minutes'>;

/** What scanning has found, ready to be played to alarms. */
export interface Scanned {
  /** The files that are done, in the order of their names. */
  files(): Iterable<FileSummary>;
  /** The matches of each hour that has any, in the order of the hours; within an hour in the order of the files' names. */
  hours(): Iterable<readonly MinuteMatches[]>;
}

const HOUR_MINUTES = 60;
const [DONE, RULES] = ['files.jsonl', 'rules.txt'];

interface HourLine {
  readonly file: string;
  readonly minutes: readonly MinuteMatches[];
}

/** A folder holds the work of other rules than those that it is opened for: their matches are not these rules' matches. */
export class OtherRules extends Error {
  override readonly name = 'OtherRules';

  constructor(folder: string) {
    super(
      `${folder} holds the work of other rules, or of these before they were changed: name another folder, or remove it`,
    );
  }
}

/**
 * What a backtest has scanned so far, in a folder: the matches by the hour in which they happened, so that memory holds an hour
 * of them whatever the archive's size, and the files that are done. A process that dies leaves matches of a file that is not
 * among them, which are not read; so scanning can go on where it ended.
 */
export class ScanLog implements Scanned {
  readonly #folder: string;
  readonly #done: SummaryFile;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#done = new SummaryFile(join(folder, DONE));
  }

  /**
   * Opens a folder, which is made where there is none.
   *
   * @param rulesKey tells rules apart; the folder belongs to these
   * @throws OtherRules
   */
  static open(folder: string, rulesKey: string): ScanLog {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const rulesFile = join(folder, RULES);
    if (!existsSync(rulesFile)) writeFileSync(rulesFile, `${rulesKey}\n`);
    // A process that died at once leaves an empty one.
    else if (!['', rulesKey].includes(readFileSync(rulesFile, 'utf8').trim())) throw new OtherRules(folder);
    // A line that was being written when the process died must not run into the next one.
    for (const name of readdirSync(folder)) if (name !== RULES) appendFileSync(join(folder, name), '\n');
    return new ScanLog(folder);
  }

  /** How many files are done. */
  get count(): number {
    return this.#done.count;
  }

  has(file: string): boolean {
    return this.#done.has(file);
  }

  files(): Iterable<FileSummary> {
    return ScanLog.#filesOf([this]);
  }

  add({ minutes, ...summary }: FileScan): void {
    const hours = Map.groupBy(minutes, ({ minute }) => Math.floor(minute / HOUR_MINUTES));
    for (const [hour, ofHour] of hours) {
      const line: HourLine = { file: summary.file, minutes: ofHour };
      appendFileSync(join(this.#folder, `${hour}.jsonl`), `${JSON.stringify(line)}\n`);
    }
    this.#done.add(summary);
  }

  hours(): Iterable<readonly MinuteMatches[]> {
    return ScanLog.#hoursOf([this]);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Several of the same rules as one. A file that more than one of them did counts once. */
  static merged(logs: readonly ScanLog[]): Scanned {
    return { files: () => ScanLog.#filesOf(logs), hours: () => ScanLog.#hoursOf(logs) };
  }

  static *#filesOf(logs: readonly ScanLog[]): Iterable<FileSummary> {
    const ofFile = new Map(logs.flatMap((log) => log.#done.names.map((name) => [name, log] as const)));
    for (const [name, log] of [...ofFile].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const summary = log.#done.read(name);
      if (summary !== undefined) yield summary;
    }
  }

  /** The hours that have matches, each with its place on the clock. */
  #hourNumbers(): readonly number[] {
    return readdirSync(this.#folder).flatMap((name) => {
      const [, hour] = /^(-?\d+)\.jsonl$/.exec(name) ?? [];
      return hour === undefined ? [] : [Number(hour)];
    });
  }

  /** What lies of one hour, by file. */
  *#linesOf(hour: number): Iterable<HourLine> {
    const path = join(this.#folder, `${hour}.jsonl`);
    if (!existsSync(path)) return;
    for (const line of readLines<HourLine>(path)) if (this.#done.has(line.file)) yield line;
  }

  static *#hoursOf(logs: readonly ScanLog[]): Iterable<readonly MinuteMatches[]> {
    const hours = new Set(logs.flatMap((log) => log.#hourNumbers()));
    for (const hour of [...hours].sort((a, b) => a - b)) {
      const ofFiles = new Map<string, readonly MinuteMatches[]>();
      for (const log of logs) for (const { file, minutes } of log.#linesOf(hour)) ofFiles.set(file, minutes);
      yield [...ofFiles].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, minutes]) => minutes);
    }
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
