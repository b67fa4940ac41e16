// Times one cold start in a process of its own, bundled as a Lambda is: `node cold-start.mjs FILE`. Prints one line of JSON.
import { readFileSync } from 'node:fs';
import { readCompiledRules } from '@trailbell/core/compiled-rules';
import { PatternSet, RuleSet, type Engine } from '@trailbell/core/matcher';

export interface ColdStart {
  readonly readyMs: number;
  /** Of it, the processor time of the main thread: what other work on the machine does not lengthen. */
  readonly readyCpuMs: number;
  readonly firstPayloadMs: number;
  readonly secondPayloadMs: number;
  /** The patterns' trees, and what was allocated beside the scanner's memory. */
  readonly heapMb: number;
}

/** What is given: the patterns' texts; an image and the texts, as JSON; or `rules.json`, as a deploy writes it. */
export type Given =
  | { readonly kind: 'text'; readonly texts: readonly string[] }
  | { readonly kind: 'prebuilt'; readonly textsJson: string; readonly imageBase64: string }
  | { readonly kind: 'rules-file'; readonly rulesJson: string };

export interface ColdStartInput {
  readonly given: Given;
  /** Gzip data. */
  readonly payloadBase64: string;
}

interface Matcher {
  readonly engine: Engine;
  match(): unknown;
}

const [, , file = ''] = process.argv;
const { given, payloadBase64 } = JSON.parse(readFileSync(file, 'utf8')) as ColdStartInput;
const heapBefore = process.memoryUsage().heapUsed;
const cpuBefore = cpuMs();
const start = performance.now();
const matcher = makeReady();
const readyMs = performance.now() - start;
const readyCpuMs = cpuMs() - cpuBefore;
const heapMb = (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20;
if (matcher.engine !== 'scanner') throw new Error('the scanner is not at work');
const result: ColdStart = {
  readyMs,
  readyCpuMs,
  firstPayloadMs: timed(),
  secondPayloadMs: timed(),
  heapMb,
};
console.log(JSON.stringify(result));

function makeReady(): Matcher {
  if (given.kind === 'rules-file') {
    const { rules, scannerImage } = readCompiledRules(JSON.parse(given.rulesJson) as unknown);
    const set = RuleSet.compile(rules, { image: Buffer.from(scannerImage, 'base64') });
    return { engine: set.engine, match: () => set.matchDelivery({ awslogs: { data: payloadBase64 } }, 0) };
  }
  const set =
    given.kind === 'text'
      ? PatternSet.compile(given.texts)
      : PatternSet.compile(JSON.parse(given.textsJson) as readonly string[], {
          image: Buffer.from(given.imageBase64, 'base64'),
        });
  return { engine: set.engine, match: () => set.matchPackedPayload(Buffer.from(payloadBase64, 'base64'), 0) };
}

function timed(): number {
  const before = performance.now();
  matcher.match();
  return performance.now() - before;
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
