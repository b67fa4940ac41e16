import { hash } from 'node:crypto';
import { plainText } from '../cloudtrail/plain-text.ts';
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
 * runs last, because titles are cut at their end. Two alarms never share one: where the group values cannot be read back from the
 * name, because it was cut or they hold characters that are not shown or part values, a hash of the alarm follows.
 */
export function alarmName({ prefix, deployment }: AlarmNaming, identity: AlarmIdentity): string {
  const { rule, group } = identity;
  const values = group.map((value) => plainText(value, Infinity));
  const shown = values.length === 0 ? '' : ` (${values.join(', ')})`;
  const name = `${prefix}${rule}${shown} ${deployment}`;
  const isPlain = group.every((value, index) => value === values[index] && !/[(),]/.test(value));
  if (isPlain && name.length <= MAX_ALARM_NAME_LENGTH) return name;
  const suffix = ` ~${hash('sha256', JSON.stringify([prefix, deployment, rule, group]), 'hex').slice(0, 12)}`;
  return plainText(name, MAX_ALARM_NAME_LENGTH - suffix.length) + suffix;
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
