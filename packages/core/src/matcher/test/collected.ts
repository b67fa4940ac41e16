/** Real events and deployed patterns, and CloudWatch's recorded answers, where a copy of them lies beside the project. */
import { Buffer } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parsePattern, PatternSyntaxError, type Pattern } from '../../pattern/index.ts';

/** What CloudWatch answers to a pattern and a message; null where it refuses the pattern. */
export interface RecordedCase {
  readonly pattern: string;
  readonly message: string;
  readonly match: boolean | null;
}

export function collectedMessages(): readonly string[] {
  return readLines('corpus/events.jsonl.gz').map((line) => JSON.stringify((line as { readonly event: unknown }).event));
}

/** Those that CloudWatch takes. */
export function collectedPatterns(): readonly Pattern[] {
  return (readLines('corpus/patterns.jsonl') as readonly { readonly pattern: string }[])
    .map(({ pattern }) => parsed(pattern))
    .filter((pattern) => pattern !== undefined);
}

export function recordedCases(): readonly RecordedCase[] {
  return readLines('conformance/filter-patterns.jsonl') as readonly RecordedCase[];
}

export function payloadOf(logMessages: readonly string[]): Uint8Array {
  const logEvents = logMessages.map((message, index) => ({ id: `e${index}`, timestamp: index, message }));
  return Buffer.from(JSON.stringify({ messageType: 'DATA_MESSAGE', logStream: 's', logEvents }));
}

export function archiveOf(records: readonly string[]): Uint8Array {
  return Buffer.from(`{"Records":[${records.join(',')}]}`);
}

function readLines(path: string): readonly unknown[] {
  const url = new URL(`../../../../../../shared/${path}`, import.meta.url);
  if (!existsSync(url)) {
    console.log(`skipped: ${url.pathname} is not here`);
    return [];
  }
  const bytes = readFileSync(url);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

function parsed(text: string): Pattern | undefined {
  try {
    return parsePattern(text);
  } catch (error) {
    if (error instanceof PatternSyntaxError) return undefined;
    throw error;
  }
}
