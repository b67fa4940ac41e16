// Times one cold start in a process of its own: `node bench/cold-start.ts text|prebuilt FILE`. Prints one line of JSON.
import { readFileSync } from 'node:fs';
import { readCompiledRules } from '@trailbell/core/compiled-rules';
import { buildImage, PatternSet } from '@trailbell/core/matcher';
import { parsePattern, type Pattern } from '@trailbell/core/pattern';

export interface ColdStart {
  readonly readyMs: number;
  readonly firstPayloadMs: number;
  readonly secondPayloadMs: number;
  /** The patterns' trees, and what was allocated beside the scanner's memory. */
  readonly heapMb: number;
  readonly scannerTablesMb: number;
}

export interface ColdStartInput {
  readonly texts: readonly string[];
  /** `rules.json`, as a deploy writes it. */
  readonly rulesJson: string;
  readonly imageBase64: string;
  readonly payloadBase64: string;
}

const [, , mode = 'text', file = ''] = process.argv;
const input = JSON.parse(readFileSync(file, 'utf8')) as ColdStartInput;
const payload = Buffer.from(input.payloadBase64, 'base64');
const heapBefore = process.memoryUsage().heapUsed;
const start = performance.now();
const { patterns, image } = mode === 'text' ? fromText() : prebuilt();
const set = PatternSet.compile(patterns, { image });
const readyMs = performance.now() - start;
const heapMb = (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20;
if (set.engine !== 'scanner') throw new Error('the scanner is not at work');
const result: ColdStart = {
  readyMs,
  firstPayloadMs: timed(),
  secondPayloadMs: timed(),
  heapMb,
  scannerTablesMb: image.length / 2 ** 20,
};
console.log(JSON.stringify(result));

function timed(): number {
  const before = performance.now();
  set.matchPayload(payload, 0);
  return performance.now() - before;
}

function fromText(): { readonly patterns: readonly Pattern[]; readonly image: Uint8Array } {
  const parsed = input.texts.map((text) => parsePattern(text));
  return { patterns: parsed, image: buildImage(parsed) };
}

function prebuilt(): { readonly patterns: readonly Pattern[]; readonly image: Uint8Array } {
  const { rules } = readCompiledRules(JSON.parse(input.rulesJson) as unknown);
  return { patterns: rules.map(({ pattern }) => pattern), image: Buffer.from(input.imageBase64, 'base64') };
}
