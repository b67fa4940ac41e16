import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, 'rule-counts.json');

/** How many records of a collection there are, and how many of them each rule counts. */
export interface RuleCounts {
  readonly records: number;
  readonly byRule: Readonly<Record<string, number>>;
}

/** What docs/packs.md says of records: of the sample day, and of records that real trails wrote. */
export interface AllRuleCounts {
  readonly sampleDay: RuleCounts;
  readonly captured: RuleCounts;
}

export function readRuleCounts(): AllRuleCounts {
  return JSON.parse(readFileSync(FILE, 'utf8')) as AllRuleCounts;
}

export function writeRuleCounts(counts: AllRuleCounts): void {
  writeFileSync(FILE, `${JSON.stringify(counts, undefined, 2)}\n`);
}
