import { RETRY_HORIZON_MS } from '@trailbell/core/alarm';
import { FAILED_BATCH_RETRIES } from '@trailbell/core/config';
import { expect, test } from 'vitest';
import { ALL_SCENARIOS, DEPLOYED, input, resource, resourcesOf, type Resource } from './support/graph.ts';
import { statementsOf } from './support/policies.ts';
import type { Scenario } from './support/scenarios.ts';

const QUEUE = 'aws:sqs/queue:Queue';
const DAY_SECONDS = 24 * 3600;

function arnOfQueue({ inputs }: Resource): string {
  return `arn:aws:sqs:eu-west-1:777788889999:${String(inputs.name)}`;
}

function redriveOf({ inputs }: Resource): { deadLetterTargetArn: string; maxReceiveCount?: number } | undefined {
  if (typeof inputs.redrivePolicy !== 'string') return undefined;
  return JSON.parse(inputs.redrivePolicy) as { deadLetterTargetArn: string; maxReceiveCount?: number };
}

function pagerDutyOf(scenario: Scenario): readonly Resource[] {
  return resourcesOf(scenario, 'aws:sns/topicSubscription:TopicSubscription').filter(
    ({ inputs }) => inputs.protocol === 'https',
  );
}

test.each(ALL_SCENARIOS)(
  '%s: the topic is encrypted with a key that CloudWatch and the functions may use',
  (scenario) => {
    const topic = resource(scenario, 'NotificationsTopic');
    const key = resource(scenario, 'TopicKey');
    expect(String(topic.inputs.kmsMasterKeyId)).toMatch(/^arn:aws[\w-]*:kms:.*:key\/topic-key$/);
    expect(topic.inputs.fifoTopic).toBe(false);
    expect(key.inputs.enableKeyRotation).toBe(true);
    const statements = statementsOf(scenario).filter(({ of }) => of.urn === key.urn);
    const cloudWatch = statements.find(({ principals }) => principals.includes('Service:cloudwatch.amazonaws.com'));
    expect(cloudWatch?.actions).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*']);
    // What their own policies allow them, the key's allows them by the account's statement.
    expect(statements.map(({ sid }) => sid)).toContain('TheAccountAdministersTheKey');
  },
);

