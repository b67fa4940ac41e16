import { parentPort, workerData } from 'node:worker_threads';
import { readCompiledRules } from '@trailbell/core/compiled-rules';
import { scanFile } from './scan-file.ts';
import { ArchiveScanner } from './scanner.ts';

/** A thread that scans the files that it is sent, one after the other, and answers each with what it came to. */
const port = parentPort;
if (port === null) throw new Error('this is run as a worker');
const scanner = new ArchiveScanner(readCompiledRules(workerData));
port.on('message', (path: unknown) => {
  void scanFile(String(path), scanner).then((scan) => {
    port.postMessage(scan);
  });
});
