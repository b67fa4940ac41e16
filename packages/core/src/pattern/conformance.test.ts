/** Recorded and documented answers of CloudWatch, where a copy of them lies beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  type Pattern,
  PatternSyntaxError,
  compilePattern,
  evaluatePattern,
  formatPattern,
  parsePattern,
} from './index.ts';

interface RecordedCase {
  readonly id: string;
  readonly pattern: string;
  readonly message: string;
  /** Null where the pattern must be refused. */
  readonly match: boolean | null;
  readonly extracted?: Readonly<Record<string, string>>;
  readonly error?: string;
}

interface CollectedPattern {
  readonly pattern: string;
  readonly expectInvalid?: boolean;
}

const recorded = readLines('../../../../../shared/conformance/filter-patterns.jsonl') as readonly RecordedCase[];
const collected = readLines('../../../../../shared/corpus/patterns.jsonl') as readonly CollectedPattern[];

function readLines(path: string): readonly unknown[] {
  const url = new URL(path, import.meta.url);
  if (!existsSync(url)) {
    console.log(`skipped: ${url.pathname} is not here`);
    return [];
  }
  const lines = readFileSync(url, 'utf8').trim().split('\n');
  return lines.map((line): unknown => JSON.parse(line));
}

function refusal(pattern: string): PatternSyntaxError {
  try {
    compilePattern(pattern, { limits: 'cloudwatch' });
  } catch (error) {
    if (error instanceof PatternSyntaxError) return error;
    throw error;
  }
  throw new Error(`${pattern} was accepted`);
}

test.runIf(recorded.length > 0)('every recorded case holds in both evaluators', () => {
  for (const { id, pattern, message, match, extracted, error } of recorded) {
    if (match === null) {
      const { awsMessage, offset, length } = refusal(pattern);
      if (error !== undefined) expect([id, awsMessage]).toEqual([id, error]);
      expect([id, offset + length <= pattern.length]).toEqual([id, true]);
      continue;
    }
    const tree = JSON.parse(JSON.stringify(parsePattern(pattern, { limits: 'cloudwatch' }))) as Pattern;
    for (const values of [evaluatePattern(tree, message), compilePattern(tree).extract(message)]) {
      expect([id, values !== undefined]).toEqual([id, match]);
      if (match && extracted !== undefined) expect([id, values]).toEqual([id, extracted]);
    }
  }
});

/** Found in the wild, refused by CloudWatch, with the part that the refusal points at. */
const BROKEN_IN_THE_WILD: Readonly<Record<string, string>> = {
  '*': '*',
  'Token=': '=',
  'ERROR*': '*',
  '{ $["eventType"] = "UpdateTrail" }': '$[',
  '{ $["eventType"] != "UpdateTrail" }': '$[',
  '{ $["eventType"] != "UpdateTrail2" }': '$[',
  '{ $["number"][4]= 80 }': '$[',
  '{ $.number[0][1]["test"].test = 1e-3 }': '"',
  '{ ($.eventName = ConsoleLogin) && ($.errorMessage = Failed authentication) }': 'authentication',
  '{($.eventName = ConsoleLogin) && ($.errorMessage = Failed authentication)}': 'authentication',
  '{ ($.errorMessage = Failed authentication) && ($.eventName = ConsoleLogin) }': 'authentication',
  '[w1=ERROR || W1=WARNING, w2]': 'W1',
  '{ $.attribute * "a"}': '*',
  '{$[0.1] = 1}': '$[',
  '{$.attribute = 1 &}': '&',
  '{($.attribute = 1 }': '}',
  '{$.attribute = 1) }': ')',
  '{': '{',
  '{)': ')',
  '{)}': ')',
  '{ .attribute = "a"}': '.attribute',
};

test.runIf(collected.length > 0)('every collected pattern parses, but for those that CloudWatch refuses', () => {
  for (const { pattern, expectInvalid } of collected) {
    const at = BROKEN_IN_THE_WILD[pattern];
    if (at !== undefined) {
      const { offset, length } = refusal(pattern);
      expect([pattern, pattern.slice(offset, offset + length)]).toEqual([pattern, at]);
      continue;
    }
    expect([pattern, expectInvalid ?? false]).toEqual([pattern, false]);
    const text = formatPattern(parsePattern(pattern));
    expect(formatPattern(parsePattern(text))).toBe(text);
  }
});
