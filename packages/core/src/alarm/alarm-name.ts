import { hash } from 'node:crypto';
import type { AlarmIdentity } from './alarm.ts';

/** CloudWatch's limit for AlarmName. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const MAX_ALARM_NAME_LENGTH = 255;

/** What the alarm names of one deployment have in common. */
export interface AlarmNaming {
  /** Begins every name; empty unless configured. */
  readonly prefix: string;
  /** Ends every name, so that two deployments never share an incident. */
  readonly deployment: string;
}

/**
 * The AlarmName, by which PagerDuty correlates and which it shows in the incident's title: what happened first, where Trailbell
 * runs last, because titles are cut at their end. Control characters become blanks; a longer name than CloudWatch allows is cut
 * and ends in a hash of the whole, so that two alarms never share one.
 */
export function alarmName({ prefix, deployment }: AlarmNaming, { rule, group }: AlarmIdentity): string {
  const values = group.length === 0 ? '' : ` (${group.join(', ')})`;
  // eslint-disable-next-line no-control-regex -- control characters are what must go
  const name = `${prefix}${rule}${values} ${deployment}`.replace(/[\u0000-\u001f\u007f]/g, ' ').toWellFormed();
  if (name.length <= MAX_ALARM_NAME_LENGTH) return name;
  const suffix = ` ~${hash('sha256', name, 'hex').slice(0, 12)}`;
  return name.slice(0, MAX_ALARM_NAME_LENGTH - suffix.length).toWellFormed() + suffix;
}

/** The key that an alarm is stored under: readable, and of bounded length whatever the group values are. */
export function alarmKey({ rule, group }: AlarmIdentity): string {
  return group.length === 0 ? rule : `${rule}#${hash('sha256', JSON.stringify(group), 'hex').slice(0, 32)}`;
}

/** Names a deployment among all of an organisation's. */
export function deploymentName(deployment: {
  readonly app: string;
  readonly stage: string;
  readonly accountId: string;
  readonly region: string;
}): string {
  return [deployment.app, deployment.stage, deployment.accountId, deployment.region].join('-');
}
