import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compileRules, loadRules } from '@trailbell/core/rule';
import { Clock, startLambda } from '@trailbell/local';
import { afterAll, beforeEach, expect, inject, test } from 'vitest';
import { startLocalS3, type S3Request } from '../support/local-s3.ts';
import { STOP_LOGGING_RULE, stopLogging } from '../support/stop-logging.ts';
import { graphOf, input, resource, resourcesOf } from './support/graph.ts';
import { playMap, type MapDefinition, type TaskState } from './support/play-map.ts';
import { statementsOf } from './support/policies.ts';

const SCENARIO = 'backtest';
const WORK = 'trailbell-production-backtestworkbucket-bdvfbzta';
const ARCHIVE = 'my-trail-bucket';

const definition = JSON.parse(String(resource(SCENARIO, 'BacktestMachine').inputs.definition)) as MapDefinition;
const map = definition.States.ScanShards;
const task = map?.ItemProcessor.States.ScanShard as TaskState;

const compiled = compileRules(loadRules([{ path: 'rules.yaml', text: STOP_LOGGING_RULE }]).rules, { version: 1 });
const s3 = await startLocalS3({ archive: ARCHIVE, work: WORK });
const credentials = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-west-1' };
Object.assign(process.env, { ...credentials, AWS_ENDPOINT_URL_S3: s3.url, TRAILBELL_WORK_BUCKET: WORK });
// They read the environment when they are loaded.
const { backtest } = await import('@trailbell/cli/backtest/backtest');
const { mergeScans } = await import('@trailbell/cli/backtest/merge-scans');
const { planInBucket } = await import('@trailbell/cli/backtest/aws/plan-in-bucket');
const { handler } = await import('@trailbell/cli/backtest/aws/shard-function');
afterAll(() => s3[Symbol.asyncDispose]());

beforeEach(() => {
  for (const objects of [s3.objects, s3.work]) objects.clear();
  for (let file = 0; file < 9; file++) {
    const time = new Date(Date.UTC(2026, 2, 1, 0, file * 3)).toISOString();
    const records = ['111122223333', '444455556666'].map((account) => stopLogging(account, time));
    s3.objects.set(`logs/${file}.json.gz`, gzipSync(JSON.stringify({ Records: records })));
  }
  s3.requests.length = 0;
});

test('without the setting there is nothing of it, and with it everything else is as without it', () => {
  const names = (scenario: 'production' | typeof SCENARIO) =>
    resourcesOf(scenario)
      .map(({ name }) => name)
      .sort();
  expect(names('production').filter((name) => name.includes('Backtest'))).toEqual([]);
  expect(names(SCENARIO).filter((name) => !name.startsWith('Backtest'))).toEqual(names('production'));
  expect(Object.keys(graphOf('production').outputs as object)).not.toContain('backtestWorkBucket');
});

test('the deploy says where plans go, what runs them, and who reads the archives', () => {
  expect(graphOf(SCENARIO).outputs).toMatchObject({
    backtestWorkBucket: WORK,
    backtestStateMachine: `arn:aws:states:eu-west-1:777788889999:stateMachine:${WORK}`,
    backtestRole: expect.stringMatching(
      /^arn:aws:iam::777788889999:role\/trailbell-production-BacktestShardRole/,
    ) as string,
  });
  expect(resource(SCENARIO, 'BacktestMachine').inputs).toMatchObject({ name: WORK, type: 'STANDARD' });
});

