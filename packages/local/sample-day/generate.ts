import { writeFileSync } from 'node:fs';
import { machineWork } from './machine-work.ts';
import { oddities } from './oddities.ts';
import { createRandom } from './random.ts';
import { onTheDay, record, type Call } from './record.ts';
import { routine } from './routine.ts';
import { shiftWork } from './shifts.ts';
import { story } from './story.ts';

const RECORDS = new URL('records.jsonl', import.meta.url);

interface Delivery {
  readonly line: string;
  readonly atMs: number;
}

/** The day as JSON Lines: one record a line, in the order in which CloudTrail delivers them. */
export function generateRecords(): string {
  const calls = [...routine, ...machineWork, ...shiftWork, ...oddities, ...story];
  return calls
    .flatMap(deliveries)
    .toSorted((one, other) => one.atMs - other.atMs || (one.line < other.line ? -1 : 1))
    .map(({ line }) => `${line}\n`)
    .join('');
}

/** CloudTrail hands over a few minutes later; uncommonly much later, and uncommonly twice. */
function deliveries(call: Call): readonly Delivery[] {
  const line = JSON.stringify(record(call));
  const afterSeconds = call.deliveredAfterSeconds ?? createRandom(line).integer(120, 200);
  const first = { line, atMs: Date.parse(onTheDay(call.at)) + afterSeconds * 1000 };
  if (call.deliveredAgainAfterSeconds === undefined) return [first];
  return [first, { line, atMs: first.atMs + call.deliveredAgainAfterSeconds * 1000 }];
}

if (import.meta.main) writeFileSync(RECORDS, generateRecords());
