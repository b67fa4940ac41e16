/**
 * Compiles rules and silences for a deploy: standard input is what to compile, standard output what the functions get. A process of
 * its own, because SST bundles what stacks/ imports and runs it with whatever Node starts it. What is wrong goes to standard error.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileText } from '@trailbell/cli/rules/file-text';
import { readYamlFiles } from '@trailbell/cli/rules/yaml-files';
import { formatConfigProblem, validateConfig } from '@trailbell/core/config';
import { heartbeatRule } from '@trailbell/core/heartbeat';
import { compileRules, formatProblem, loadRules, type RuleFile } from '@trailbell/core/rule';
import { loadSilences } from '@trailbell/core/silence';

interface Order {
  readonly projectFolder: string;
  readonly config: unknown;
  /** Epoch milliseconds. */
  readonly version: number;
  /** The deployment whose heartbeat is to be matched; absent where it has none. */
  readonly heartbeatOf?: string;
}

const { projectFolder, config: unchecked, version, heartbeatOf } = JSON.parse(await text(process.stdin)) as Order;
const { config, problems: configProblems } = validateConfig(unchecked);
if (config === undefined) fail(configProblems.map(formatConfigProblem));

// The folder that is looked into where none is named may be missing: git keeps no empty one.
const { ruleFolders, silenceFolders = existsSync(resolve(projectFolder, 'silences')) ? ['silences'] : [] } = config;
const ruleFiles = ruleFolders.flatMap((folder) => filesOf('ruleFolders', folder));
const silenceFiles = silenceFolders.flatMap((folder) => filesOf('silenceFolders', folder));
const { rules, problems: ruleProblems } = loadRules(ruleFiles, {
  readFile: (path) => fileText(resolve(projectFolder, path)),
});
const { silences, problems: silenceProblems } = loadSilences(silenceFiles, rules);
const lines = [
  ...[...ruleProblems, ...silenceProblems].map(formatProblem),
  ...validateConfig(config, rules).problems.map(formatConfigProblem),
];
if (lines.length > 0) fail(lines);
const { routes, accounts, redact } = config;
const all = heartbeatOf === undefined ? rules : [...rules, heartbeatRule(heartbeatOf)];
process.stdout.write(JSON.stringify(compileRules(all, { version, routes, silences, accounts, redact })));

/** By their paths from the project's folder, in the order of the names. */
function filesOf(field: string, folder: string): readonly RuleFile[] {
  const path = resolve(projectFolder, folder);
  if (!existsSync(path)) fail([`trailbell.config.ts ${field}: there is no folder ${JSON.stringify(folder)}`]);
  const { files, problems } = readYamlFiles(path, projectFolder);
  if (problems.length > 0) fail(problems.map(formatProblem));
  return files;
}

function fail(lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}
