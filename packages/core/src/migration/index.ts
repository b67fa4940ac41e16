/** From CloudWatch's metric filters and alarms to rules, and back. */
export { visibleYaml } from './visible-yaml.ts';
export { templateReferences } from './template-references.ts';
export { isCliOutput, readCliOutput } from './cli-output.ts';
export { isTemplate, readTemplate } from './cloudformation.ts';
export { cloudFormationTemplate, type TemplateParameter } from './cloudformation-template.ts';
export { parseTemplate } from './cloudformation-yaml.ts';
export { cloudWatchFromRules, type ExportOptions } from './cloudwatch-from-rules.ts';
export {
  joined,
  type CloudWatchSettings,
  type MetricAlarm,
  type MetricFilter,
  type NotCarried,
} from './cloudwatch-settings.ts';
export {
  rulesFromCloudWatch,
  type ImportedRule,
  type ImportedRules,
  type ImportOptions,
} from './rules-from-cloudwatch.ts';
export { isTerraform, readTerraform } from './terraform.ts';
export { readAlarmHistory, type AlarmEpisode, type AlarmHistory } from './alarm-history.ts';
export { compareEpisodes, union, type EpisodeComparison, type EpisodeDifference } from './compare-episodes.ts';
