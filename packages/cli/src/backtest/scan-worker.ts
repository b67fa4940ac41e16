import { parentPort, workerData } from 'node:worker_threads';
import { readCompiledRules } from '@trailbell/core/compiled-rules';
import { ArchiveUnreachable } from './archive-unreachable.ts';
import type { FileScan } from './file-scan.ts';
import { scanFile } from './scan-file.ts';
import { ArchiveScanner } from './scanner.ts';

/** What a thread answers for each file that it is sent. */
export type ScanAnswer =
  { readonly kind: 'scan'; readonly scan: FileScan } | { readonly kind: 'unreachable'; readonly why: string };

/** A thread that scans the files that it is sent. */
const port = parentPort;
if (port === null) throw new Error('this is run as a worker');
const scanner = new ArchiveScanner(readCompiledRules(workerData));
const answer = async (file: string): Promise<ScanAnswer> => {
  try {
    return { kind: 'scan', scan: await scanFile(file, scanner) };
  } catch (error) {
    if (error instanceof ArchiveUnreachable) return { kind: 'unreachable', why: error.message };
    throw error;
  }
};
port.on('message', (file: unknown) => {
  void answer(String(file)).then((given) => {
    port.postMessage(given);
  });
});
