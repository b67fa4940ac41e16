import { join } from 'node:path';
import { asDelivered } from '../input/in-order.ts';
import { readInput } from '../input/read-input.ts';
import type { InputRecord } from '../input/read-record.ts';
import { isClean, printSummary } from '../replay/print-summary.ts';
import { replay } from '../replay/replay.ts';
import { Timeline } from '../replay/timeline.ts';
import { PROJECT_FOLDER, readConfig } from '../rules/project.ts';
import { readRules } from '../rules/read-rules.ts';
import { readSilences } from '../rules/read-silences.ts';
import { Terminal } from '../terminal/terminal.ts';

const SAMPLE_DAY = join(PROJECT_FOLDER, 'packages/local/sample-day/records.jsonl');
const RULES = join(PROJECT_FOLDER, 'rules/cis');

/** `trailbell demo`: a sample day of a small company, through the whole pipeline. Returns the exit code. */
export async function demoCommand(options: { readonly speed?: number }): Promise<number> {
  const terminal = new Terminal();
  const startedMs = performance.now();
  const { rules } = await readRules([RULES]);
  const { config = { ruleFolders: [] } } = await readConfig();
  const { silences } = await readSilences(config, rules);
  const input: InputRecord[] = [];
  for await (const item of readInput([SAMPLE_DAY])) if (item.kind === 'record') input.push(item.record);
  const records = asDelivered(input);
  terminal.line(`${records.length} CloudTrail records of a sample day, ${rules.length} rules of rules/cis.`);
  terminal.line(
    'CloudWatch Logs, Lambda, DynamoDB, SNS and PagerDuty are stand-ins on this machine; the code is what is deployed.',
  );
  terminal.line();
  const timeline = new Timeline(terminal);
  const summary = await replay({
    config: { logGroupName: 'aws-cloudtrail-logs', routes: [] },
    rules,
    silences,
    records,
    accountId: '777788889999',
    region: 'eu-west-1',
    stage: 'demo',
    ...(options.speed === undefined ? {} : { speed: options.speed }),
    onEvent: (event) => {
      timeline.show(event);
    },
    onProgress: (delivered, atMs) => {
      terminal.progress(`${delivered} of ${records.length} records  ${new Date(atMs).toISOString().slice(11, 16)}`);
    },
    onRefused: (_record, why) => {
      terminal.note(why);
    },
  });
  printSummary(terminal, summary, performance.now() - startedMs);
  return isClean(summary) ? 0 : 1;
}
