import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeLargeArchive } from '../bench/backtest/large-archive.ts';
import { measureMemory } from '../bench/backtest/measure-memory.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-memory-soak-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** About what a second makes and reads. `node bench/backtest/memory.ts` does the same with 10 GB. */
const BYTES_A_SECOND = 8e6;
const bytes = Math.min(2e9, Number(process.env.TRAILBELL_SOAK_SECONDS ?? 60) * BYTES_A_SECOND);

test('a backtest of a large archive stays under 512 MB of memory', async ({ skip }) => {
  if (process.platform !== 'linux') console.warn('skipped: the memory of a process is read from /proc');
  skip(process.platform !== 'linux', 'the memory of a process is read from /proc');
  const archive = makeLargeArchive(folder, bytes);
  const { peakBytes, exitCode, stdout } = await measureMemory(['backtest', '--rules', 'rules/cis', folder]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`${archive.records.toLocaleString('en')} records in`);
  expect(peakBytes).toBeGreaterThan(0);
  expect(peakBytes).toBeLessThan(512e6);
});