test.each(ALL_SCENARIOS)(
  '%s: only the alarms of this account publish to the topic from outside, and only over TLS',
  (scenario) => {
    const statements = statementsOf(scenario).filter(({ of }) => of.name === 'NotificationsPolicy');
    expect(statements.map(({ sid, effect }) => [sid, effect])).toEqual([
      ['CloudWatchAlarmsPublish', 'Allow'],
      ['OnlyOverTls', 'Deny'],
    ]);
    expect(statements[0]?.conditions.ArnLike?.['aws:SourceArn']).toMatch(/:777788889999:alarm:\*$/);
    expect(statements[1]).toMatchObject({
      principals: ['*'],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  },
);

test('one HTTPS subscription for each route, with what it takes', () => {
  const policies = pagerDutyOf('severalRoutes').map(({ name, inputs }) => [
    name,
    inputs.filterPolicyScope,
    inputs.filterPolicy,
  ]);
  expect(policies).toEqual([
    ['PagerDuty-gone', 'MessageAttributes', '{"routes":["gone"]}'],
    [
      'PagerDuty-rest',
      'MessageBody',
      '{"Trailbell":{"routes":[{"anything-but":["urgent","gone","trailbell-heartbeat"]},{"exists":false}]}}',
    ],
    ['PagerDuty-urgent', 'MessageAttributes', '{"routes":["urgent"]}'],
  ]);
});

test.each(ALL_SCENARIOS)(
  '%s: PagerDuty gets SNS’s envelope, confirms by itself, and what it does not take is kept',
  (scenario) => {
    const undelivered = resource(scenario, 'UndeliveredQueue');
    const subscriptions = pagerDutyOf(scenario);
    expect(subscriptions.length).toBeGreaterThan(0);
    for (const subscription of subscriptions) {
      expect(subscription.inputs).toMatchObject({ rawMessageDelivery: false, endpointAutoConfirms: true });
      expect(redriveOf(subscription)?.deadLetterTargetArn.endsWith(`:${String(undelivered.inputs.name)}`)).toBe(true);
      expect(subscription.dependsOn).toContain(resource(scenario, 'UndeliveredPolicy').urn);
    }
  },
);

test('SNS retries no longer than the order of ALARM and OK allows', () => {
  const DELIVERY_TIMEOUT_SECONDS = 15;
  const CLOCKS_DIFFER_MS = 120_000;
  for (const { inputs } of pagerDutyOf('severalRoutes')) {
    const { healthyRetryPolicy } = JSON.parse(String(inputs.deliveryPolicy)) as {
      healthyRetryPolicy: { numRetries: number; maxDelayTarget: number };
    };
    const { numRetries, maxDelayTarget } = healthyRetryPolicy;
    const lastsMs = ((numRetries + 1) * DELIVERY_TIMEOUT_SECONDS + numRetries * maxDelayTarget) * 1000;
    expect(lastsMs + CLOCKS_DIFFER_MS).toBeLessThanOrEqual(RETRY_HORIZON_MS);
    expect(numRetries).toBeGreaterThanOrEqual(3);
  }
});

test.each(ALL_SCENARIOS)(
  '%s: every queue is encrypted, refuses what does not come over TLS, and has a policy',
  (scenario) => {
    const queues = resourcesOf(scenario, QUEUE);
    for (const queue of queues) expect(queue.inputs.sqsManagedSseEnabled).toBe(true);
    const denied = statementsOf(scenario).filter(
      ({ of, effect, conditions }) =>
        of.type === 'aws:sqs/queuePolicy:QueuePolicy' &&
        effect === 'Deny' &&
        conditions.Bool?.['aws:SecureTransport'] === 'false',
    );
    expect(denied).toHaveLength(queues.length);
  },
);

test.each(['production', 'severalRoutes'] as const)(
  '%s: a queue that SNS sends to lets this topic send, and no other',
  (scenario) => {
    const topicArn = `arn:aws:sns:eu-west-1:777788889999:${String(resource(scenario, 'NotificationsTopic').inputs.name)}`;
    const targets = resourcesOf(scenario, 'aws:sns/topicSubscription:TopicSubscription').map((subscription) =>
      subscription.inputs.protocol === 'sqs'
        ? String(subscription.inputs.endpoint)
        : redriveOf(subscription)?.deadLetterTargetArn,
    );
    expect(new Set(targets).size).toBe(2);
    for (const target of targets) {
      const allowed = statementsOf(scenario).filter(
        ({ effect, kind, resources }) => kind === 'resource' && effect === 'Allow' && resources.join() === target,
      );
      expect(allowed).toMatchObject([
        {
          actions: ['sqs:SendMessage'],
          principals: ['Service:sns.amazonaws.com'],
          conditions: {
            ArnEquals: { 'aws:SourceArn': topicArn },
            StringEquals: { 'aws:SourceAccount': '777788889999' },
          },
        },
      ]);
    }
  },
);

test('what holds pages or batches that failed keeps them as long as SQS can', () => {
  for (const name of ['UndeliveredQueue', 'FailedBatchesQueue', 'FailedBatches2Queue', 'GivenUpBatchesQueue']) {
    expect(resource('production', name).inputs.messageRetentionSeconds).toBe(14 * DAY_SECONDS);
  }
});

test('a batch that fails is tried three times within an hour by Lambda, and goes to the first queue', () => {
  expect(resource('production', 'MatcherEventInvokeConfig').inputs).toMatchObject({
    maximumRetryAttempts: 2,
    maximumEventAgeInSeconds: 3600,
    destinationConfig: { onFailure: { destination: arnOfQueue(resource('production', 'FailedBatchesQueue')) } },
  });
});

test('the queues bring it to the matcher with growing delay, for six hours, and then give it up', () => {
  const names = ['FailedBatchesQueue', 'FailedBatches2Queue', 'GivenUpBatchesQueue'];
  const queues = names.map((name) => resource('production', name));
  const delays = queues.slice(0, 2).map(({ inputs }) => Number(inputs.visibilityTimeoutSeconds));
  expect(delays).toEqual(FAILED_BATCH_RETRIES.map(({ everyMs }) => everyMs / 1000));
  expect(delays[1]).toBeGreaterThan(delays[0] ?? Infinity);
  for (const [index, { times }] of FAILED_BATCH_RETRIES.entries()) {
    const queue = queues[index];
    const next = queues[index + 1];
    if (queue === undefined || next === undefined) throw new Error('fewer queues than retries');
    expect(redriveOf(queue)).toEqual({ deadLetterTargetArn: arnOfQueue(next), maxReceiveCount: times });
  }
  const hours = FAILED_BATCH_RETRIES.reduce((sum, { everyMs, times }) => sum + everyMs * times, 0) / 3_600_000;
  expect(hours).toBe(6);
});

test.each(ALL_SCENARIOS)(
  '%s: the queues feed the matcher unless a laptop would swallow what they bring',
  (scenario) => {
    const mappings = resourcesOf(scenario, 'aws:lambda/eventSourceMapping:EventSourceMapping');
    expect(mappings).toHaveLength(2);
    const timeout = Number(resource(scenario, 'MatcherFunction').inputs.timeout);
    for (const { inputs } of mappings) {
      expect(inputs).toMatchObject({
        functionName: resource(scenario, 'MatcherFunction').inputs.name,
        enabled: !scenario.startsWith('live'),
        functionResponseTypes: ['ReportBatchItemFailures'],
        scalingConfig: { maximumConcurrency: 2 },
      });
      const queue = resourcesOf(scenario, QUEUE).find(({ inputs: { name } }) =>
        String(inputs.eventSourceArn).endsWith(`:${String(name)}`),
      );
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      expect(Number(queue?.inputs.visibilityTimeoutSeconds)).toBeGreaterThanOrEqual(6 * timeout);
    }
  },
);

test.each(DEPLOYED)('%s: the reconciler runs every minute, is not retried, and waits for nobody', (scenario) => {
  expect(resource(scenario, 'EveryMinuteSchedule').inputs).toMatchObject({
    scheduleExpression: 'rate(1 minute)',
    state: 'ENABLED',
    target: { retryPolicy: { maximumRetryAttempts: 0 } },
  });
  expect(resource(scenario, 'ReconcilerEventInvokeConfig').inputs).toMatchObject({
    maximumRetryAttempts: 0,
    maximumEventAgeInSeconds: 60,
  });
  expect(Number(resource(scenario, 'ReconcilerFunction').inputs.timeout)).toBeLessThan(60);
});

test('the heartbeat goes the whole path to a queue of its own, and to no pager', () => {
  expect(resource('production', 'HeartbeatStream').inputs).toEqual({
    logGroupName: 'aws-cloudtrail-logs',
    name: 'trailbell-heartbeat-production',
  });
  expect(resource('production', 'EveryBeatSchedule').inputs).toMatchObject({ scheduleExpression: 'rate(10 minutes)' });
  expect(resource('production', 'HeartbeatSubscription').inputs).toMatchObject({
    protocol: 'sqs',
    endpoint: arnOfQueue(resource('production', 'HeartbeatsQueue')),
    filterPolicy: '{"routes":["trailbell-heartbeat"],"state":["OK"]}',
  });
  expect(resource('production', 'HeartbeatsQueue').inputs.messageRetentionSeconds).toBe(3600);
  for (const { inputs } of pagerDutyOf('production')) expect(inputs.filterPolicy).toContain('trailbell-heartbeat');
});

test('the heartbeat can be switched off', () => {
  expect(resourcesOf('everythingOff').filter(({ name }) => /heartbeat|beat$/i.test(name))).toEqual([]);
});

test.each(ALL_SCENARIOS)('%s: a secret is where PagerDuty is subscribed, and in no function', (scenario) => {
  const isSecret = (text: string) => /https:\/\/events\.pagerduty\.com\/integration\/[0-9a-f]{32}/.test(text);
  const holders = resourcesOf(scenario).filter(({ inputs }) => isSecret(JSON.stringify(inputs)));
  const expected = [...pagerDutyOf(scenario).map(({ name }) => name), ...secretLinks(scenario)];
  expect(holders.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
  for (const { name, secrets } of pagerDutyOf(scenario)) expect([name, secrets]).toEqual([name, ['endpoint']]);
  for (const { inputs } of resourcesOf(scenario, 'aws:lambda/function:Function')) {
    expect(JSON.stringify(inputs)).not.toContain('pagerduty');
  }
});

/** SST notes what could be linked, secrets among it, in its encrypted state; a link itself is nowhere. */
function secretLinks(scenario: Scenario): readonly string[] {
  return resourcesOf(scenario, 'sst:sst:LinkRef')
    .filter(({ inputs, secrets }) => JSON.stringify(inputs).includes('pagerduty') && secrets.length > 0)
    .map(({ name }) => name);
}

test('the tables forget by themselves, cost nothing while idle, and the alarms can be restored', () => {
  const alarms = resource('production', 'AlarmsTable').inputs;
  expect(alarms).toMatchObject({
    billingMode: 'PAY_PER_REQUEST',
    ttl: { attributeName: 'expiresAt', enabled: true },
    pointInTimeRecovery: { enabled: true },
    deletionProtectionEnabled: true,
    globalSecondaryIndexes: [{ name: 'due', hashKey: 'shard', rangeKey: 'due', projectionType: 'KEYS_ONLY' }],
  });
  expect(resource('production', 'IdempotencyTable').inputs).toMatchObject({
    billingMode: 'PAY_PER_REQUEST',
    ttl: { attributeName: 'expiration', enabled: true },
  });
  expect(input(resource('personal', 'AlarmsTable'), 'deletionProtectionEnabled')).toBe(false);
});
