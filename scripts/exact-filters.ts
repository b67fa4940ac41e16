/**
 * Prints the metric filters and alarms of the benchmark's exact text, as JSON: standard input is the log group and the prefix of the
 * names. A process of its own, for the same reason as compile-rules.ts.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { cloudWatchFromRules } from '@trailbell/core/migration';
import { formatProblem, loadRules } from '@trailbell/core/rule';

const FOLDER = new URL('../rules/cis-exact/', import.meta.url);

const { metricNamespace } = JSON.parse(await text(process.stdin)) as { readonly metricNamespace: string };
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => ({ path: `rules/cis-exact/${name}`, text: readFileSync(new URL(name, FOLDER), 'utf8') }));
const { rules, problems } = loadRules(files);
const { metricFilters, alarms, notCarried } = cloudWatchFromRules(rules, {
  logGroupName: '',
  metricNamespace,
  actions: [],
});
const lines = [...problems.map(formatProblem), ...notCarried.map(({ name, reason }) => `rule ${name}: ${reason}`)];
if (lines.length > 0) {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(JSON.stringify({ metricFilters, alarms }));
