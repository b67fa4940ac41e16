import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileRules, loadRules } from '@trailbell/core/rule';
import { buildSync } from 'esbuild';
import type { ColdStart, ColdStartInput, ColdStartMode } from './cold-start.ts';
import { median } from './measure.ts';

const SOURCE = fileURLToPath(new URL('cold-start.ts', import.meta.url));

export interface ColdStarts {
  readonly fromText: ColdStart;
  /** The image and the patterns' texts. */
  readonly prebuilt: ColdStart;
  /** `rules.json` as the Lambda reads it, which holds more than the matcher needs. */
  readonly rulesFile: ColdStart;
}

/** Medians over fresh processes. They run a bundle, as Lambda does: stripping types is no part of a cold start there. */
export function measureColdStarts(texts: readonly string[], payload: string, runs: number): ColdStarts {
  const folder = mkdtempSync(join(tmpdir(), 'trailbell-bench-'));
  const [script, file] = [join(folder, 'cold-start.mjs'), join(folder, 'input.json')];
  try {
    buildSync({ entryPoints: [SOURCE], outfile: script, bundle: true, platform: 'node', format: 'esm', minify: true });
    writeFileSync(file, JSON.stringify(inputOf(texts, payload)));
    const measured = (mode: ColdStartMode) => medianOf(script, mode, file, runs);
    return { fromText: measured('text'), prebuilt: measured('prebuilt'), rulesFile: measured('rules-file') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function inputOf(texts: readonly string[], payload: string): ColdStartInput {
  const files = texts.map((filterPattern, index) => ({
    path: `${index}.yaml`,
    text: JSON.stringify({ name: `rule-${index}`, title: `Rule ${index}`, severity: 'warning', filterPattern }),
  }));
  const compiled = compileRules(loadRules(files).rules, { version: 0 });
  return {
    texts,
    textsJson: JSON.stringify(texts),
    rulesJson: JSON.stringify(compiled),
    imageBase64: compiled.scannerImage,
    payloadBase64: payload,
  };
}

function medianOf(script: string, mode: ColdStartMode, file: string, runs: number): ColdStart {
  const results = Array.from({ length: runs }, () => {
    const output = execFileSync(process.execPath, [script, mode, file], { encoding: 'utf8' });
    return JSON.parse(output) as ColdStart;
  });
  const of = (key: keyof ColdStart) => median(results.map((result) => result[key]));
  return {
    readyMs: of('readyMs'),
    readyCpuMs: of('readyCpuMs'),
    firstPayloadMs: of('firstPayloadMs'),
    secondPayloadMs: of('secondPayloadMs'),
    heapMb: of('heapMb'),
    scannerTablesMb: of('scannerTablesMb'),
  };
}
