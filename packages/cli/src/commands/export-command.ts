import { writeFileSync } from 'node:fs';
import { cloudFormationTemplate, cloudWatchFromRules } from '@trailbell/core/migration';
import { stringify } from 'yaml';
import { readConfig, ruleFoldersOf } from '../rules/project.ts';
import { printProblems } from '../rules/print-problems.ts';
import { readRules } from '../rules/read-rules.ts';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface ExportCommandOptions {
  readonly json?: boolean;
  readonly out?: string;
  readonly namespace: string;
}

const [DONE, NOT_ALL] = [0, 1];

/** `trailbell export`: a CloudFormation template of metric filters and alarms that do what rules do. Returns the exit code. */
export async function exportCommand(
  paths: readonly string[],
  options: ExportCommandOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const { config } = paths.length > 0 ? {} : await readConfig();
  const { rules, problems, missing } = await readRules(config === undefined ? paths : ruleFoldersOf(config));
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
    options.json === true ? `${JSON.stringify(template, undefined, 2)}\n` : stringify(template, { lineWidth: 0 });
  if (options.out === undefined) await terminal.write(written);
  else writeFileSync(options.out, written);
  for (const { name, reason } of settings.notCarried) terminal.note(harmless(`rule ${name}: ${reason}`));
  terminal.note(
    `${counted(settings.metricFilters.length, 'metric filter')} and ${counted(settings.alarms.length, 'alarm')} from ${counted(rules.length, 'rule')}.`,
  );
  return problems.length + missing.length > 0 || rules.length === 0 ? NOT_ALL : DONE;
}
