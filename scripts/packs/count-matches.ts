import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compilePattern, parseEvent, parsePattern } from '@trailbell/core/pattern';
import type { Rule } from '@trailbell/core/rule';

const PROJECT = join(import.meta.dirname, '../..');

/** How many of the messages each rule counts, by the name of the rule; rules that count none are left out. */
export function countMatches(rules: readonly Rule[], messages: readonly string[]): Readonly<Record<string, number>> {
  const events = messages.map(parseEvent);
  const counts = rules.map(({ name, filterPattern }) => {
    const pattern = compilePattern(parsePattern(filterPattern));
    return [name, events.filter((event) => pattern.matchesEvent(event)).length] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** The records of the sample day, as they are delivered. */
export function sampleDayMessages(): readonly string[] {
  const text = readFileSync(join(PROJECT, 'packages/local/sample-day/records.jsonl'), 'utf8');
  return text.trimEnd().split('\n');
}

/** The records that real trails wrote, of a collection of lines `{ origin, event }`. */
export function capturedMessages(gzipped: Uint8Array): readonly string[] {
  const lines = gunzipSync(gzipped).toString().trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { readonly origin: string; readonly event: unknown });
  return entries.filter(({ origin }) => origin === 'captured').map(({ event }) => JSON.stringify(event));
}