test('the work bucket is private, encrypted, reached over TLS alone, and forgets', () => {
  expect(resource(SCENARIO, 'BacktestWorkPublicAccessBlock').inputs).toEqual({
    bucket: WORK,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  expect(resource(SCENARIO, 'BacktestWorkEncryption').inputs.rules).toEqual([
    { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } },
  ]);
  const policy = statementsOf(SCENARIO).filter(({ of }) => of.name === 'BacktestWorkPolicy');
  expect(policy).toMatchObject([
    { effect: 'Deny', actions: ['s3:*'], principals: ['*'], conditions: { Bool: { 'aws:SecureTransport': 'false' } } },
  ]);
  expect(resource(SCENARIO, 'BacktestWorkLifecycle').inputs.rules).toMatchObject([
    { status: 'Enabled', expiration: { days: 7 } },
  ]);
});

test('the work bucket goes when the setting does, also in a protected stage', () => {
  expect(resource(SCENARIO, 'BacktestWorkBucket')).toMatchObject({ protect: false, retainOnDelete: false });
  expect(resource(SCENARIO, 'BacktestWorkBucket').inputs.forceDestroy).toBe(true);
});

test('the function has a processor, a quarter of an hour, room for files, and is told of the work bucket alone', () => {
  const { inputs } = resource(SCENARIO, 'BacktestShardFunction');
  expect(inputs).toMatchObject({ memorySize: 1769, timeout: 900, ephemeralStorage: { size: 4096 } });
  expect(inputs.reservedConcurrentExecutions).toBeUndefined();
  const variables = input({ inputs }, 'environment.variables') as object;
  expect(Object.keys(variables).toSorted()).toEqual([
    'SST_KEY',
    'SST_KEY_FILE',
    'SST_RESOURCE_App',
    'TRAILBELL_WORK_BUCKET',
  ]);
  expect(resource(SCENARIO, 'BacktestShardLogs').inputs.retentionInDays).toBe(30);
  // The rules come with each plan.
  const { folder } = graphOf(SCENARIO).functions.find(({ functionId }) => functionId === 'BacktestShard') ?? {};
  expect(readdirSync(folder ?? '').toSorted()).toEqual(['bundle.mjs', 'resource.enc']);
});

function allowedOf(role: string): readonly string[] {
  return statementsOf(SCENARIO)
    .filter(({ of, kind }) => of.name === role && kind === 'identity')
    .map(({ actions, resources }) => `${actions.join(' ')} on ${resources.join(' ')}`.replaceAll(WORK, 'WORK'));
}

test('the function reads the archives that are named, and writes what shards come to', () => {
  expect(allowedOf('BacktestShardRole')).toEqual([
    's3:GetObject on arn:aws:s3:::my-trail-bucket/* arn:aws:s3:::an-older-trail/*',
    'kms:Decrypt on arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    's3:GetObject on arn:aws:s3:::WORK/*/rules.json arn:aws:s3:::WORK/*/shards/* arn:aws:s3:::WORK/*/scans/*',
    's3:PutObject on arn:aws:s3:::WORK/*/scans/*',
    's3:ListBucket on arn:aws:s3:::WORK',
    'logs:CreateLogStream logs:PutLogEvents on arn:aws:logs:eu-west-1:777788889999:log-group:/aws/lambda/trailbell-production-backtestshard:log-stream:*',
  ]);
  const conditions = statementsOf(SCENARIO)
    .filter(({ of }) => of.name === 'BacktestShardRole')
    .map((statement) => statement.conditions);
  expect(conditions).toContainEqual({ StringLike: { 's3:prefix': '*/scans/*' } });
  expect(conditions).toContainEqual({ StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } });
});

test('the state machine invokes the function, reads plans, starts its own executions, and writes their results', () => {
  expect(allowedOf('BacktestMachineRole')).toEqual([
    'lambda:InvokeFunction on arn:aws:lambda:eu-west-1:777788889999:function:trailbell-production-backtestshard',
    's3:GetObject on arn:aws:s3:::WORK/*/plan.jsonl',
    'states:StartExecution on arn:aws:states:eu-west-1:777788889999:stateMachine:WORK',
    'states:DescribeExecution states:StopExecution on arn:aws:states:eu-west-1:777788889999:execution:WORK:*',
    's3:PutObject s3:GetObject s3:ListMultipartUploadParts s3:AbortMultipartUpload on arn:aws:s3:::WORK/*/results/*',
  ]);
  const trust = statementsOf(SCENARIO).find(({ of, kind }) => of.name === 'BacktestMachineRole' && kind === 'trust');
  expect(trust).toMatchObject({
    principals: ['Service:states.amazonaws.com'],
    conditions: {
      StringEquals: { 'aws:SourceAccount': '777788889999' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:states:eu-west-1:777788889999:stateMachine:*' },
    },
  });
});

test('the map is distributed over the lines of the plan, at most so many at once, and tolerates no failure', () => {
  expect(map).toMatchObject({
    Type: 'Map',
    End: true,
    MaxConcurrency: 50,
    ToleratedFailurePercentage: 0,
    ItemReader: {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'JSONL' },
      Parameters: { Bucket: WORK, 'Key.$': '$.plan' },
    },
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'ScanShard' },
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: WORK, 'Prefix.$': '$.results' },
    },
  });
});

