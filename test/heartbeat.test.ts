import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { deploymentName } from '@trailbell/core/alarm';
import { heartbeatFilterPolicy } from '@trailbell/core/config';
import { HEARTBEAT_INTERVAL_MINUTES, HEARTBEAT_NAME, heartbeatMessage, heartbeatRule } from '@trailbell/core/heartbeat';
import { preFilterFor } from '@trailbell/core/prefilter';
import { compileRules } from '@trailbell/core/rule';
import {
  Clock,
  MATCHER,
  RECONCILER,
  bundleHandler,
  logOperations,
  startAwsApi,
  startDeployment,
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '@trailbell/local';
import { expect, onTestFinished, test } from 'vitest';

const START_MS = Date.UTC(2026, 2, 11, 9, 0);
const MINUTE_MS = 60_000;
const WRITER = 'trailbell-heartbeat';
const LOG_GROUP = 'aws-cloudtrail-logs';
const STREAM = 'trailbell-heartbeat-local';
const LOCATION = { accountId: '111122223333', region: 'us-east-1' };
const DEPLOYMENT = deploymentName({ app: 'trailbell', stage: 'local', ...LOCATION });
const TOPIC_ARN = `arn:aws:sns:${LOCATION.region}:${LOCATION.accountId}:trailbell`;

const rules = compileRules([heartbeatRule(DEPLOYMENT)], { version: START_MS });
const { pattern: filterPattern } = preFilterFor(rules.rules);

/** A deployment with its heartbeat: the function, behind the real API of CloudWatch Logs, and the queue's subscription. */
async function deploy() {
  const clock = new Clock(START_MS - MINUTE_MS);
  const deployment = await startDeployment({ clock, rules, logGroupName: LOG_GROUP, ...LOCATION });
  const { lambda, logGroup, sns } = deployment;
  logGroup.subscribe({ filterName: 'trailbell', filterPattern, lambda, functionName: MATCHER });
  const logs = await startAwsApi(logOperations({ [LOG_GROUP]: { logGroup, logStreamNames: [STREAM] } }));
  const folder = await mkdtemp(join(tmpdir(), 'trailbell-heartbeat-'));
  const entryFile = fileURLToPath(import.meta.resolve('@trailbell/functions/heartbeat'));
  await bundleHandler({ entryFile, outFolder: folder });
  lambda.createFunction({
    functionName: WRITER,
    folder,
    handler: 'index.handler',
    environment: {
      TRAILBELL_LOG_GROUP: LOG_GROUP,
      TRAILBELL_HEARTBEAT_STREAM: STREAM,
      TRAILBELL_DEPLOYMENT: DEPLOYMENT,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.endpoint,
    },
    timeoutSeconds: 10,
    reservedConcurrency: 1,
    maximumRetryAttempts: 0,
  });
  const queue = await startRecordingSubscriber(clock);
  const everything = await startRecordingSubscriber(clock);
  const client = new SNSClient({
    region: LOCATION.region,
    endpoint: sns.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const subscribe = (Endpoint: string, Attributes: Record<string, string>) =>
    client.send(new SubscribeCommand({ TopicArn: TOPIC_ARN, Protocol: 'http', Endpoint, Attributes }));
  await subscribe(queue.url, { ...heartbeatFilterPolicy() });
  await subscribe(everything.url, {});
  await clock.settled();
  onTestFinished(async () => {
    client.destroy();
    await Promise.all([queue.stop(), everything.stop()]);
    await deployment[Symbol.asyncDispose]();
    await logs[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });
  return { ...deployment, logs, queue, everything };
}

/** Lets Scheduler play its part for so many minutes: the reconciler each minute, and a beat when it is time. */
async function runMinutes({ clock, lambda }: Awaited<ReturnType<typeof deploy>>, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await clock.advanceTo(clock.nowMs() - (clock.nowMs() % MINUTE_MS) + MINUTE_MS);
    const sinceStart = (clock.nowMs() - START_MS) / MINUTE_MS;
    if (sinceStart % HEARTBEAT_INTERVAL_MINUTES === 0) lambda.invokeAsync(WRITER, {});
    lambda.invokeAsync(RECONCILER, {});
    await clock.settled();
  }
}

/** State, and minutes and seconds since the start. */
function told({ notifications }: RecordingSubscriber): readonly string[] {
  return notifications.map(({ atMs, json }) => {
    const { NewStateValue: state } = JSON.parse(String(json.Message)) as { readonly NewStateValue?: unknown };
    return `${String(state)} ${new Date(atMs - START_MS).toISOString().slice(14, 19)}`;
  });
}

test('each beat is told once and resolved once, in the queue, and PagerDuty hears nothing', async () => {
  const deployment = await deploy();
  const { queue, everything, pagerDuty, logs, dynamoDb } = deployment;
  const heard: unknown[] = [];
  pagerDuty.onChange((event) => heard.push(event));
  await runMinutes(deployment, HEARTBEAT_INTERVAL_MINUTES);
  dynamoDb.usage.reset();
  await runMinutes(deployment, HEARTBEAT_INTERVAL_MINUTES);
  expect(told(everything)).toEqual(['ALARM 00:05', 'OK 05:00', 'ALARM 10:05', 'OK 15:00']);
  expect(told(queue)).toEqual(['OK 05:00', 'OK 15:00']);
  expect(heard).toEqual([]);
  expect(logs.calls.map(({ action }) => action)).toEqual(['logs:PutLogEvents', 'logs:PutLogEvents']);

  const [notification] = queue.notifications;
  const message = JSON.parse(String(notification?.json.Message)) as Readonly<Record<string, unknown>>;
  expect(message).toMatchObject({ Trailbell: { rule: HEARTBEAT_NAME, routes: [HEARTBEAT_NAME], severity: 'info' } });
  expect(notification?.json.MessageAttributes).toMatchObject({ routes: { Value: `["${HEARTBEAT_NAME}"]` } });

  // What docs/heartbeat.md reckons a beat to cost.
  const { UpdateItem, PutItem, DeleteItem } = dynamoDb.usage.all();
  const writes = [UpdateItem, PutItem, DeleteItem].map((usage) => usage?.capacityUnits ?? 0);
  expect(writes.reduce((sum, units) => sum + units, 0)).toBeLessThanOrEqual(24);
});

test.for<[what: string, breakIt: (deployment: Awaited<ReturnType<typeof deploy>>) => void]>([
  [
    'a matcher that fails',
    ({ lambda }) => {
      lambda.updateFunction(MATCHER, { environment: {} });
    },
  ],
  [
    'a reconciler that fails',
    ({ lambda }) => {
      lambda.updateFunction(RECONCILER, { environment: {} });
    },
  ],
])('%s is missed: no OK comes out', async ([, breakIt]) => {
  const deployment = await deploy();
  breakIt(deployment);
  await runMinutes(deployment, 1);
  await deployment.clock.advanceTo(START_MS + 6 * MINUTE_MS);
  await runMinutes(deployment, 1);
  expect(deployment.queue.notifications).toEqual([]);
});

test('the beats of another stage in the same log group count for nothing', async () => {
  const deployment = await deploy();
  const message = heartbeatMessage(deploymentName({ app: 'trailbell', stage: 'other', ...LOCATION }), START_MS);
  deployment.lambda.updateFunction(WRITER, { environment: {} });
  deployment.logGroup.putLogEvents('other', [{ message }]);
  await runMinutes(deployment, 2);
  expect(deployment.everything.notifications).toEqual([]);
  expect(deployment.lambda.metrics(MATCHER).LogEvents).toBeUndefined();
});
