import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createDecipheriv } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { graphOf, input, resource } from './support/graph.ts';
import { builtFunctions, functionName, runGraph } from './support/run-graph.ts';

const NOW_MS = Date.parse('2026-06-01T12:00:00Z');
const MINUTE_MS = 60_000;

const ROOT_USE = JSON.stringify({
  eventVersion: '1.11',
  eventID: 'b6f2b1de-0000-4000-8000-000000000001',
  eventTime: '2026-06-01T11:59:00Z',
  eventType: 'AwsApiCall',
  eventSource: 'ec2.amazonaws.com',
  eventName: 'DescribeRegions',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '203.0.113.9',
  recipientAccountId: '777788889999',
  userIdentity: { type: 'Root', accountId: '777788889999', arn: 'arn:aws:iam::777788889999:root' },
});

test('what the graph deploys rings PagerDuty and closes the incident, with no more permissions than its roles have', async () => {
  await using running = await runGraph(NOW_MS);
  const { clock, logGroup, invoke, notifications, denied } = running;
  logGroup.putLogEvents('777788889999_CloudTrail_eu-west-1', [{ message: ROOT_USE, timestamp: NOW_MS }]);
  await clock.advanceTo(NOW_MS + MINUTE_MS / 2);
  expect(notifications('PagerDuty-on-call')).toEqual([expect.stringMatching(/^ALARM: .*root/i) as string]);
  for (let minute = 1; minute <= 12; minute++) {
    await clock.advanceTo(NOW_MS + minute * MINUTE_MS);
    expect(await invoke('Reconciler')).toMatchObject({ kind: 'succeeded' });
  }
  expect(notifications('PagerDuty-on-call').map((subject) => subject.slice(0, 4))).toEqual(['ALAR', 'OK: ']);
  expect(notifications('HeartbeatSubscription')).toEqual([]);
  expect(denied).toEqual([]);
});

test('the heartbeat comes out of the topic as one OK, in its own queue and at no pager', async () => {
  await using running = await runGraph(NOW_MS);
  const { clock, invoke, notifications, logs, denied } = running;
  expect(await invoke('Heartbeat')).toMatchObject({ kind: 'succeeded' });
  expect(logs.calls.map(({ action }) => action)).toEqual(['logs:PutLogEvents']);
  for (let minute = 1; minute <= 8; minute++) {
    await clock.advanceTo(NOW_MS + minute * MINUTE_MS);
    await invoke('Reconciler');
  }
  expect(notifications('HeartbeatSubscription')).toEqual([expect.stringMatching(/^OK: /) as string]);
  expect(notifications('PagerDuty-on-call')).toEqual([]);
  expect(denied).toEqual([]);
});

test('a batch from the on-failure queue is taken, and its answer names none that failed', async () => {
  await using running = await runGraph(NOW_MS);
  const record = { messageId: 'm1', eventSource: 'aws:sqs', body: JSON.stringify({ requestPayload: {} }) };
  const result = await running.invoke('Matcher', { Records: [record] });
  expect(result).toMatchObject({ kind: 'succeeded', payload: { batchItemFailures: [] } });
  expect(running.denied).toEqual([]);
});

test('what is zipped: one bundle, the rules where a function has any, and links that link nothing', () => {
  const contents = Object.fromEntries(
    builtFunctions().map(({ functionId, folder }) => [functionId, readdirSync(folder).toSorted()]),
  );
  expect(contents).toEqual({
    Matcher: ['bundle.mjs', 'resource.enc', 'rules.json'],
    Reconciler: ['bundle.mjs', 'resource.enc', 'rules.json'],
    Heartbeat: ['bundle.mjs', 'resource.enc'],
  });
  for (const { functionId, folder } of builtFunctions()) {
    const key = String(input(resource('personal', `${functionId}Function`), 'environment.variables.SST_KEY'));
    expect(decrypted(readFileSync(join(folder, 'resource.enc')), key)).toBe('{}');
  }
});

test('the rules are those of the project, of the deploy’s time, with the heartbeat’s', () => {
  const folder = builtFunctions().find(({ functionId }) => functionId === 'Matcher')?.folder ?? '';
  const rules = JSON.parse(readFileSync(join(folder, 'rules.json'), 'utf8')) as {
    version: number;
    rules: readonly { name: string }[];
    routes: readonly object[];
  };
  const names = rules.rules.map(({ name }) => name);
  expect(names).toContain('root-account-usage');
  expect(names.at(-1)).toBe('trailbell-heartbeat');
  expect(rules.version).toBe(Date.UTC(2026, 0, 1));
  expect(JSON.stringify(rules)).not.toContain('PagerDutyUrl');
});

test('a function without its environment says what is missing', () => {
  const folder = builtFunctions().find(({ functionId }) => functionId === 'Heartbeat')?.folder ?? '';
  const start = () =>
    execFileSync(process.execPath, [join(folder, 'bundle.mjs')], { env: {}, encoding: 'utf8', stdio: 'pipe' });
  expect(start).toThrow(/the environment lacks TRAILBELL_LOG_GROUP, TRAILBELL_HEARTBEAT_STREAM, TRAILBELL_DEPLOYMENT/);
});

test('the functions are told names and ARNs, nothing secret', () => {
  const { variables } = input(resource('personal', 'MatcherFunction'), 'environment') as {
    variables: Readonly<Record<string, string>>;
  };
  expect(Object.keys(variables).toSorted()).toEqual([
    'POWERTOOLS_LOG_LEVEL',
    'SST_KEY',
    'SST_KEY_FILE',
    'SST_RESOURCE_App',
    'TRAILBELL_ALARM_NAME_PREFIX',
    'TRAILBELL_ALARM_TABLE',
    'TRAILBELL_DEPLOYMENT',
    'TRAILBELL_IDEMPOTENCY_TABLE',
    'TRAILBELL_LOG_GROUP',
    'TRAILBELL_TOPIC_ARN',
  ]);
  expect(functionName('Matcher')).toBe('trailbell-alice-matcher');
  expect(graphOf('personal').app.stage).toBe('alice');
});

function decrypted(file: Buffer, key: string): string {
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), Buffer.alloc(12));
  decipher.setAuthTag(file.subarray(-16));
  return Buffer.concat([decipher.update(file.subarray(0, -16)), decipher.final()]).toString();
}
