import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { redrive, redriveCommand } from '@trailbell/cli/commands/redrive-command';
import { openAwsClients } from '@trailbell/cli/deployed/aws-clients';
import { passTime } from '@trailbell/cli/drill/pass-time';
import { REDRIVE_CALLS } from '@trailbell/cli/redrive/redrive-calls';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { Terminal } from '@trailbell/cli/terminal/terminal';
import { renderNotification } from '@trailbell/core/notification';
import { compileRules } from '@trailbell/core/rule';
import { Clock, LocalQueues, MATCHER, startAwsApi, startDeployment, type AwsOperation } from '@trailbell/local';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ACCOUNT, AT_HAND, NOW_MS, REGION, RULES, TOPIC, healthyAccount } from './support/healthy-account.ts';
import { allAlarms } from './support/alarm-items.ts';
import { alarmMessage } from './support/alarm-message.ts';
import { stubAwsEnvironment, stubNoCredentials } from './support/aws-environment.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PREFIX = AT_HAND.prefix;
const STOPPED = JSON.stringify({
  eventID: '0a1b2c3d-1111-2222-3333-444455556666',
  eventTime: '2026-03-11T09:30:00Z',
  eventName: 'StopLogging',
  eventSource: 'cloudtrail.amazonaws.com',
  recipientAccountId: ACCOUNT,
  userIdentity: { type: 'IAMUser', userName: 'mallory' },
});
const OUTAGE = { kind: 'status', status: 503 } as const;
const HEALTHY = healthyAccount();

/** What Lambda puts into the on-failure queue: the batch that the matcher failed at. */
function failedBatch(timestamp: number): string {
  const payload = {
    ...{ messageType: 'DATA_MESSAGE', owner: ACCOUNT, logGroup: 'aws-cloudtrail-logs', logStream: 'CloudTrail' },
    subscriptionFilters: ['trailbell'],
    logEvents: [{ id: '1', timestamp, message: STOPPED }],
  };
  const data = gzipSync(JSON.stringify(payload)).toString('base64');
  return JSON.stringify({ version: '1.0', requestPayload: { awslogs: { data } } });
}

/** Trailbell on this machine, its queues, and the APIs through which redrive reaches all of it. */
async function deploy(loaded = RULES) {
  const clock = new Clock(NOW_MS);
  const rules = compileRules(loaded, { version: NOW_MS });
  const deployment = await startDeployment({ clock, rules, accountId: ACCOUNT, region: REGION });
  const queues = new LocalQueues({ clock, region: REGION, accountId: ACCOUNT });
  const givenUp = queues.create(`${PREFIX}-GivenUpBatches`);
  const second = queues.create(`${PREFIX}-FailedBatches2`, { deadLetters: givenUp });
  queues.create(`${PREFIX}-FailedBatches`, { deadLetters: second });
  queues.create(`${PREFIX}-Undelivered`);
  const operations: Record<string, AwsOperation> = {
    ...Object.fromEntries(
      [
        'lambda:GetFunctionEventInvokeConfig',
        'sns:ListSubscriptionsByTopic',
        'sns:GetSubscriptionAttributes',
        'cloudwatch:DescribeAlarms',
      ].map((action) => [action, HEALTHY[action] ?? (() => ({}))]),
    ),
    'lambda:GetFunctionConfiguration': () => ({
      Environment: { Variables: { TRAILBELL_ALARM_TABLE: deployment.alarmTableName, TRAILBELL_TOPIC_ARN: TOPIC } },
    }),
    'cloudwatch:SetAlarmState': () => ({}),
    ...queues.operations(),
  };
  const api = await startAwsApi(operations);
  stubAwsEnvironment(api.endpoint, { AWS_ENDPOINT_URL_DYNAMODB: deployment.dynamoDb.endpoint });
  const aws = openAwsClients(REGION);
  onTestFinished(async () => {
    aws[Symbol.dispose]();
    await api[Symbol.asyncDispose]();
    await deployment[Symbol.asyncDispose]();
  });
  let moved = 0;
  return {
    ...deployment,
    deployment,
    queues,
    operations,
    api,
    aws,
    stop: () => deployment.logGroup.putLogEvents('CloudTrail', [{ message: STOPPED }]),
    pass: (durationMs: number) => passTime(deployment, durationMs),
    /** Puts what SNS gave up since the last time into the queue of what was not delivered. */
    collectDeadLetters: () => {
      const letters = deployment.sns.deadLetters(deployment.deadLetterQueueArn);
      for (const { body } of letters.slice(moved)) queues.send(`${PREFIX}-Undelivered`, body);
      moved = letters.length;
    },
    undelivered: () => queues.messages(`${PREFIX}-Undelivered`).length,
    incidents: () =>
      deployment.pagerDuty.incidents().map(({ resolvedAtMs }) => (resolvedAtMs === undefined ? 'open' : 'closed')),
    redrive: async (isConfirmed = true) => {
      const lines: string[] = [];
      const terminal = new Terminal();
      for (const method of ['line', 'note'] as const) {
        vi.spyOn(terminal, method).mockImplementation((text = '') => void lines.push(text));
      }
      const exitCode = await redrive(aws, AT_HAND, isConfirmed, terminal, clock.nowMs());
      return { exitCode, lines };
    },
  };
}

