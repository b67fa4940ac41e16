/** The tab of `sst dev` that tunes a rule over what comes into the log group: asks which, and starts `trailbell tune`. */
import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';

const TRAILBELL = fileURLToPath(new URL('../packages/cli/bin/trailbell.js', import.meta.url));

const logGroup = process.env.TRAILBELL_LOG_GROUP ?? '';
const terminal = createInterface(process.stdin, process.stdout);
const rule = await terminal.question(`which rule to tune over ${logGroup} (a name, or a file with one)? `);
terminal.close();
const { status } = spawnSync(process.execPath, [TRAILBELL, 'tune', rule.trim(), '--follow', `log-group:${logGroup}`], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
