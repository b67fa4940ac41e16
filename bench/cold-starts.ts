import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { buildImage } from '@trailbell/core/matcher';
import { parsePattern } from '@trailbell/core/pattern';
import type { ColdStart, ColdStartInput } from './cold-start.ts';
import { median } from './measure.ts';

const SCRIPT = fileURLToPath(new URL('cold-start.ts', import.meta.url));

/** Medians over fresh processes, for patterns given as text and as they lie beside a deployed Lambda. */
export function measureColdStarts(
  texts: readonly string[],
  payload: string,
  runs: number,
): { readonly fromText: ColdStart; readonly prebuilt: ColdStart } {
  const folder = mkdtempSync(join(tmpdir(), 'trailbell-bench-'));
  const file = join(folder, 'input.json');
  try {
    writeFileSync(file, JSON.stringify(inputOf(texts, payload)));
    return { fromText: medianOf('text', file, runs), prebuilt: medianOf('prebuilt', file, runs) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function inputOf(texts: readonly string[], payload: string): ColdStartInput {
  const patterns = texts.map((text) => parsePattern(text));
  const rules: CompiledRules = {
    format: 1,
    version: 0,
    routes: [],
    scannerImage: Buffer.from(buildImage(patterns)).toString('base64'),
    rules: patterns.map((pattern, index) => ({
      name: `rule-${index}`,
      title: `Rule ${index}`,
      severity: 'warning',
      references: [],
      filterPattern: texts[index] ?? '',
      pattern,
      exceptions: [],
      groupBy: [],
      groupLimit: 1,
      metricValue: 1,
      alarm: {
        statistic: 'Sum',
        period: 300,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        treatMissingData: 'notBreaching',
      },
    })),
  };
  return {
    texts,
    rulesJson: JSON.stringify(rules),
    imageBase64: Buffer.from(buildImage(patterns)).toString('base64'),
    payloadBase64: gunzipSync(Buffer.from(payload, 'base64')).toString('base64'),
  };
}

function medianOf(mode: 'text' | 'prebuilt', file: string, runs: number): ColdStart {
  const results = Array.from({ length: runs }, () => {
    const output = execFileSync(process.execPath, [SCRIPT, mode, file], { encoding: 'utf8' });
    return JSON.parse(output) as ColdStart;
  });
  const of = (key: keyof ColdStart) => median(results.map((result) => result[key]));
  return {
    readyMs: of('readyMs'),
    firstPayloadMs: of('firstPayloadMs'),
    secondPayloadMs: of('secondPayloadMs'),
    heapMb: of('heapMb'),
    scannerTablesMb: of('scannerTablesMb'),
  };
}
