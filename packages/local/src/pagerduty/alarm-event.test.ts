import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isJsonObject, parseJson } from '@trailbell/core/json';
import { parseAlarmEvent } from './alarm-event.ts';
import type { SnsMessage } from './sns-message.ts';

function notification(subject: string | undefined, message: string): SnsMessage {
  return { kind: 'notification', messageId: 'id-1', topicArn: 'arn', subject, message };
}

function parse(subject: string | undefined, details: unknown): ReturnType<typeof parseAlarmEvent> {
  const message = typeof details === 'string' ? details : JSON.stringify(details);
  return parseAlarmEvent(notification(subject, message), 'key', 5);
}

test.for([
  ['ALARM', 'trigger'],
  ['INSUFFICIENT_DATA', 'trigger'],
  ['OK', 'resolve'],
] as const)('%s asks for a %s', ([state, kind]) => {
  expect(parse(`${state}: what you will`, { AlarmName: 'a', NewStateValue: state, extra: { x: 1 } })).toEqual({
    kind,
    integrationKey: 'key',
    dedupKey: 'a',
    alert: {
      atMs: 5,
      snsMessageId: 'id-1',
      title: `${state}: what you will`,
      details: { AlarmName: 'a', NewStateValue: state, extra: { x: 1 } },
    },
  });
});

test('without an AlarmName the message is an alert of its own', () => {
  expect(parse('ALARM: x', { NewStateValue: 'ALARM' })).toMatchObject({ kind: 'trigger', dedupKey: 'id-1' });
});

test.for<[string | undefined, unknown, string]>([
  ['ALARM: x', 'text', 'message-is-not-a-json-object'],
  ['ALARM: x', [{ NewStateValue: 'ALARM' }], 'message-is-not-a-json-object'],
  ['ALARM: x', '"ALARM"', 'message-is-not-a-json-object'],
  ['ALARM: x', '{"NewStateValue":"ALARM",}', 'message-is-not-a-json-object'],
  [undefined, { NewStateValue: 'ALARM' }, 'subject-does-not-start-with-a-state'],
  ['ALARM', { NewStateValue: 'ALARM' }, 'subject-does-not-start-with-a-state'],
  ['ALARM:x', { NewStateValue: 'ALARM' }, 'subject-does-not-start-with-a-state'],
  [' ALARM: x', { NewStateValue: 'ALARM' }, 'subject-does-not-start-with-a-state'],
  ['Alarm: x', { NewStateValue: 'ALARM' }, 'subject-does-not-start-with-a-state'],
  ['OK: x', { NewStateValue: 'ALARM' }, 'subject-disagrees-with-new-state-value'],
  ['ALARM: x', { AlarmName: 'a' }, 'subject-disagrees-with-new-state-value'],
  ['ALARM: x', { AlarmName: 'a'.repeat(256), NewStateValue: 'ALARM' }, 'alarm-name-is-too-long'],
])('the subject %j with %j is dropped: %s', ([subject, details, reason]) => {
  expect(parse(subject, details)).toEqual({ kind: 'dropped', reason });
});

const SAMPLES = new URL('../../../../../shared/corpus/sns-samples/', import.meta.url);
const samples = existsSync(SAMPLES) ? readdirSync(SAMPLES).filter((name) => name.endsWith('.https-body.json')) : [];

test('recorded deliveries of CloudWatch alarms mean what their state says', ({ skip }) => {
  skip(samples.length === 0, 'The recorded deliveries are not beside this checkout.');
  const meanings = samples.flatMap((name) => {
    const body = parseJson(readFileSync(new URL(name, SAMPLES), 'utf8'));
    if (!isJsonObject(body) || body.Type !== 'Notification') return [];
    const subject = String(body.Subject);
    const { kind } = parseAlarmEvent(notification(subject, String(body.Message)), 'key', 0);
    return [`${subject.slice(0, subject.indexOf(':'))} ${kind}`];
  });
  expect(new Set(meanings)).toEqual(new Set(['ALARM trigger', 'INSUFFICIENT_DATA trigger', 'OK resolve']));
});