test('what passes is tried again with growing pauses, and what does not is not', () => {
  expect(task).toMatchObject({ Resource: 'arn:aws:states:::lambda:invoke', TimeoutSeconds: 960 });
  expect(task.Retry).toEqual([
    { ErrorEquals: ['BadShard', 'OtherRules', 'ShardTooSlow'], MaxAttempts: 0 },
    {
      ErrorEquals: expect.arrayContaining(['Lambda.TooManyRequestsException', 'Lambda.ServiceException']) as string[],
      ...{ IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 120, MaxAttempts: 12, JitterStrategy: 'FULL' },
    },
    { ErrorEquals: ['States.ALL'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 3, JitterStrategy: 'FULL' },
  ]);
});

test('every state that is named is there, and each execution can come to its end', () => {
  const { States = {}, StartAt } = map?.ItemProcessor ?? {};
  const named = Array.from(JSON.stringify(States).matchAll(/"(?:Next|Default)":"(\w+)"/g), ([, name]) => name);
  expect(new Set([StartAt, ...named])).toEqual(new Set(Object.keys(States)));
  expect(Object.values(States).filter(({ Type }) => Type === 'Succeed')).toHaveLength(1);
});

const whole = () => backtest({ compiled, paths: [`s3://${ARCHIVE}/logs/`], threads: 1 });

async function plan(): Promise<void> {
  await planInBucket({
    ...{ paths: [`s3://${ARCHIVE}/logs/`], shardBytes: 600, compiled },
    folder: { bucket: WORK, key: 'first/' },
  });
  s3.requests.length = 0;
}

/** What `trailbell backtest --plan` tells to start with. */
const INPUT = { plan: 'first/plan.jsonl', results: 'first/results' };

function readObject(bucket: string, key: string): string {
  expect(isAllowed('BacktestMachineRole', 's3:GetObject', `arn:aws:s3:::${bucket}/${key}`)).toBe(true);
  return (s3.work.get(key) ?? Buffer.alloc(0)).toString('utf8');
}

function isAllowed(role: string, action: string, arn: string, prefix?: string): boolean {
  return statementsOf(SCENARIO).some(
    ({ of, kind, actions, resources, conditions }) =>
      of.name === role &&
      kind === 'identity' &&
      actions.includes(action) &&
      resources.some((each) => isLike(each, arn)) &&
      (prefix === undefined || isLike(String(conditions.StringLike?.['s3:prefix']), prefix)),
  );
}

function isLike(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(text);
}

function isAllowedToFunction({ operation, bucket, of }: S3Request): boolean {
  const arn = `arn:aws:s3:::${bucket}`;
  return operation === 'ListObjectsV2'
    ? isAllowed('BacktestShardRole', 's3:ListBucket', arn, of)
    : isAllowed('BacktestShardRole', `s3:${operation}`, `${arn}/${of}`);
}

function startFunction() {
  const { inputs } = resource(SCENARIO, 'BacktestShardFunction');
  const functionName = String(inputs.name);
  const lambda = startLambda({
    clock: new Clock(Date.UTC(2026, 2, 2)),
    location: { accountId: '777788889999', region: 'eu-west-1' },
  });
  lambda.createFunction({
    functionName,
    folder: join(inject('graphsFolder'), 'backtest-functions', 'BacktestShard'),
    handler: String(inputs.handler),
    environment: {
      ...(input({ inputs }, 'environment.variables') as Readonly<Record<string, string>>),
      AWS_ENDPOINT_URL_S3: s3.url,
    },
    timeoutSeconds: Number(inputs.timeout),
    reservedConcurrency: 1,
  });
  return {
    invoke: async (functionArn: string, payload: unknown): Promise<unknown> => {
      expect(functionArn).toBe(lambda.functionArn(functionName));
      const result = await lambda.invoke(functionName, payload);
      if (result.kind === 'succeeded') return result.payload;
      const { errorType, errorMessage } = result.kind === 'failed' ? result.error : throttled;
      throw Object.assign(new Error(errorMessage), { name: errorType });
    },
    [Symbol.asyncDispose]: () => lambda.stop(),
  };
}

const throttled = { errorType: 'Lambda.TooManyRequestsException', errorMessage: 'throttled' };

test('a plan that the state machine plays with the deployed bundle, and its permissions, comes to what one run comes to', async () => {
  await plan();
  await using deployed = startFunction();
  const ends = await playMap(definition, INPUT, { readObject, invoke: deployed.invoke });
  expect(ends.length).toBeGreaterThan(2);
  for (const end of ends) expect(end).toMatchObject({ progress: { isDone: true, filesLeft: 0 } });
  expect(s3.requests.length).toBeGreaterThan(20);
  expect(s3.requests.filter((request) => !isAllowedToFunction(request))).toEqual([]);
  const result = await mergeScans([`s3://${WORK}/first/`], compiled);
  expect(result.rules[0]?.incidents.length).toBeGreaterThan(1);
  expect(result).toEqual(await whole());
});

test('the deployed bundle names its errors as the state machine knows them', async () => {
  await plan();
  await using deployed = startFunction();
  const invocations: unknown[] = [];
  const invoke = (functionArn: string, payload: unknown) => {
    invocations.push(payload);
    return deployed.invoke(functionArn, payload);
  };
  s3.work.delete('first/rules.json');
  await expect(playMap(definition, INPUT, { readObject, invoke })).rejects.toMatchObject({ name: 'BadShard' });
  expect(invocations).toHaveLength(1);
});

test('a shard whose runs end for want of time, or fail, is run again until it is done', async () => {
  await plan();
  let invocations = 0;
  const invoke = async (_functionArn: string, item: unknown) => {
    invocations += 1;
    if (invocations === 2) throw Object.assign(new Error('out of memory'), { name: 'Runtime.ExitError' });
    let asked = -1;
    const context = {
      awsRequestId: `request-${invocations}`,
      // One file is begun in each run.
      getRemainingTimeInMillis: () => (asked++ < 1 ? 900_000 : 100_000),
    };
    return handler(item, context as unknown as Parameters<typeof handler>[1]);
  };
  const ends = await playMap(definition, INPUT, { readObject, invoke });
  expect(invocations).toBe(s3.objects.size + 1);
  expect(ends.length).toBeLessThan(s3.objects.size);
  expect(await mergeScans([`s3://${WORK}/first/`], compiled)).toEqual(await whole());
});
