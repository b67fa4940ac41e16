/**
 * Follows what `sst dev` gives to the matcher, and prints a line for each match. SST keeps every invocation in a file of its own
 * below .sst/log: the event is its second line.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { readCompiledRules } from '@trailbell/core/compiled-rules';
import { plainText } from '@trailbell/core/cloudtrail';
import { RuleSet } from '@trailbell/core/matcher';

const FOLDER = '.sst/log/lambda/Matcher';

const rules = readCompiledRules(JSON.parse(readFileSync(process.env.TRAILBELL_RULES_FILE ?? '', 'utf8')) as unknown);
const ruleSet = RuleSet.compile(rules.rules, { image: Buffer.from(rules.scannerImage, 'base64') });
mkdirSync(FOLDER, { recursive: true });
const told = new Set(readdirSync(FOLDER));
console.log(`${rules.rules.length} rules; waiting for events that the log group's subscription brings`);
watch(FOLDER, (_change, name) => {
  if (name !== null && !told.has(name) && tell(join(FOLDER, name))) told.add(name);
});

/** False where the event is not there yet: the file is written in pieces. */
function tell(file: string): boolean {
  const [, line, ...rest] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  if (line === undefined || rest.length === 0) return false;
  const payload = ruleSet.matchDelivery(JSON.parse(line), Date.now());
  if (payload.kind !== 'data') return true;
  console.log(`${payload.eventCount} events, ${payload.matched.length} with matches`);
  for (const { logEvent, matches } of payload.matched) {
    const names = matches.map(({ identity }) => identity.rule).join(', ');
    console.log(
      `  ${new Date(logEvent.timestamp).toISOString()} ${names}: ${plainText(summary(logEvent.message), 200)}`,
    );
  }
  return true;
}

function summary(message: string): string {
  const { eventSource, eventName, userIdentity } = JSON.parse(message) as Readonly<Record<string, unknown>>;
  return JSON.stringify({ eventSource, eventName, userIdentity });
}
