import { writeFileSync } from 'node:fs';
import {
  cloudFormationTemplate,
  cloudWatchFromRules,
  templateReferences,
  visibleYaml,
} from '@trailbell/core/migration';
import { Document } from 'yaml';
import { configuredFolders } from '../rules/configured-folders.ts';
import { printProblems } from '../rules/print-problems.ts';
import { readRules } from '../rules/read-rules.ts';
import { counted } from '../terminal/counted.ts';
import { harmless, harmlessJson } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';
import { messageOf } from '../terminal/message-of.ts';

export interface ExportCommandOptions {
  readonly json?: boolean;
  readonly out?: string;
  readonly namespace: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MAX_FILTERS_OF_GROUP = 100;

const [DONE, NOT_ALL, COULD_NOT_WRITE] = [0, 1, 2];

/** `trailbell export`: a CloudFormation template of metric filters and alarms that do what rules do. Returns the exit code. */
export async function exportCommand(
  paths: readonly string[],
  options: ExportCommandOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const { rules, problems, missing } = await readRules(paths.length > 0 ? paths : await configuredFolders());
  for (const path of missing) terminal.note(harmless(`${path}: there is no such file or folder`));
  printProblems(problems, terminal);

  const settings = cloudWatchFromRules(rules, {
    logGroupName: '${LogGroupName}',
    metricNamespace: options.namespace,
    actions: ['${AlarmTopicArn}'],
  });
  const text = JSON.stringify(settings);
  const template = cloudFormationTemplate(settings, {
    ...(text.includes('${LogGroupName}') && {
      LogGroupName: { description: 'The log group that CloudTrail delivers to.' },
    }),
    ...(text.includes('${AlarmTopicArn}') && { AlarmTopicArn: { description: 'The topic that alarms are sent to.' } }),
  });
  const written =
    options.json === true
      ? `${JSON.stringify(template, undefined, 2).split('\n').map(harmlessJson).join('\n')}\n`
      : visibleYaml(new Document(template));
  if (options.out === undefined) await terminal.write(written);
  else if (!writeTemplate(options.out, written, terminal)) return COULD_NOT_WRITE;
  for (const reference of templateReferences(template.Resources).others) {
    terminal.note(harmless(`${reference}: the template refers to it and cannot say it; put in what it was`));
  }
  for (const { name, reason } of settings.notCarried) terminal.note(harmless(`rule ${name}: ${reason}`));
  for (const [group = '', { length }] of Map.groupBy(settings.metricFilters, ({ logGroupName }) => logGroupName)) {
    if (length <= MAX_FILTERS_OF_GROUP) continue;
    terminal.note(harmless(`${length} metric filters on ${group}: a log group has room for ${MAX_FILTERS_OF_GROUP}`));
  }
  terminal.note(
    `${counted(settings.metricFilters.length, 'metric filter')} and ${counted(settings.alarms.length, 'alarm')} from ${counted(rules.length, 'rule')}.`,
  );
  return problems.length + missing.length > 0 || rules.length === 0 ? NOT_ALL : DONE;
}

function writeTemplate(path: string, text: string, terminal: Terminal): boolean {
  try {
    writeFileSync(path, text);
    return true;
  } catch (error) {
    terminal.note(harmless(`${path}: not written: ${messageOf(error)}`));
    return false;
  }
}
