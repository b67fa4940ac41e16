/** Recorded and documented answers of CloudWatch, where a copy of them lies beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Pattern, PatternSyntaxError, compilePattern, evaluatePattern, parsePattern } from './index.ts';
import { checkRoundTrip } from './test/properties.ts';

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

/** What collected patterns hold that CloudWatch refuses; the refusal points at the match. */
const REFUSED_CONSTRUCTS: Readonly<Record<string, RegExp>> = {
  'a sign in an unquoted term': /(?<=^[^{["%]*)[*=]/,
  'a selector without $.': /\$\[/,
  'double quotes in a selector': /(?<=\]\[)"/,
  'an unquoted value of two words': /(?<== [A-Z][a-z]+ )[a-z]+(?= ?\))/,
  'a condition on two fields': /(?<=^\[(\w+)=[^,]*\|\| )(?!\1\b)\w+/,
};

test.runIf(collected.length > 0)('every collected pattern parses, but for those that CloudWatch refuses', () => {
  for (const { pattern, expectInvalid } of collected) {
    const constructs = Object.values(REFUSED_CONSTRUCTS).map((construct) => construct.exec(pattern)?.index);
    const at = constructs.find((index) => index !== undefined);
    if (expectInvalid === true) expect(refusal(pattern).offset).toBeLessThan(pattern.length);
    else if (at !== undefined) expect([pattern, refusal(pattern).offset]).toEqual([pattern, at]);
    else checkRoundTrip(pattern);
  }
});
