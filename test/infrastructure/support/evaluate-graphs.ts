import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { SCENARIOS } from './scenarios.ts';

const SCRIPT = fileURLToPath(new URL('../../../scripts/graph.ts', import.meta.url));
const CONFIGS = fileURLToPath(new URL('../configs/', import.meta.url));
const AT_ONCE = 2;

/** Of these scenarios the functions are kept, and run by tests: the folders of their folders. */
const KEPT_FUNCTIONS = new Map([
  ['personal', 'functions'],
  ['backtest', 'backtest-functions'],
]);

declare module 'vitest' {
  interface ProvidedContext {
    /** Holds a graph for each scenario, `NAME.json`, and the functions of some, a folder each. */
    readonly graphsFolder: string;
  }
}

/** Evaluates every graph once for all test files. */
export default async function evaluateGraphs({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'trailbell-graphs-'));
  const [first, second, ...others] = Object.entries(SCENARIOS);
  // The first one installs SST's platform where it is missing, and the second is the same once more.
  for (const scenario of [first, second]) if (scenario !== undefined) await evaluate(folder, scenario);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = others.pop(); next !== undefined; next = others.pop()) await evaluate(folder, next);
    }),
  );
  provide('graphsFolder', folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}

type NamedScenario = readonly [string, { readonly args: readonly string[]; readonly config?: string }];

async function evaluate(folder: string, [name, { args, config }]: NamedScenario): Promise<void> {
  const all = [SCRIPT, ...args, '--full'];
  if (config !== undefined) all.push('--config', join(CONFIGS, `${config}.ts`));
  const functions = KEPT_FUNCTIONS.get(name);
  if (functions !== undefined) all.push('--functions', join(folder, functions));
  const { stdout } = await promisify(execFile)(process.execPath, all, { maxBuffer: 2 ** 28, timeout: 300_000 });
  writeFileSync(join(folder, `${name}.json`), stdout);
}
