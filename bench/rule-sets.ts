import { buildImage, PatternSet } from '@trailbell/core/matcher';
import { evaluatePattern, parsePattern, type Pattern } from '@trailbell/core/pattern';
import { Scanner } from '../packages/core/src/matcher/scanner/scanner.ts';
import type { Workload } from './workload/workload.ts';

export interface RuleSetUnderTest {
  /** As the table calls it. */
  readonly name: string;
  readonly patterns: readonly Pattern[];
  readonly scanner: PatternSet;
  readonly index: PatternSet;
  /** The scanner without what judges its reports. */
  readonly scanAlone: (bytes: Uint8Array) => unknown;
}

/** The workload's sets of rules, ready. The bench is about the scanner: it ends where the fallback would run in its place. */
export function compileRuleSets({ patterns, withoutAtom }: Workload): readonly RuleSetUnderTest[] {
  const lists = [...patterns].map(([count, texts]) => [String(count), texts] as const);
  return [...lists, ['15 + 2 without an atom', withoutAtom] as const].map(([name, texts]) => {
    const trees = texts.map((text) => parsePattern(text));
    const image = buildImage(trees);
    const scanner = PatternSet.compile(trees, { image });
    const alone = Scanner.open(image);
    if (scanner.engine !== 'scanner' || alone === undefined)
      throw new Error('the fallback is at work in place of the scanner');
    return {
      name,
      patterns: trees,
      scanner,
      index: PatternSet.compile(trees, { engine: 'index' }),
      scanAlone: (bytes) => alone.scan(bytes, 'payload'),
    };
  });
}

/** How many matches both engines find in the payloads; the plain evaluator must find the same in the first messages. */
export function checkVerdicts(
  { name, patterns, scanner, index }: RuleSetUnderTest,
  payloads: readonly Uint8Array[],
  messages: readonly string[],
): number {
  const [scanned, indexed] = [scanner, index].map((set) => payloads.map((bytes) => verdictsOf(set, bytes)).join('\n'));
  if (scanned !== indexed) throw new Error(`${name} rules: the engines differ`);
  const checked = messages.slice(0, Math.ceil(40_000 / patterns.length));
  for (const message of checked) {
    const expected = patterns.flatMap((pattern, at) => (evaluatePattern(pattern, message) === undefined ? [] : [at]));
    const bytes = Buffer.from(JSON.stringify({ logEvents: [{ id: 'x', timestamp: 0, message }] }));
    if (verdictsOf(scanner, bytes) !== (expected.length === 0 ? '' : `x:${expected.join(',')}`)) {
      throw new Error(`${name} rules: not what the plain evaluator finds in ${message}`);
    }
  }
  return (scanned?.match(/[:,]/g) ?? []).length;
}

function verdictsOf(set: PatternSet, bytes: Uint8Array): string {
  const payload = set.matchPayload(bytes, 0);
  if (payload.kind !== 'data') throw new Error(`a payload is ${payload.kind}`);
  return payload.matches.map(({ logEvent, patterns }) => `${logEvent.id}:${patterns.join(',')}`).join('\n');
}

/** The ids of the log events that some pattern matches. */
export function matchedIds({ scanner }: RuleSetUnderTest, payloads: readonly Uint8Array[]): ReadonlySet<string> {
  const matched = payloads.map((bytes) => scanner.matchPayload(bytes, 0));
  return new Set(matched.flatMap((p) => (p.kind === 'data' ? p.matches.map(({ logEvent }) => logEvent.id) : [])));
}
