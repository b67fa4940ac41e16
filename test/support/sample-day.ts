import { join } from 'node:path';
import { asDelivered, type TimedRecord } from '@trailbell/cli/input/in-order';
import { readInput } from '@trailbell/cli/input/read-input';
import type { InputRecord } from '@trailbell/cli/input/read-record';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { readRules } from '@trailbell/cli/rules/read-rules';
import { compileRules, type CompiledRules } from '@trailbell/core/rule';

/** The pack that the demo runs, compiled as for a deploy at `version` (epoch ms). */
export async function cisRules(version: number): Promise<CompiledRules> {
  const { rules, problems } = await readRules([join(PROJECT_FOLDER, 'rules/cis')]);
  if (problems.length > 0) throw new Error(`rules/cis has ${problems.length} problems`);
  return compileRules(rules, { version });
}

/** The sample day as it was delivered, or the part of it between two times of day (UTC, `HH:MM`). */
export async function sampleDay(from = '00:00', to = '24:00'): Promise<readonly TimedRecord[]> {
  const records: InputRecord[] = [];
  for await (const item of readInput([join(PROJECT_FOLDER, 'packages/local/sample-day/records.jsonl')])) {
    if (item.kind === 'record') records.push(item.record);
  }
  return asDelivered(records).filter(({ timeMs }) => {
    const time = new Date(timeMs).toISOString().slice(11, 16);
    return time >= from && time < to;
  });
}