test('an ALARM that was not delivered and is still on is told again, once, and its incident closes', async () => {
  const { pagerDuty, stop, pass, collectDeadLetters, undelivered, incidents, redrive, deployment } = await deploy();
  pagerDuty.suffer(OUTAGE);
  stop();
  await pass(2 * MINUTE_MS);
  collectDeadLetters();
  expect({ incidents: incidents(), undelivered: undelivered() }).toEqual({ incidents: [], undelivered: 1 });
  pagerDuty.recover();

  const looked = await redrive(false);
  expect(looked).toEqual({
    exitCode: 1,
    lines: [
      '0 failed batches waiting: the matcher gets them again by itself',
      '0 batches given up',
      '1 notification not delivered',
      `  stop-logging trailbell-local-${ACCOUNT}-${REGION}: ALARM, the first 0s ago`,
      'Nothing was changed. With --yes, batches go back to the matcher, and each alarm is told again as it stands.',
    ],
  });
  expect((await allAlarms(deployment))[0]?.standing?.owed).toBeUndefined();

  expect(await redrive()).toMatchObject({
    exitCode: 0,
    lines: expect.arrayContaining(['    its present state is told again, within two minutes']) as unknown,
  });
  expect(undelivered()).toBe(0);
  expect((await redrive()).lines).toContain('0 notifications not delivered');
  await pass(MINUTE_MS);
  expect(incidents()).toEqual(['open']);
  await pass(10 * MINUTE_MS);
  expect(incidents()).toEqual(['closed']);
});

test('an OK that was not delivered is told again: the incident closes; where the table does not answer, it waits for that', async () => {
  const { pagerDuty, stop, pass, clock, collectDeadLetters, undelivered, incidents, redrive, dynamoDb } =
    await deploy();
  stop();
  await pass(2 * MINUTE_MS);
  pagerDuty.suffer(OUTAGE);
  await pass(15 * MINUTE_MS);
  collectDeadLetters();
  pagerDuty.recover();
  expect(incidents()).toEqual(['open']);
  const waiting = undelivered();
  dynamoDb.injectFault({ kind: 'server error', operation: 'UpdateItem', times: 10 });
  expect(await redrive()).toMatchObject({
    exitCode: 1,
    lines: expect.arrayContaining([expect.stringMatching(/^ {4}left in the queue: /)]) as unknown,
  });
  expect(undelivered()).toBe(waiting);
  dynamoDb.clearFaults();
  await clock.advanceTo(clock.nowMs() + 2 * MINUTE_MS);
  await redrive();
  expect(undelivered()).toBe(0);
  await pass(2 * MINUTE_MS);
  expect(incidents()).toEqual(['closed']);
});

test('alarms whose groups a message cannot show as they are are told again, each its own', async () => {
  const byUser = RULES.map((rule) => ({ ...rule, groupBy: ['$.userIdentity.userName'] }));
  const { pagerDuty, deployment, pass, collectDeadLetters, undelivered, incidents, redrive } = await deploy(byUser);
  pagerDuty.suffer(OUTAGE);
  // Unseen characters, what they are shown as, more than a dimension holds, and what parts values in a name.
  const users = ['mal\u200blory', 'mal\ufffdlory', 'm'.repeat(1100), 'mallory, (eve)'];
  const messages = users.map((userName, index) => {
    const record = { ...(JSON.parse(STOPPED) as object), eventID: `e${index}`, userIdentity: { userName } };
    return { message: JSON.stringify(record) };
  });
  deployment.logGroup.putLogEvents('CloudTrail', messages);
  await pass(2 * MINUTE_MS);
  collectDeadLetters();
  pagerDuty.recover();
  expect({ incidents: incidents(), undelivered: undelivered() }).toEqual({ incidents: [], undelivered: users.length });
  const { exitCode, lines } = await redrive();
  expect(exitCode).toBe(0);
  expect(lines.filter((line) => line.includes('its present state is told again'))).toHaveLength(users.length);
  await pass(MINUTE_MS);
  expect(incidents()).toEqual(users.map(() => 'open'));
  await pass(10 * MINUTE_MS);
  expect(incidents()).toEqual(users.map(() => 'closed'));
});

