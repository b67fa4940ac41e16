import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packArchives, packPayloads } from './payloads.ts';
import { CIS_PATTERNS, createPatterns, PATTERNS_WITHOUT_ATOM } from './patterns.ts';
import { createRandom } from './random.ts';
import { createRecord } from './records.ts';

export const SEED = 20260401;
export const EVENT_COUNT = 4000;
export const RULE_COUNTS = [15, 100, 1000, 10_000] as const;
const ARCHIVE_RECORD_COUNT = 40_000;
const START_MS = Date.UTC(2026, 3, 1);

export interface Workload {
  readonly description: string;
  readonly messages: readonly string[];
  readonly payloads: readonly string[];
  readonly archives: readonly Buffer[];
  readonly archiveRecordCount: number;
  /** By the number of rules. */
  readonly patterns: ReadonlyMap<number, readonly string[]>;
  readonly withoutAtom: readonly string[];
}

/** @param eventsFile JSON Lines of CloudTrail records (plain or gzip), in place of generated ones */
export function createWorkload({
  eventsFile,
  archiveShare = 1,
}: {
  eventsFile?: string | undefined;
  archiveShare?: number;
}): Workload {
  const messages = eventsFile === undefined ? generateMessages(EVENT_COUNT) : readMessages(eventsFile);
  const recordCount = Math.round(ARCHIVE_RECORD_COUNT * archiveShare);
  const records = Array.from({ length: recordCount }, (_, index) => messages[index % messages.length] ?? '');
  const payloads = packPayloads(messages, START_MS);
  const rawBytes = payloads.reduce((sum, payload) => sum + gunzipSync(Buffer.from(payload, 'base64')).length, 0);
  const packedBytes = payloads.reduce((sum, payload) => sum + Buffer.from(payload, 'base64').length, 0);
  const origin = eventsFile ?? `generated, seed ${SEED}`;
  return {
    description:
      `${messages.length} events (${origin}) in ${payloads.length} payloads: ${Math.round(rawBytes / messages.length)} bytes a log event ` +
      `unpacked, gzip ${(rawBytes / packedBytes).toFixed(1)} : 1; ${new Set(messages.map(nameOf)).size} distinct event names`,
    messages,
    payloads,
    archives: packArchives(records),
    archiveRecordCount: recordCount,
    patterns: new Map(RULE_COUNTS.map((count) => [count, createPatterns(count, createRandom(SEED + count))])),
    withoutAtom: [...CIS_PATTERNS, ...PATTERNS_WITHOUT_ATOM],
  };
}

function generateMessages(count: number): readonly string[] {
  const random = createRandom(SEED);
  return Array.from({ length: count }, (_, index) => JSON.stringify(createRecord(random, START_MS + index * 250)));
}

/** The records of JSON Lines, plain or gzip, or what they hold as `event`. */
export function readMessages(file: string): readonly string[] {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new Error(`${file} holds no records`);
  return lines.map((line) => {
    const value = JSON.parse(line) as { readonly event?: unknown };
    return JSON.stringify(value.event ?? value);
  });
}

function nameOf(message: string): unknown {
  return (JSON.parse(message) as { readonly eventName?: unknown }).eventName;
}
