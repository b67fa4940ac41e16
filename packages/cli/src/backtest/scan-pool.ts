import { Worker } from 'node:worker_threads';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import type { FileScan } from './file-scan.ts';
import { scanFile } from './scan-file.ts';
import { ArchiveScanner } from './scanner.ts';

/**
 * Scans files, as many at once as there are threads, and hands each result over as it comes. With one thread this one does the
 * work. Rejects where a thread breaks down.
 */
export async function scanFiles(
  paths: Iterable<string>,
  compiled: CompiledRules,
  threads: number,
  onScan: (scan: FileScan) => void,
): Promise<void> {
  if (threads <= 1) {
    const scanner = new ArchiveScanner(compiled);
    for (const path of paths) onScan(await scanFile(path, scanner));
    return;
  }
  const queue = paths[Symbol.iterator]();
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./scan-worker.ts', import.meta.url), { workerData: compiled }),
  );
  try {
    await Promise.all(workers.map((worker) => feed(worker, queue, onScan)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function feed(worker: Worker, queue: Iterator<string>, onScan: (scan: FileScan) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = () => {
      const path = queue.next();
      if (path.done === true) resolve();
      else worker.postMessage(path.value);
    };
    worker.on('message', (scan: FileScan) => {
      try {
        onScan(scan);
        next();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    worker.on('error', reject);
    next();
  });
}
