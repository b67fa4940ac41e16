import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, type KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  Clock,
  LogGroup,
  logOperations,
  startAwsApi,
  startDynamoDb,
  startLambda,
  startRecordingSubscriber,
  startSns,
  type RecordingSubscriber,
} from '@trailbell/local';
import { inject } from 'vitest';
import { graphOf, input, resource, resourcesOf, type Resource } from './graph.ts';
import { statementsOf } from './policies.ts';

const SCENARIO = 'personal';
const REGION = 'eu-west-1';
const ACCOUNT = '777788889999';
const FUNCTIONS = ['Matcher', 'Reconciler', 'Heartbeat'] as const;

export type FunctionId = (typeof FUNCTIONS)[number];

/** A deployed function's name. */
export function functionName(id: FunctionId): string {
  return String(resource(SCENARIO, `${id}Function`).inputs.name);
}

/** A call to DynamoDB that the policy of the function's role does not allow. */
export interface Denied {
  readonly functionId: FunctionId;
  readonly call: string;
}

/**
 * Runs what the graph describes on this machine: its bundles under AWS's runtime interface client with the environment that it gives
 * them, its tables, its topic with the filter policies of its subscriptions.
 */
export async function runGraph(nowMs: number) {
  const started = new AsyncDisposableStack();
  const clock = new Clock(nowMs);
  const dynamoDb = started.use(await startDynamoDb({ region: REGION }));
  const client = started.adopt(new DynamoDBClient(dynamoDb.clientConfig), (each) => {
    each.destroy();
    return Promise.resolve();
  });
  for (const table of resourcesOf(SCENARIO, 'aws:dynamodb/table:Table')) await createTable(client, table);

  const sns = started.adopt(await startSns({ clock, region: REGION, accountId: ACCOUNT }), (each) => each.stop());
  const subscribers = new Map<string, RecordingSubscriber>();
  for (const { name } of resourcesOf(SCENARIO, 'aws:sns/topicSubscription:TopicSubscription')) {
    subscribers.set(
      name,
      started.adopt(await startRecordingSubscriber(clock), (each) => each.stop()),
    );
  }
  await subscribe(sns.endpoint, subscribers);

  const lambda = started.use(startLambda({ clock, location: { accountId: ACCOUNT, region: REGION } }));
  const logGroupName = String(resource(SCENARIO, 'Subscription').inputs.logGroup);
  const logGroup = new LogGroup({ clock, logGroupName, accountId: ACCOUNT });
  const logs = started.use(
    await startAwsApi(
      logOperations({
        [logGroupName]: { logGroup, logStreamNames: [String(resource(SCENARIO, 'HeartbeatStream').inputs.name)] },
      }),
    ),
  );
  for (const id of FUNCTIONS) {
    const { inputs } = resource(SCENARIO, `${id}Function`);
    lambda.createFunction({
      functionName: String(inputs.name),
      folder: join(inject('graphsFolder'), 'functions', id),
      handler: String(inputs.handler),
      environment: {
        ...(input({ inputs }, 'environment.variables') as Readonly<Record<string, string>>),
        AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
        AWS_ENDPOINT_URL_SNS: sns.endpoint,
        AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.endpoint,
      },
      timeoutSeconds: Number(inputs.timeout),
      reservedConcurrency: 1,
    });
  }
  logGroup.subscribe({ filterName: 'graph', lambda, functionName: functionName('Matcher') });
  await clock.settled();

  let running: FunctionId = 'Matcher';
  const denied: Denied[] = [];
  dynamoDb.onRequest(({ operation, tableNames, parameters }) => {
    for (const table of tableNames) {
      const index = typeof parameters.IndexName === 'string' ? `/index/${parameters.IndexName}` : '';
      const call = `dynamodb:${operation} arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}${index}`;
      if (!isAllowed(running, call)) denied.push({ functionId: running, call });
    }
  });
  return {
    clock,
    logGroup,
    lambda,
    logs,
    denied,
    notifications: (subscription: string) =>
      (subscribers.get(subscription)?.notifications ?? []).map(({ json }) => String(json.Subject)),
    /** Invokes a function, and attributes to it what DynamoDB is asked for. */
    invoke: async (id: FunctionId, event: unknown = {}) => {
      running = id;
      const result = await lambda.invoke(functionName(id), event);
      running = 'Matcher';
      await clock.settled();
      return result;
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function isAllowed(id: FunctionId, call: string): boolean {
  const [action = '', arn = ''] = call.split(' ');
  return statementsOf(SCENARIO).some(
    ({ of, kind, actions, resources }) =>
      of.name === `${id}Role` && kind === 'identity' && actions.includes(action) && resources.includes(arn),
  );
}

async function createTable(client: DynamoDBClient, { inputs }: Resource): Promise<void> {
  const attributes = inputs.attributes as readonly { readonly name: string; readonly type: 'S' | 'N' | 'B' }[];
  const indexes = inputs.globalSecondaryIndexes as readonly {
    readonly name: string;
    readonly hashKey: string;
    readonly rangeKey: string;
  }[];
  await client.send(
    new CreateTableCommand({
      TableName: String(inputs.name),
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: attributes.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
      KeySchema: keys(String(inputs.hashKey)),
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: indexes.map(({ name, hashKey, rangeKey }) => ({
          IndexName: name,
          KeySchema: keys(hashKey, rangeKey),
          Projection: { ProjectionType: 'KEYS_ONLY' as const },
        })),
      }),
    }),
  );
}

function keys(hashKey: string, rangeKey?: string): KeySchemaElement[] {
  return [
    { AttributeName: hashKey, KeyType: 'HASH' },
    ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: 'RANGE' as const }]),
  ];
}

async function subscribe(endpoint: string, subscribers: ReadonlyMap<string, RecordingSubscriber>): Promise<void> {
  const client = new SNSClient({
    region: REGION,
    endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { TopicArn: topicArn } = await client.send(
    new CreateTopicCommand({ Name: String(resource(SCENARIO, 'NotificationsTopic').inputs.name) }),
  );
  for (const [name, { url }] of subscribers) {
    const { filterPolicy, filterPolicyScope } = resource(SCENARIO, name).inputs;
    await client.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'http',
        Endpoint: url,
        Attributes: { FilterPolicy: String(filterPolicy), FilterPolicyScope: String(filterPolicyScope) },
      }),
    );
  }
  client.destroy();
}

/** The folder of each function, as it is zipped. */
export function builtFunctions() {
  return graphOf(SCENARIO).functions;
}
