import { counted } from '../terminal/counted.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { BacktestProgress, ScanSettings } from './backtest.ts';
import type { BacktestOptions } from './backtest-options.ts';

/** Scans with these threads, and shows how far it is. */
export async function withProgress<Result>(
  terminal: Terminal,
  { threads }: Pick<BacktestOptions, 'threads'>,
  work: (settings: Omit<ScanSettings, 'compiled'>) => Promise<Result>,
): Promise<Result> {
  const startedMs = performance.now();
  try {
    return await work({
      ...(threads !== undefined && { threads }),
      onProgress: (progress) => {
        terminal.progress(progressLine(progress, performance.now() - startedMs));
      },
    });
  } finally {
    terminal.clearProgress();
  }
}

function progressLine({ filesDone, files, records, bytes, resumedFiles }: BacktestProgress, tookMs: number): string {
  const done = filesDone - resumedFiles;
  const leftMs = done === 0 ? undefined : (tookMs / done) * (files - filesDone);
  const left = leftMs === undefined ? '' : `  ${Math.ceil(leftMs / 1000)} s left`;
  const resumed = resumedFiles === 0 ? '' : `  (${counted(resumedFiles, 'file')} done before)`;
  return `${filesDone} of ${counted(files, 'file')}  ${counted(records, 'record')}  ${(bytes / 1000 / tookMs).toFixed(0)} MB/s${left}${resumed}`;
}