test('an OK of a forgotten alarm does not close that of another, which has the group that its message shows', async () => {
  const byUser = RULES.map((rule) => ({ ...rule, groupBy: ['$.userIdentity.userName'] }));
  const { queues, deployment, pass, undelivered, incidents, redrive } = await deploy(byUser);
  const shown = { ...(JSON.parse(STOPPED) as object), userIdentity: { userName: 'mal\ufffdlory' } };
  deployment.logGroup.putLogEvents('CloudTrail', [{ message: JSON.stringify(shown) }]);
  await pass(2 * MINUTE_MS);
  const forgotten = alarmMessage({ alarm: { rule: 'stop-logging', severity: 'critical', accounts: [ACCOUNT] } });
  const { message: Message } = renderNotification({
    ...{ ...forgotten, state: 'OK', previousState: 'ALARM' },
    alarmName: `stop-logging (mal\ufffdlory) trailbell-local-${ACCOUNT}-${REGION} ~0123456789ab`,
    context: { ...forgotten.context, groupValues: [{ selector: '$.userIdentity.userName', value: 'mal\u200blory' }] },
  });
  queues.send(`${PREFIX}-Undelivered`, JSON.stringify({ Type: 'Notification', Message }));
  const { exitCode, lines } = await redrive();
  expect(exitCode).toBe(1);
  expect(lines).toContainEqual(expect.stringContaining('another alarm has the group that it shows'));
  expect(undelivered()).toBe(1);
  await pass(MINUTE_MS);
  expect(incidents()).toEqual(['open']);
});

test('a message that names an item which is no alarm stays in the queue, and stops nothing', async () => {
  const { queues, undelivered, redrive } = await deploy();
  const { message } = renderNotification(
    alarmMessage({ alarm: { rule: 'stop-logging', severity: 'critical', accounts: [ACCOUNT] } }),
  );
  const Message = message.replaceAll('"stop-logging"', '"groups#stop-logging#2026-03-11"');
  queues.send(`${PREFIX}-Undelivered`, JSON.stringify({ Type: 'Notification', Message }));
  expect((await redrive()).exitCode).toBe(1);
  expect(undelivered()).toBe(1);
});

test('an OK of an alarm that the table has forgotten is told anew, and the alarm is forgotten again', async () => {
  const { pagerDuty, stop, pass, clock, collectDeadLetters, incidents, redrive, dynamoDb, deployment } = await deploy();
  stop();
  await pass(2 * MINUTE_MS);
  pagerDuty.suffer(OUTAGE);
  await pass(15 * MINUTE_MS);
  collectDeadLetters();
  pagerDuty.recover();
  await clock.advanceTo(clock.nowMs() + 12 * HOUR_MS);
  await dynamoDb.expire(clock.nowMs());
  expect(await allAlarms(deployment)).toEqual([]);
  const { lines } = await redrive();
  expect(lines).toContain('    it has long been over: its OK is told again, within two minutes');
  await pass(2 * MINUTE_MS);
  expect(incidents()).toEqual(['closed']);
  const [alarm] = await allAlarms(deployment);
  expect(alarm?.standing).toMatchObject({ state: 'OK', expiresAtMs: expect.any(Number) as number });
});

test('an ALARM of an alarm that the table has forgotten left nothing open: nothing is told', async () => {
  const { queues, undelivered, redrive, deployment } = await deploy();
  const { message: Message } = renderNotification(
    alarmMessage({ alarm: { rule: 'stop-logging', severity: 'critical', accounts: [ACCOUNT] } }),
  );
  queues.send(`${PREFIX}-Undelivered`, JSON.stringify({ Type: 'Notification', Message }));
  const { lines } = await redrive();
  expect(lines).toContain('    it is over, and no incident was left open: nothing to tell');
  expect(undelivered()).toBe(0);
  expect(await allAlarms(deployment)).toEqual([]);
});

test('of CloudWatch’s own alarms CloudWatch is asked to tell the state; what is none of these stays', async () => {
  const { api, queues, undelivered, redrive } = await deploy();
  const envelope = (message: object) => JSON.stringify({ Type: 'Notification', Message: JSON.stringify(message) });
  const name = `matcher-errors ${PREFIX}`;
  queues.send(
    `${PREFIX}-Undelivered`,
    envelope({ AlarmName: name, NewStateValue: 'ALARM', Trigger: { Namespace: 'AWS/Lambda' } }),
  );
  queues.send(`${PREFIX}-Undelivered`, envelope({ AlarmName: name, NewStateValue: 'OK' }));
  queues.send(`${PREFIX}-Undelivered`, '\u001b[2Jnonsense');
  const { exitCode, lines } = await redrive();
  expect(exitCode).toBe(1);
  expect(lines).toContain(`  ${name}: ALARM, OK, the first 0s ago`);
  expect(lines).toContain(
    '    left in the queue: it is no notification of an alarm; look at it, then delete it by hand',
  );
  expect(undelivered()).toBe(1);
  const set = api.calls.filter(({ action }) => action === 'cloudwatch:SetAlarmState');
  expect(set.map(({ input }) => input)).toMatchObject([{ AlarmName: name, StateValue: 'INSUFFICIENT_DATA' }]);
});

