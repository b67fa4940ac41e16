/** Real events and deployed patterns, and CloudWatch's recorded answers, where a copy of them lies beside the project. */
import { Buffer } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parsePattern, PatternSyntaxError, type Pattern } from '../pattern/index.ts';
import { EngineTrial } from './test/check-engines.ts';

const messages = readLines('../../../../../shared/corpus/events.jsonl.gz').map((line) =>
  JSON.stringify((line as { readonly event: unknown }).event),
);
const patterns = (readLines('../../../../../shared/corpus/patterns.jsonl') as readonly { readonly pattern: string }[])
  .map(({ pattern }) => parsed(pattern))
  .filter((pattern) => pattern !== undefined);
const recorded = readLines('../../../../../shared/conformance/filter-patterns.jsonl') as readonly {
  readonly pattern: string;
  readonly message: string;
  readonly match: boolean | null;
}[];

function readLines(path: string): readonly unknown[] {
  const url = new URL(path, import.meta.url);
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

function payloadOf(logMessages: readonly string[]): Uint8Array {
  const logEvents = logMessages.map((message, index) => ({ id: `e${index}`, timestamp: index, message }));
  return Buffer.from(JSON.stringify({ messageType: 'DATA_MESSAGE', logStream: 's', logEvents }));
}

test.runIf(messages.length > 0)(
  'every collected event is judged against every collected pattern as the plain evaluator judges it',
  { timeout: 300_000 },
  () => {
    // Most patterns cover nearly all events between them, so that alone they show more of what is skipped.
    const lists = Array.from({ length: 8 }, (_, first) => patterns.filter((_pattern, index) => index % 8 === first));
    for (const list of lists) {
      const trial = new EngineTrial(list);
      expect(trial.checkPayload(payloadOf(messages))).toBe(messages.length);
    }
    const archive = Buffer.from(`{"Records":[${messages.join(',')}]}`);
    expect(new EngineTrial(lists[0] ?? []).checkArchive(archive)).toBe(messages.length);
  },
);

test.runIf(recorded.length > 0)("CloudWatch's recorded answers hold for messages within payloads", () => {
  const cases = recorded.filter(({ match }) => match !== null);
  for (const { pattern, message, match } of cases) {
    const trial = new EngineTrial([parsePattern(pattern)]);
    expect([pattern, message, trial.verdicts(message).length > 0]).toEqual([pattern, message, match]);
    trial.checkPayload(payloadOf([message, `${message} `, message]));
  }
  const everything = new EngineTrial(cases.map(({ pattern }) => parsePattern(pattern)));
  everything.checkPayload(payloadOf(cases.map(({ message }) => message)));
});
