import { gzipSync } from 'node:zlib';
import { Clock, MATCHER, drive, startDeployment, type LogLine } from '@trailbell/local';
import { expect, test } from 'vitest';
import { countsByAlarm } from './support/alarm-items.ts';
import { cisRules, sampleDay } from './support/sample-day.ts';

const NOW_MS = Date.parse('2026-03-11T09:31:00Z');
const [rootSignIn] = (await sampleDay('09:30', '09:31')).filter(({ message }) => message.includes('"type":"Root"'));
const recordOfRoot = rootSignIn?.message ?? '';

function pack(payload: unknown): unknown {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return { awslogs: { data: gzipSync(text).toString('base64') } };
}

function dataMessage(messages: readonly unknown[]): unknown {
  const logEvents = messages.map((message, index) => ({ id: String(index), timestamp: NOW_MS, message }));
  return {
    messageType: 'DATA_MESSAGE',
    owner: '1',
    logGroup: 'g',
    logStream: 's',
    subscriptionFilters: ['f'],
    logEvents,
  };
}

async function matched(payload: unknown): Promise<{
  readonly metrics: Readonly<Record<string, number>>;
  readonly complaints: readonly LogLine[];
  readonly alarms: number;
  readonly failedBatches: number;
}> {
  await using deployment = await startDeployment({ clock: new Clock(NOW_MS), rules: await cisRules(NOW_MS) });
  const { lambda, clock } = deployment;
  await clock.settled();
  const before = lambda.metrics();
  lambda.invokeAsync(MATCHER, payload);
  await drive(deployment, []);
  const after = lambda.metrics();
  const metrics = Object.fromEntries(
    Object.entries(after)
      .map(([name, total]) => [name, total - (before[name] ?? 0)] as const)
      .filter(([, total]) => total > 0),
  );
  const complaints = lambda.logs(MATCHER).filter(({ json }) => json?.level === 'ERROR' || json?.level === 'WARN');
  const alarms = (await countsByAlarm(deployment)).size;
  return { metrics, complaints, alarms, failedBatches: deployment.failedBatches.received };
}

test.each<readonly [string, unknown, string]>([
  ['that is empty', {}, 'no-data'],
  ['with empty data', { awslogs: { data: '' } }, 'no-data'],
  ['that is not base64', { awslogs: { data: '{"not": "base64"}' } }, 'not-base64'],
  ['that is not gzip', { awslogs: { data: Buffer.from('plain').toString('base64') } }, 'not-gzip'],
  ['that is not JSON', pack('{"messageType":'), 'not-json'],
  ['of another kind', pack({ Records: [] }), 'not-a-payload'],
])('a payload %s is counted and logged once, and not delivered again', async (_name, payload, code) => {
  const { metrics, complaints, alarms, failedBatches } = await matched(payload);
  expect(metrics).toEqual({ UnreadablePayloads: 1 });
  expect(complaints.map(({ json }) => json?.problem)).toMatchObject([{ code }]);
  expect(alarms).toBe(0);
  expect(failedBatches).toBe(0);
});

test('a control message is counted and is no complaint', async () => {
  const { metrics, complaints } = await matched(pack({ messageType: 'CONTROL_MESSAGE', logEvents: [] }));
  expect(metrics).toEqual({ ControlMessages: 1 });
  expect(complaints).toEqual([]);
});

test('records that are not JSON, and entries without a message, do not keep the others from ringing', async () => {
  const odd = ['plain text', '', '{"eventName":', '[1]', 'null', { not: 'text' }, recordOfRoot, '\u0000\ud800'];
  const { metrics, complaints, alarms } = await matched(pack(dataMessage(odd)));
  expect(metrics).toMatchObject({
    LogEvents: 7,
    UnreadableLogEvents: 1,
    RecordsNotJson: 6,
    Matches: 1,
    NotificationsSent: 2,
  });
  expect(complaints).toHaveLength(2);
  expect(alarms).toBe(1);
});

test('6 MB of records in one payload are all read', async () => {
  const noise = JSON.stringify({
    eventID: 'x',
    eventName: 'GetObject',
    requestParameters: { text: 'a'.repeat(20_000) },
  });
  const messages = [...Array.from({ length: 310 }, () => noise), recordOfRoot];
  const { metrics, complaints, alarms } = await matched(pack(dataMessage(messages)));
  expect(metrics).toMatchObject({ LogEvents: 311, Matches: 1, NotificationsSent: 2 });
  expect(complaints).toEqual([]);
  expect(alarms).toBe(1);
});

test('nothing is written for a batch that matches nothing', async () => {
  await using deployment = await startDeployment({ clock: new Clock(NOW_MS), rules: await cisRules(NOW_MS) });
  await deployment.clock.settled();
  let requests = 0;
  deployment.dynamoDb.onRequest(() => (requests += 1));
  await deployment.lambda.invoke(MATCHER, pack(dataMessage(['{"eventName":"ListBuckets"}', 'text'])));
  expect(requests).toBe(0);
});
