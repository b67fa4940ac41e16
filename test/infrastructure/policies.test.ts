import { expect, test } from 'vitest';
import { ALL_SCENARIOS, input, resourcesOf } from './support/graph.ts';
import { statementsOf, type PolicyStatement } from './support/policies.ts';

/** The statements that cannot name all of their actions or resources, each for a reason of AWS's. */
const EXCEPTIONS: Readonly<Record<string, (statement: PolicyStatement) => boolean>> = {
  // In a key's policy `*` is the key itself: it has no other way to name it.
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
  'a key policy is about its key': ({ of, resources }) => of.type === 'aws:kms/key:Key' && resources.join() === '*',
  // Without this statement nobody could ever change the key or its policy again, not even root.
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  'the account administers its key': ({ of, sid, principals, actions }) =>
    of.type === 'aws:kms/key:Key' &&
    sid === 'TheAccountAdministersTheKey' &&
    /^AWS:arn:aws[\w-]*:iam::777788889999:root$/.test(principals.join()) &&
    actions.join() === 'kms:*',
  // SST's own, on live stages alone: the stub speaks to the laptop by AppSync's events and keeps large ones in SST's bucket.
  'live mode': ({ of, actions }) =>
    of.urn.startsWith('urn:pulumi:alice::') && ['appsync:*', 's3:*'].includes(actions.join()),
};

function isExcepted(statement: PolicyStatement): boolean {
  return Object.values(EXCEPTIONS).some((holds) => holds(statement));
}

/** Grants more than a word that ends in `*` may stand for. */
function isWide(statement: PolicyStatement): boolean {
  const { actions, resources, kind } = statement;
  return (
    actions.length === 0 ||
    actions.some((action) => action === '*' || action.endsWith(':*')) ||
    (kind !== 'trust' && (resources.length === 0 || resources.some((arn) => arn === '*' || !arn.startsWith('arn:aws'))))
  );
}

test.each(ALL_SCENARIOS)('%s: every statement names its actions and its resources', (scenario) => {
  const allowed = statementsOf(scenario).filter(({ effect }) => effect === 'Allow');
  expect(allowed.length).toBeGreaterThan(10);
  const wide = allowed.filter((statement) => isWide(statement) && !isExcepted(statement));
  expect(wide.map(({ of, actions, resources }) => ({ of: of.name, actions, resources }))).toEqual([]);
});

test('each exception is needed', () => {
  const all = ALL_SCENARIOS.flatMap(statementsOf).filter(isWide);
  const needed = Object.entries(EXCEPTIONS).filter(([, holds]) =>
    all.some((statement) => holds(statement) && statement.effect === 'Allow'),
  );
  expect(needed.map(([name]) => name)).toEqual(Object.keys(EXCEPTIONS));
});

test('live mode is an exception in live mode alone', () => {
  for (const scenario of ALL_SCENARIOS.filter((name) => !name.startsWith('live'))) {
    const actions = statementsOf(scenario).flatMap((statement) => statement.actions);
    expect(actions.filter((action) => /^(appsync|s3):\*$/.test(action) && action !== 's3:*')).toEqual([]);
  }
});

test.each(ALL_SCENARIOS)('%s: a role is trusted to one service of AWS, and to nobody else', (scenario) => {
  const trust = statementsOf(scenario).filter(({ kind }) => kind === 'trust');
  expect(trust.length).toBe(resourcesOf(scenario, 'aws:iam/role:Role').length);
  for (const { principals, actions } of trust) {
    expect(principals).toHaveLength(1);
    expect(principals[0]).toMatch(/^Service:(lambda|scheduler|cloudtrail|states)\.amazonaws\.com$/);
    expect(actions).toEqual(['sts:AssumeRole']);
  }
});

test.each(ALL_SCENARIOS)('%s: the scheduler takes on a role for this account and no other', (scenario) => {
  const trust = statementsOf(scenario).filter(({ principals }) => principals.join().includes('scheduler'));
  expect(trust.length).toBeGreaterThan(0);
  for (const { conditions } of trust) {
    expect(conditions.StringEquals).toEqual({ 'aws:SourceAccount': '777788889999' });
    expect(conditions.ArnEquals?.['aws:SourceArn']).toMatch(/:777788889999:schedule-group\/default$/);
  }
});

