import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  joined,
  type CloudWatchSettings,
  rulesFromCloudWatch,
  type ImportedRule,
  type MetricAlarm,
  type MetricFilter,
  type NotCarried,
} from '@trailbell/core/migration';
import type { Severity } from '@trailbell/core/rule';
import { readSources } from '../migration/read-sources.ts';
import { readTopicSubscriptions } from '../migration/topic-subscriptions.ts';
import { PROJECT_FOLDER } from '../rules/project.ts';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';
import { messageOf } from '../terminal/message-of.ts';

export interface ImportCommandOptions {
  readonly metricFilters?: readonly string[];
  readonly alarms?: readonly string[];
  readonly topics?: readonly string[];
  readonly fromAccount?: boolean;
  readonly logGroup?: string;
  readonly out?: string;
  readonly severity: Severity;
}

const [DONE, NOT_ALL, WRONG_USE] = [0, 1, 2];

/** `trailbell import`: rule files that do what metric filters and alarms do. Returns the exit code. */
export async function importCommand(
  files: readonly string[],
  options: ImportCommandOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const paths = [...files, ...(options.metricFilters ?? []), ...(options.alarms ?? [])];
  if (paths.length === 0 && options.fromAccount !== true) {
    terminal.note('Nothing to import: name files, or --from-account. `trailbell import --help` shows the forms.');
    return WRONG_USE;
  }
  if (options.logGroup !== undefined && options.fromAccount !== true) {
    terminal.note('--log-group goes with --from-account; of files all metric filters are read.');
    return WRONG_USE;
  }
  const { settings: fromFiles, problems } = await readSources(paths);
  for (const problem of problems) terminal.note(harmless(problem));
  const account = options.fromAccount === true ? await readAccount(options.logGroup) : undefined;
  if (account !== undefined && 'problem' in account) terminal.note(harmless(account.problem));
  const settings = joined([fromFiles, ...(account === undefined || 'problem' in account ? [] : [account])]);

  const schemaPath = relative(resolve(options.out ?? '.'), join(PROJECT_FOLDER, 'rules', 'rule.schema.json'));
  const { rules, notCarried } = rulesFromCloudWatch(settings, { severity: options.severity, schemaPath });
  let hasFailed = problems.length > 0 || (account !== undefined && 'problem' in account);
  if (options.out === undefined) {
    const texts = rules.map(({ text }) => text);
    await terminal.write(texts.join('---\n'));
  } else {
    const isWritten = writeRules(rules, options.out, terminal);
    hasFailed ||= !isWritten;
  }
  showNotCarried(notCarried, terminal);
  showLogGroups(settings.metricFilters, terminal);
  for (const path of options.topics ?? []) {
    const isShown = showTopics(path, settings.alarms, terminal);
    hasFailed ||= !isShown;
  }
  terminal.note(
    `${counted(rules.length, 'rule')} from ${counted(settings.metricFilters.length, 'metric filter')} and ${counted(settings.alarms.length, 'alarm')}.`,
  );
  return hasFailed || rules.length === 0 ? NOT_ALL : DONE;
}

/** One file a rule. A file that is there already is left as it is; that, and what cannot be written, is told. */
function writeRules(rules: readonly ImportedRule[], folder: string, terminal: Terminal): boolean {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    terminal.note(harmless(`${folder}: not a folder that can be written to: ${messageOf(error)}`));
    return false;
  }
  const written = rules.filter((rule) => writeRule(rule, join(folder, `${rule.name}.yaml`), terminal));
  return written.length === rules.length;
}

function writeRule({ text }: ImportedRule, path: string, terminal: Terminal): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    terminal.line(harmless(path));
    return true;
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const why = isTaken ? 'exists already and was left as it is' : `not written: ${messageOf(error)}`;
    terminal.note(harmless(`${path}: ${why}`));
    return false;
  }
}

/** Rules read one log group, whichever their metric filters were on. */
function showLogGroups(filters: readonly MetricFilter[], terminal: Terminal) {
  const groups = new Set(filters.flatMap(({ logGroupName }) => logGroupName ?? []));
  if (groups.size < 2) return;
  terminal.note(harmless(`The metric filters are on ${groups.size} log groups: ${[...groups].join(', ')}.`));
  terminal.note('All rules read the one that trailbell.config.ts names: delete those that were for another.');
}

async function readAccount(logGroup: string | undefined): Promise<CloudWatchSettings | { readonly problem: string }> {
  const { accountSettings } = await import('../migration/account-settings.ts');
  try {
    return await accountSettings(logGroup);
  } catch (error) {
    return { problem: `the account could not be read: ${messageOf(error)}` };
  }
}

function showNotCarried(notCarried: readonly NotCarried[], terminal: Terminal) {
  if (notCarried.length > 0) terminal.note('Not carried over, or not whole:');
  for (const { kind, name, reason } of notCarried) terminal.note(harmless(`  ${kind} ${name}: ${reason}`));
}

/** Where the alarms were sent until now, so that routes can be set to send pages the same way. */
function showTopics(path: string, alarms: readonly MetricAlarm[], terminal: Terminal): boolean {
  const subscriptions = readTopicSubscriptions(path);
  if ('problem' in subscriptions) {
    terminal.note(harmless(subscriptions.problem));
    return false;
  }
  const topics = new Set(alarms.flatMap(({ alarmActions }) => alarmActions));
  const used = subscriptions.filter(({ topicArn }) => topics.has(topicArn));
  if (used.length > 0) terminal.note('The alarms were sent to:');
  for (const { topicArn, shown } of used) terminal.note(harmless(`  ${topicArn}: ${shown}`));
  if (used.some(({ isPagerDuty }) => isPagerDuty)) {
    terminal.note('Set the same URL as the secret of a route: npx sst secret set PagerDutyUrl (docs/pagerduty.md).');
  }
  return true;
}
