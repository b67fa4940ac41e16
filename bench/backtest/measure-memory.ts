import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const COMMAND = new URL('../../packages/cli/bin/trailbell.js', import.meta.url).pathname;

export interface MemoryUse {
  /** The most that the process ever had of real memory, in bytes. */
  readonly peakBytes: number;
  readonly seconds: number;
  readonly exitCode: number | null;
  readonly stdout: string;
}

/** Runs `trailbell` and reads from /proc, where there is one, the most memory that it took. */
export async function measureMemory(args: readonly string[]): Promise<MemoryUse> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let peakBytes = 0;
  const watch = setInterval(() => {
    try {
      const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      peakBytes = Math.max(peakBytes, Number(kilobytes ?? 0) * 1024);
    } catch {
      // It has ended.
    }
  }, 50);
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  const stdout = await text(child.stdout);
  const exitCode = await exited;
  clearInterval(watch);
  return { peakBytes, seconds: (performance.now() - startedMs) / 1000, exitCode, stdout };
}
