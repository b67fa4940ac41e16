/** How much memory a backtest of a large archive takes: `node bench/backtest/memory.ts [GIGABYTES]`, 10 unless given. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLargeArchive } from './large-archive.ts';
import { measureMemory } from './measure-memory.ts';

const gigabytes = Number(process.argv[2] ?? 10);
const folder = mkdtempSync(join(tmpdir(), 'trailbell-memory-'));
try {
  const { bytes, records, files, origin } = makeLargeArchive(folder, gigabytes * 1e9);
  console.log(
    `${(bytes / 1e9).toFixed(2)} GB of JSON, ${records.toLocaleString('en')} records (${origin}) in ${files} files`,
  );
  const { peakBytes, seconds, exitCode, stdout } = await measureMemory(['backtest', '--rules', 'rules/cis', folder]);
  console.log(stdout);
  console.log(
    `at most ${Math.round(peakBytes / 1e6)} MB of memory (${Math.round(peakBytes / 2 ** 20)} MiB), ${seconds.toFixed(0)} s, ${Math.round(bytes / 1e6 / seconds)} MB/s, exit code ${exitCode}`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
