import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { LATENESS_MINUTES, MINUTE_MS, RETRY_HORIZON_MS, deploymentName, windowMinutes } from '@trailbell/core/alarm';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { filterPolicyOf, type RouteScope } from '@trailbell/core/config';
import { RULES_FILE_NAME } from '@trailbell/functions/deployed-rules';
import type { Clock } from '../clock/clock.ts';
import { startDynamoDb, type LocalDynamoDb } from '../dynamodb/index.ts';
import { bundleHandler, startLambda, type InvocationRecord, type LocalLambda, type LogLine } from '../lambda/index.ts';
import { LogGroup, MAX_LOG_EVENT_BYTES, type SubscriptionSettings } from '../logs/index.ts';
import { startPagerDuty, type LocalPagerDuty } from '../pagerduty/index.ts';
import { startSns, type LocalSns } from '../sns/index.ts';
import { createTables } from './create-tables.ts';
import { FailedBatchQueue } from './failed-batch-queue.ts';

export const MATCHER = 'trailbell-matcher';
export const RECONCILER = 'trailbell-reconciler';

/** The key of the default route's PagerDuty integration. */
export const INTEGRATION_KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

const ONE_ROUTE: readonly RouteScope[] = [{ name: 'on-call', default: true }];

/** The key of the PagerDuty integration that a route leads to. */
export function integrationKeyOf(route: Pick<RouteScope, 'name' | 'default'>): string {
  return route.default ? INTEGRATION_KEY : hash('sha256', route.name, 'hex').slice(0, 32);
}

const TABLES = { alarms: 'trailbell-alarms', idempotency: 'trailbell-idempotency' };

/** Well under the minute after which Lambda retries: by then a batch that died is no longer taken for one in progress. */
const TIMEOUT_SECONDS = 30;

export interface DeploymentSettings {
  readonly clock: Clock;
  readonly rules: CompiledRules;
  readonly accountId?: string;
  readonly region?: string;
  readonly stage?: string;
  /** Each has a PagerDuty integration of its own; one that takes everything where absent. */
  readonly routes?: readonly RouteScope[];
  readonly logGroupName?: string;
  readonly alarmNamePrefix?: string;
  /** How the log group delivers: doubled, shuffled, late. */
  readonly delivery?: Pick<SubscriptionSettings, 'deliversTwice' | 'shuffle' | 'delayMs' | 'batchAfterMs'>;
  readonly onLog?: (line: LogLine) => void;
}

/** Trailbell, deployed on this machine: its own bundles, between stand-ins that speak the real protocols. */
export interface LocalDeployment extends AsyncDisposable {
  readonly clock: Clock;
  readonly dynamoDb: LocalDynamoDb;
  readonly dynamoDbClient: DynamoDBClient;
  readonly sns: LocalSns;
  readonly lambda: LocalLambda;
  readonly logGroup: LogGroup;
  readonly pagerDuty: LocalPagerDuty;
  readonly alarmTableName: string;
  readonly deadLetterQueueArn: string;
  /** When an alarm's state can no longer change because of what came before. */
  readonly quietAfterMs: number;
  /** What Lambda gave up of the matcher's invocations; it is tried again. */
  readonly failedBatches: FailedBatchQueue;
}