test.each(ALL_SCENARIOS)('%s: no managed policy is attached', (scenario) => {
  for (const role of resourcesOf(scenario, 'aws:iam/role:Role')) {
    expect(input(role, 'managedPolicyArns') ?? []).toEqual([]);
  }
  expect(resourcesOf(scenario, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment')).toEqual([]);
});

function actionsByRole(scenario: Parameters<typeof statementsOf>[0]) {
  const statements = statementsOf(scenario).filter(({ kind }) => kind === 'identity');
  return Object.fromEntries(
    Object.entries(Object.groupBy(statements, ({ of }) => of.name)).map(([role, own = []]) => [
      role,
      own.map(({ actions, resources }) => `${actions.join(' ')} on ${resources.map(shortArn).join(' ')}`),
    ]),
  );
}

function shortArn(arn: string): string {
  return arn.split(':').slice(5).join(':').replaceAll('trailbell-production-', '').replaceAll('-bdvfbzta', '');
}

test('what each role may do, in full', () => {
  expect(actionsByRole('production')).toEqual({
    MatcherRole: [
      'dynamodb:GetItem dynamodb:UpdateItem on table/AlarmsTable',
      'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem on table/IdempotencyTable',
      'sns:Publish on NotificationsTopic',
      'kms:GenerateDataKey kms:Decrypt on key/topic-key',
      'sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes on FailedBatchesQueue FailedBatches2Queue',
      'sqs:SendMessage on FailedBatchesQueue',
      'logs:CreateLogStream logs:PutLogEvents on log-group:/aws/lambda/matcher:log-stream:*',
    ],
    ReconcilerRole: [
      'dynamodb:GetItem dynamodb:UpdateItem on table/AlarmsTable',
      'dynamodb:BatchGetItem on table/AlarmsTable',
      'dynamodb:Query on table/AlarmsTable/index/due',
      'sns:Publish on NotificationsTopic',
      'kms:GenerateDataKey kms:Decrypt on key/topic-key',
      'logs:CreateLogStream logs:PutLogEvents on log-group:/aws/lambda/reconciler:log-stream:*',
    ],
    HeartbeatRole: ['logs:PutLogEvents on log-group:aws-cloudtrail-logs:log-stream:trailbell-heartbeat-production'],
    EveryMinuteRole: ['lambda:InvokeFunction on function:reconciler'],
    EveryBeatRole: ['lambda:InvokeFunction on function:heartbeat'],
  });
});

test('the functions use the key of the topic through SNS and in no other way', () => {
  const uses = statementsOf('production').filter(
    ({ kind, actions }) => kind === 'identity' && actions.some((action) => action.startsWith('kms:')),
  );
  expect(uses).toHaveLength(2);
  for (const { conditions } of uses) {
    expect(conditions).toEqual({ StringEquals: { 'kms:ViaService': 'sns.eu-west-1.amazonaws.com' } });
  }
});

test.each(ALL_SCENARIOS)('%s: what lets a service in, lets it in for this account alone', (scenario) => {
  const granted = statementsOf(scenario).filter(
    ({ kind, effect, principals }) =>
      kind === 'resource' && effect === 'Allow' && principals.join().includes('Service:'),
  );
  for (const { of, sid, conditions } of granted) {
    const tests = Object.values(conditions).flatMap((each) => Object.entries(each));
    const bounds = tests.filter(([variable]) =>
      ['aws:SourceArn', 'aws:SourceAccount', 'kms:EncryptionContext:aws:logs:arn'].includes(variable),
    );
    expect(bounds, `${of.name} ${sid}`).not.toEqual([]);
    // The trail of an organization is that of its management account, wherever it was created.
    for (const [, value] of bounds) expect(String(value)).toMatch(/777788889999|111122223333/);
  }
});

test('no other partition is named: ARNs and principals are those of GovCloud and of China there', () => {
  for (const [scenario, partition, suffix] of [
    ['govCloud', 'aws-us-gov', 'amazonaws.com'],
    ['china', 'aws-cn', 'amazonaws.com.cn'],
  ] as const) {
    const texts = resourcesOf(scenario).map((each) => JSON.stringify(each.inputs));
    const arns = texts.flatMap((text) => text.match(/arn:aws[\w-]*:/g) ?? []);
    expect(new Set(arns)).toEqual(new Set([`arn:${partition}:`]));
    expect(texts.join()).toContain(`sns.${scenario === 'china' ? 'cn-north-1' : 'us-gov-west-1'}.${suffix}`);
  }
});
