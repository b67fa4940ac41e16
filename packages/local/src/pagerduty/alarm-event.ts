import { isJsonObject, parseJson } from '@trailbell/core/json';
import type { AlarmEvent } from './incidents.ts';
import type { SnsMessage } from './sns-message.ts';

/** Why PagerDuty took a message and did nothing with it. It tells nobody. */
export type DropReason =
  | 'message-is-not-a-json-object'
  | 'subject-does-not-start-with-a-state'
  | 'subject-disagrees-with-new-state-value'
  | 'alarm-name-is-too-long'
  | 'nothing-to-resolve';

const MAXIMUM_DEDUP_KEY_LENGTH = 255;
const SUBJECT = /^(ALARM|OK|INSUFFICIENT_DATA): /;

/**
 * What a notification means to the Amazon CloudWatch integration. ALARM and INSUFFICIENT_DATA trigger, OK resolves, and the
 * deduplication key is AlarmName. A message without AlarmName is an alert of its own, so an OK without one resolves nothing.
 * https://support.pagerduty.com/main/docs/aws-cloudwatch-integration-guide and, for what is dropped,
 * http://cetinich.net/content/2022/cloudwatch-pagerduty-sns/
 */
export function parseAlarmEvent(
  message: SnsMessage,
  integrationKey: string,
  receivedAtMs: number,
): AlarmEvent | { readonly kind: 'dropped'; readonly reason: DropReason } {
  const details = parseJson(message.message);
  if (!isJsonObject(details)) return { kind: 'dropped', reason: 'message-is-not-a-json-object' };
  const title = message.subject ?? '';
  const state = SUBJECT.exec(title)?.[1];
  if (state === undefined) return { kind: 'dropped', reason: 'subject-does-not-start-with-a-state' };
  if (state !== details.NewStateValue) return { kind: 'dropped', reason: 'subject-disagrees-with-new-state-value' };
  const alarmName = details.AlarmName;
  const dedupKey = typeof alarmName === 'string' && alarmName !== '' ? alarmName : message.messageId;
  if (dedupKey.length > MAXIMUM_DEDUP_KEY_LENGTH) return { kind: 'dropped', reason: 'alarm-name-is-too-long' };
  return {
    kind: state === 'OK' ? 'resolve' : 'trigger',
    integrationKey,
    dedupKey,
    alert: { atMs: receivedAtMs, snsMessageId: message.messageId, title, details },
  };
}