/** Starts everything, with the PagerDuty subscription confirmed and the log group subscribed. Ends it all if a part fails. */
export async function startDeployment(settings: DeploymentSettings): Promise<LocalDeployment> {
  const { clock, rules, accountId = '111122223333', region = 'us-east-1', stage = 'local', delivery = {} } = settings;
  const { routes = ONE_ROUTE } = settings;
  const { logGroupName = 'aws-cloudtrail-logs', alarmNamePrefix = '' } = settings;
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'trailbell-'));
  const removeFolder = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', removeFolder);
  started.defer(() => {
    process.off('exit', removeFolder);
    removeFolder();
  });

  const dynamoDb = started.use(await startDynamoDb({ region }));
  const dynamoDbClient = started.adopt(new DynamoDBClient(dynamoDb.clientConfig), (client) => {
    client.destroy();
    return Promise.resolve();
  });
  await createTables(dynamoDbClient, TABLES);

  const sns = started.adopt(await startSns({ clock, region, accountId }), (each) => each.stop());
  const pagerDuty = started.adopt(
    await startPagerDuty({
      clock,
      certificateAgent: sns.certificateAgent,
      integrationKeys: routes.map(integrationKeyOf),
    }),
    (each) => each.stop(),
  );
  const deadLetterQueueArn = `arn:aws:sqs:${region}:${accountId}:trailbell-undelivered`;
  const topicArn = await subscribePagerDuty(sns, pagerDuty, { region, deadLetterQueueArn, routes });
  await clock.settled();

  const lambda = started.use(
    startLambda({
      clock,
      location: { accountId, region },
      ...(settings.onLog === undefined ? {} : { onLog: settings.onLog }),
    }),
  );
  const failedBatches = new FailedBatchQueue(clock, lambda, MATCHER);
  const environment = {
    TRAILBELL_ALARM_TABLE: TABLES.alarms,
    TRAILBELL_IDEMPOTENCY_TABLE: TABLES.idempotency,
    TRAILBELL_TOPIC_ARN: topicArn,
    TRAILBELL_LOG_GROUP: logGroupName,
    TRAILBELL_ALARM_NAME_PREFIX: alarmNamePrefix,
    TRAILBELL_DEPLOYMENT: deploymentName({ app: 'trailbell', stage, accountId, region }),
    POWERTOOLS_LOG_LEVEL: 'INFO',
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_SNS: sns.endpoint,
  };
  for (const [functionName, source, concurrency, retries] of [
    [MATCHER, '@trailbell/functions/matcher', 4, 2],
    [RECONCILER, '@trailbell/functions/reconciler', 1, 0],
  ] as const) {
    lambda.createFunction({
      functionName,
      folder: await bundle(source, join(folder, functionName), rules),
      handler: 'index.handler',
      environment,
      timeoutSeconds: TIMEOUT_SECONDS,
      reservedConcurrency: concurrency,
      maximumRetryAttempts: retries,
      ...(functionName === MATCHER && {
        onFailure: (record: InvocationRecord) => {
          failedBatches.send(record);
        },
      }),
    });
  }

  const logGroup = new LogGroup({ clock, logGroupName, accountId, maxEventBytes: MAX_LOG_EVENT_BYTES });
  logGroup.subscribe({ filterName: 'trailbell', lambda, functionName: MATCHER, ...delivery });

  const owned = started.move();
  return {
    clock,
    dynamoDb,
    dynamoDbClient,
    sns,
    lambda,
    logGroup,
    pagerDuty,
    alarmTableName: TABLES.alarms,
    deadLetterQueueArn,
    quietAfterMs: quietAfterMs(rules),
    failedBatches,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function quietAfterMs({ rules }: CompiledRules): number {
  const longestMinutes = Math.max(0, ...rules.map(({ alarm }) => windowMinutes(alarm)));
  return (longestMinutes + LATENESS_MINUTES) * MINUTE_MS + RETRY_HORIZON_MS;
}

async function subscribePagerDuty(
  sns: LocalSns,
  pagerDuty: LocalPagerDuty,
  {
    region,
    deadLetterQueueArn,
    routes,
  }: { readonly region: string; readonly deadLetterQueueArn: string; readonly routes: readonly RouteScope[] },
): Promise<string> {
  const client = new SNSClient({
    region,
    endpoint: sns.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const { TopicArn: topicArn = '' } = await client.send(new CreateTopicCommand({ Name: 'trailbell' }));
    for (const route of routes) {
      await client.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: 'http',
          Endpoint: pagerDuty.url(integrationKeyOf(route)),
          Attributes: {
            RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterQueueArn }),
            ...filterPolicyOf(route, routes),
          },
        }),
      );
    }
    return topicArn;
  } finally {
    client.destroy();
  }
}

/** Each handler is bundled once in a process, however many deployments it makes: its code does not change meanwhile. */
const bundles = new Map<string, Promise<Buffer>>();

async function bundle(source: string, outFolder: string, rules: CompiledRules): Promise<string> {
  const known = bundles.get(source);
  const code = known ?? bundledCode(source, outFolder);
  bundles.set(source, code);
  await mkdir(outFolder, { recursive: true });
  if (known !== undefined) await writeFile(join(outFolder, 'index.mjs'), await code);
  await code;
  await writeFile(join(outFolder, RULES_FILE_NAME), JSON.stringify(rules));
  return outFolder;
}

async function bundledCode(source: string, outFolder: string): Promise<Buffer> {
  const { file } = await bundleHandler({ entryFile: fileURLToPath(import.meta.resolve(source)), outFolder });
  return readFile(file);
}