test('given-up batches go back to the queue that feeds the matcher, which counts each once', async () => {
  const { queues, redrive, clock, lambda, pass, incidents, deployment } = await deploy();
  const bodies = (name: string) => queues.messages(`${PREFIX}-${name}`).map(({ body }) => body);
  const batch = failedBatch(clock.nowMs());
  queues.send(`${PREFIX}-GivenUpBatches`, batch);
  queues.send(`${PREFIX}-GivenUpBatches`, batch);
  const looked = await redrive(false);
  expect(looked.lines).toContain('2 batches given up, the oldest 0s old');
  expect(bodies('GivenUpBatches')).toEqual([batch, batch]);
  expect((await redrive()).lines).toContain('  they go back to the matcher now');
  expect(bodies('GivenUpBatches')).toEqual([]);
  expect(bodies('FailedBatches')).toEqual([batch, batch]);
  expect(await redrive()).toMatchObject({ exitCode: 0 });

  for (const { messageId, body } of queues.messages(`${PREFIX}-FailedBatches`)) {
    clock.run(async () => {
      const result = await lambda.invoke(MATCHER, { Records: [{ messageId, eventSource: 'aws:sqs', body }] });
      expect(result).toMatchObject({ kind: 'succeeded', payload: { batchItemFailures: [] } });
    });
    await clock.settled();
  }
  expect((await allAlarms(deployment)).map(({ samples }) => samples.length)).toEqual([1]);
  await pass(MINUTE_MS);
  expect(incidents()).toEqual(['open']);
});

test('batches that have nowhere to go back to stay, and are told of', async () => {
  const { operations, queues, redrive } = await deploy();
  queues.send(`${PREFIX}-FailedBatches`, 'a batch');
  operations['sqs:GetQueueAttributes'] = () => ({ Attributes: { ApproximateNumberOfMessages: '1' } });
  const { exitCode, lines } = await redrive();
  expect(lines).toContain('  they stay: no queue that feeds the matcher was found; see trailbell doctor');
  expect(exitCode).toBe(1);
});

test('where the queue of undelivered notifications is not found redrive does not say that nothing is left', async () => {
  const { operations, redrive } = await deploy();
  operations['sns:ListSubscriptionsByTopic'] = () => ({ Subscriptions: [] });
  const { exitCode, lines } = await redrive();
  expect(lines).toContain('no queue of undelivered notifications was found: see trailbell doctor');
  expect(exitCode).toBe(1);
});

test('without --yes nothing is written but that messages are given back, and the calls are those of the policy', async () => {
  const { api, queues, redrive } = await deploy();
  queues.send(`${PREFIX}-GivenUpBatches`, 'a batch');
  queues.send(
    `${PREFIX}-Undelivered`,
    JSON.stringify({ Type: 'Notification', Message: '{"AlarmName":"a","NewStateValue":"OK"}' }),
  );
  await redrive(false);
  const looked = new Set(api.calls.map(({ action }) => action));
  const reads = [...looked].filter((action) => !/:(Get|List|Describe|Receive)/.test(action));
  expect(reads).toEqual(['sqs:ChangeMessageVisibility']);
  await redrive();
  const made = new Set(api.calls.map(({ action }) => action));
  expect(Object.keys(REDRIVE_CALLS)).toEqual(expect.arrayContaining([...made]));
  const docs = readFileSync(join(PROJECT_FOLDER, 'docs/redrive.md'), 'utf8');
  const [, json = '{}'] = /```json\n(.*?)```/s.exec(docs) ?? [];
  const { Statement } = JSON.parse(json) as { readonly Statement: readonly { readonly Action: readonly string[] }[] };
  // The move task sends in the caller's name, and the table is reached by the alarm store.
  const besides = ['sqs:SendMessage', 'dynamodb:GetItem', 'dynamodb:Scan', 'dynamodb:UpdateItem'];
  expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual([...Object.keys(REDRIVE_CALLS), ...besides].sort());
});

test('without credentials the command says so, and exits with 2', async () => {
  stubNoCredentials();
  const notes: string[] = [];
  const terminal = new Terminal();
  vi.spyOn(terminal, 'note').mockImplementation((text) => void notes.push(text));
  vi.stubEnv('AWS_REGION', REGION);
  expect(await redriveCommand({ stage: 'production' }, terminal)).toBe(2);
  expect(notes[0]).toMatch(/^AWS cannot be asked: Could not load credentials/);
});
