import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { readRules } from '@trailbell/cli/rules/read-rules';
import { median } from '../measure.ts';
import { readOptions } from '../options.ts';

const COMMANDS = ['test', 'lint'];

/** How long the commands take that people run after each change of a rule: over all packs, the start of the process included. */
const { isQuick } = readOptions();
const rounds = isQuick ? 3 : 9;
const { rules } = await readRules([join(PROJECT_FOLDER, 'rules')]);
console.log(
  `${rules.length} rules, ${rounds} runs of each, ${availableParallelism()} cores, Node ${process.version}\n`,
);
console.log('| command | median s | slowest s |');
console.log('| --- | ---: | ---: |');
for (const command of COMMANDS) {
  const seconds = Array.from({ length: rounds }, () => timeSeconds(command));
  console.log(`| trailbell ${command} rules | ${median(seconds).toFixed(2)} | ${Math.max(...seconds).toFixed(2)} |`);
}

function timeSeconds(command: string): number {
  const startedMs = performance.now();
  const args = [join(PROJECT_FOLDER, 'packages/cli/bin/trailbell.js'), command, 'rules'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: PROJECT_FOLDER, encoding: 'utf8' });
  if (status === null || status > 1)
    throw new Error(`trailbell ${command} ended with ${status ?? 'a signal'}: ${stderr}`);
  return (performance.now() - startedMs) / 1000;
}
