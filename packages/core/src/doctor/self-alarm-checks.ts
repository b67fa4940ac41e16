import type { Stage } from '../config/stage.ts';
import { check, well, wrong, type Check } from './check.ts';

/** The alarms with which Trailbell watches itself, as stacks/ makes them; docs/runbook.md has a part for each. */
export const SELF_ALARMS = [
  'matcher-errors',
  'matcher-throttles',
  'matcher-behind',
  'matcher-batches-lost',
  'reconciler-errors',
  'reconciler-throttles',
  'reconciler-silent',
  'due-alarms-late',
  'failed-batches',
  'failed-batches-given-up',
  'publishing-fails',
  'delivery-fails',
  'notifications-undelivered',
  'notifications-lost',
  'log-delivery-fails',
  'log-delivery-throttled',
  'unreadable-payloads',
  'unreadable-log-events',
  'late-matches',
  'no-records',
  'heartbeat-missing',
] as const;

/** What the self-alarms of a stage are called in CloudWatch. */
export function selfAlarmNames({ alarmNamePrefix, heartbeat }: Stage, prefix: string): readonly string[] {
  return SELF_ALARMS.filter((name) => heartbeat || name !== 'heartbeat-missing').map(
    (name) => `${alarmNamePrefix}${name} ${prefix}`,
  );
}

export const SELF_ALARM_CHECKS: readonly Check[] = [
  check('self-alarms-missing', 'error', ['matcher', 'selfAlarms'], ({ matcher, selfAlarms }, { stage, prefix }) => {
    if (matcher === undefined) return undefined;
    const there = new Set(selfAlarms.map(({ AlarmName }) => AlarmName));
    const missing = selfAlarmNames(stage, prefix).filter((name) => !there.has(name));
    return missing.length === 0
      ? well(`Trailbell's ${there.size} own alarms are there`)
      : wrong(`Trailbell does not watch itself: ${missing.join(', ')} are missing`, 'deploy again');
  }),
  check('self-alarms-mute', 'error', ['matcher', 'selfAlarms'], ({ matcher, selfAlarms }) => {
    const topicArn = matcher?.Environment?.Variables?.TRAILBELL_TOPIC_ARN;
    if (topicArn === undefined || selfAlarms.length === 0) return undefined;
    const mute = selfAlarms.filter(
      ({ ActionsEnabled, AlarmActions = [], OKActions = [] }) =>
        ActionsEnabled === false || !AlarmActions.includes(topicArn) || !OKActions.includes(topicArn),
    );
    return mute.length === 0
      ? well('they tell the topic of ALARM and OK')
      : wrong(
          `${mute.map(({ AlarmName = '?' }) => AlarmName).join(', ')} tell nobody`,
          'aws cloudwatch enable-alarm-actions, or deploy again',
        );
  }),
  check('self-alarms-on', 'warning', ['matcher', 'selfAlarms'], ({ matcher, selfAlarms }) => {
    if (matcher === undefined || selfAlarms.length === 0) return undefined;
    const on = selfAlarms.filter(({ StateValue }) => StateValue === 'ALARM');
    return on.length === 0
      ? well('none of them is on')
      : wrong(
          `these are on: ${on.map(({ AlarmName = '?' }) => AlarmName).join(', ')}`,
          'docs/runbook.md has a part for each',
        );
  }),
  check('heartbeat-missing', 'error', ['matcher', 'heartbeats'], ({ matcher, heartbeats }, { stage, prefix }) => {
    if (matcher === undefined || !stage.heartbeat) return undefined;
    return heartbeats > 0
      ? well(`${heartbeats} heartbeats came out of the topic within 25 minutes`)
      : wrong(
          'no heartbeat came out of the topic for 25 minutes: perhaps no page does',
          `see docs/runbook.md#heartbeat-missing; is ${prefix}-heartbeat invoked? Right after a deploy, wait`,
        );
  }),
];
