import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { ArchiveUnreachable } from './archive-unreachable.ts';
import type { FileScan } from './file-scan.ts';
import { scanFile } from './scan-file.ts';
import type { ScanAnswer } from './scan-worker.ts';
import { ArchiveScanner } from './scanner.ts';
import { s3Location } from './s3-location.ts';

/** So many files a thread has at once: while it scans one, others are on their way. */
const AHEAD = { file: 2, object: 6 } as const;

/** Room for what is soon garbage, for each thread: V8's own choice is six times as much, and no faster for what is done here. */
const YOUNG_MEGABYTES = 8;

/**
 * Scans files, as many at once as there are threads, of which this one is one, and hands each result over as it comes.
 *
 * @throws ArchiveUnreachable where no file can be read, and what a thread broke down with
 */
export async function scanFiles(
  files: readonly string[],
  compiled: CompiledRules,
  threads: number,
  onScan: (scan: FileScan) => void,
  /** When this is false no other file is begun. */
  hasTime: () => boolean = () => true,
): Promise<void> {
  const ahead = files.some((file) => s3Location(file) !== undefined) ? AHEAD.object : AHEAD.file;
  const queue = filesWhile(files, hasTime);
  const workers = Array.from(
    { length: threads - 1 },
    () =>
      new Worker(new URL('./scan-worker.ts', import.meta.url), {
        workerData: compiled,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
      }),
  );
  const scanner = new ArchiveScanner(compiled);
  const scanNext = async () => {
    for (const file of queue) {
      onScan(await scanFile(file, scanner));
      // Otherwise the answers of the others, and signals, would wait for all of this thread's files.
      await setImmediate();
    }
  };
  try {
    await Promise.all([
      ...workers.map((worker) => feed(worker, queue, ahead, onScan)),
      ...Array.from({ length: ahead }, scanNext),
    ]);
  } finally {
    queue.return();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function* filesWhile(files: readonly string[], hasTime: () => boolean): Generator<string, void> {
  for (const file of files) {
    if (!hasTime()) return;
    yield file;
  }
}

function feed(worker: Worker, queue: Iterator<string>, ahead: number, onScan: (scan: FileScan) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let underWay = 0;
    const next = () => {
      const file = queue.next();
      if (file.done === true) {
        if (underWay === 0) resolve();
        return;
      }
      underWay += 1;
      worker.postMessage(file.value);
    };
    worker.on('message', (answer: ScanAnswer) => {
      underWay -= 1;
      if (answer.kind === 'unreachable') {
        reject(new ArchiveUnreachable(answer.why));
        return;
      }
      try {
        onScan(answer.scan);
        next();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    worker.on('error', reject);
    for (let place = 0; place < ahead; place++) next();
  });
}
