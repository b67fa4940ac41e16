import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileRules, loadRules } from '@trailbell/core/rule';
import { buildSync } from 'esbuild';
import type { ColdStart, ColdStartInput, Given } from './cold-start.ts';
import { median } from './measure.ts';

const SOURCE = fileURLToPath(new URL('cold-start.ts', import.meta.url));

export interface ColdStarts {
  readonly fromText: ColdStart;
  /** The image and the patterns' texts. */
  readonly prebuilt: ColdStart;
  /** `rules.json` as the Lambda reads it, which holds more than the matcher needs. */
  readonly rulesFile: ColdStart;
  readonly scannerTablesMb: number;
}

/**
 * Medians over fresh processes, each of which is given what it reads and no more. They run a bundle, as Lambda does: stripping types is no
 * part of a cold start there.
 */
export function measureColdStarts(texts: readonly string[], payloadBase64: string, runs: number): ColdStarts {
  const folder = mkdtempSync(join(tmpdir(), 'trailbell-bench-'));
  const script = join(folder, 'cold-start.mjs');
  const measured = (given: Given) => {
    const file = join(folder, `${given.kind}.json`);
    const input: ColdStartInput = { given, payloadBase64 };
    writeFileSync(file, JSON.stringify(input));
    return medianOf(script, file, runs);
  };
  try {
    buildSync({ entryPoints: [SOURCE], outfile: script, bundle: true, platform: 'node', format: 'esm', minify: true });
    const compiled = compileRules(loadRules(filesOf(texts)).rules, { version: 0 });
    const imageBase64 = compiled.scannerImage;
    return {
      fromText: measured({ kind: 'text', texts }),
      prebuilt: measured({ kind: 'prebuilt', textsJson: JSON.stringify(texts), imageBase64 }),
      rulesFile: measured({ kind: 'rules-file', rulesJson: JSON.stringify(compiled) }),
      scannerTablesMb: Buffer.from(imageBase64, 'base64').length / 2 ** 20,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesOf(texts: readonly string[]): Parameters<typeof loadRules>[0] {
  return texts.map((filterPattern, index) => ({
    path: `${index}.yaml`,
    text: JSON.stringify({ name: `rule-${index}`, title: `Rule ${index}`, severity: 'warning', filterPattern }),
  }));
}

function medianOf(script: string, file: string, runs: number): ColdStart {
  const results = Array.from({ length: runs }, () => {
    const output = execFileSync(process.execPath, [script, file], { encoding: 'utf8' });
    return JSON.parse(output) as ColdStart;
  });
  const of = (key: keyof ColdStart) => median(results.map((result) => result[key]));
  return {
    readyMs: of('readyMs'),
    readyCpuMs: of('readyCpuMs'),
    firstPayloadMs: of('firstPayloadMs'),
    secondPayloadMs: of('secondPayloadMs'),
    heapMb: of('heapMb'),
  };
}
