import { heartbeatFilterPolicy, filterPolicyOf, stageOf, type TrailbellConfig } from '@trailbell/core/config';
import { SELF_ALARMS } from '@trailbell/core/doctor';
import { heartbeatRule } from '@trailbell/core/heartbeat';
import { preFilterFor } from '@trailbell/core/prefilter';
import { loadRules } from '@trailbell/core/rule';
import type { AwsOperations } from '@trailbell/local';

export const NOW_MS = Date.UTC(2026, 2, 11, 9, 30);
export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
const PREFIX = 'trailbell-production';
const LOG_GROUP = 'aws-cloudtrail-logs';
const DEPLOYMENT = `${PREFIX}-${ACCOUNT}-${REGION}`;

export const CONFIG: TrailbellConfig = {
  ruleFolders: ['rules/own'],
  logGroupName: LOG_GROUP,
  routes: [
    { name: 'security', endpointSecret: 'SecurityUrl', severities: ['critical'] },
    { name: 'on-call', endpointSecret: 'PagerDutyUrl', default: true },
  ],
};

/** As `stageAtHand` reads it from trailbell.config.ts. */
export const AT_HAND = { config: CONFIG, stage: stageOf(CONFIG, 'production'), prefix: PREFIX };

export const RULES = loadRules([
  {
    path: 'stop-logging.yaml',
    text: `name: stop-logging
title: Somebody stopped the trail
severity: critical
filterPattern: '{ $.eventName = "StopLogging" }'
examples:
  matches: [{ event: { eventName: StopLogging } }]
  ignores: [{ event: { eventName: StartLogging } }]
`,
  },
]).rules;

export const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const FUNCTION = (name: string) => arn('lambda', `function:${PREFIX}-${name}`);
export const QUEUES = ['FailedBatches', 'FailedBatches2', 'GivenUpBatches', 'Undelivered', 'Heartbeats'] as const;
const QUEUE = (name: (typeof QUEUES)[number]) => arn('sqs', `${PREFIX}-${name}`);
const DEAD_LETTERS: Partial<Record<string, string>> = {
  [`${PREFIX}-FailedBatches`]: QUEUE('FailedBatches2'),
  [`${PREFIX}-FailedBatches2`]: QUEUE('GivenUpBatches'),
};
export const TOPIC = arn('sns', `${PREFIX}-NotificationsTopic`);
const TOPIC_KEY = arn('kms', 'key/0a1b2c3d-0000-1111-2222-333344445555');
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const FROM_OUR_ALARMS = {
  StringEquals: { 'aws:SourceAccount': ACCOUNT },
  ArnLike: { 'aws:SourceArn': arn('cloudwatch', 'alarm:*') },
};
const WITHOUT_TLS = { Bool: { 'aws:SecureTransport': 'false' } };
export const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const RETRIES = { numRetries: 3, minDelayTarget: 20, maxDelayTarget: 20, numNoDelayRetries: 0 };

const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const seconds = (ms: number) => ms / 1000;

const route = (index: number, id: string) => {
  const found = CONFIG.routes[index];
  if (found === undefined) throw new Error(`there is no route ${index}`);
  return {
    SubscriptionArn: `${TOPIC}:${id}`,
    Protocol: 'https',
    Endpoint: `https://events.pagerduty.com/integration/${index}${KEY.slice(1)}/enqueue`,
    PendingConfirmation: 'false',
    RawMessageDelivery: 'false',
    EffectiveDeliveryPolicy: JSON.stringify({ healthyRetryPolicy: RETRIES }),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: QUEUE('Undelivered') }),
    ...filterPolicyOf(found, CONFIG.routes),
  };
};
const SUBSCRIPTIONS: readonly Readonly<Record<string, string>>[] = [
  route(0, 'aaaa'),
  route(1, 'bbbb'),
  { SubscriptionArn: `${TOPIC}:cccc`, Protocol: 'sqs', Endpoint: QUEUE('Heartbeats'), ...heartbeatFilterPolicy() },
];

const lambdaFunction = (name: string) => ({
  FunctionName: `${PREFIX}-${name}`,
  FunctionArn: FUNCTION(name),
  Role: `arn:aws:iam::${ACCOUNT}:role/${PREFIX}-${name}`,
  Runtime: 'nodejs24.x',
  State: 'Active',
  LastUpdateStatus: 'Successful',
  Environment: {
    Variables: {
      TRAILBELL_ALARM_TABLE: `${PREFIX}-AlarmsTable`,
      TRAILBELL_TOPIC_ARN: TOPIC,
      TRAILBELL_LOG_GROUP: LOG_GROUP,
      TRAILBELL_DEPLOYMENT: DEPLOYMENT,
    },
  },
});

/** The values of CloudWatch's metrics in a healthy account; the others have none. */
const METRIC_VALUES: Readonly<Record<string, number>> = {
  [`Invocations ${PREFIX}-reconciler`]: 15,
  [`NumberOfMessagesSent ${PREFIX}-Heartbeats`]: 2,
  [`IncomingLogEvents ${LOG_GROUP}`]: 4711,
};

interface MetricDataQuery {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { readonly Value: string }[] };
  };
}

/** What GetMetricData answers where metrics, by their name and dimension, have these sums. */
export function metricData(values: Readonly<Record<string, number>>, queries: unknown): object {
  const results = (queries as readonly MetricDataQuery[]).map(({ Id, MetricStat: { Metric } }) => {
    const value = values[`${Metric.MetricName} ${Metric.Dimensions[0]?.Value ?? ''}`];
    const Timestamps = value === undefined ? [] : [seconds(NOW_MS - 300_000)];
    return {
      Id,
      Label: Metric.MetricName,
      StatusCode: 'Complete',
      Timestamps,
      Values: value === undefined ? [] : [value],
    };
  });
  return { MetricDataResults: results, Messages: [] };
}

/** The answers of an account in which a deployment is as it should be. */
export function healthyAccount(): AwsOperations {
  return {
    'sts:GetCallerIdentity': () => ({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/anna`, UserId: 'AIDA' }),
    'cloudtrail:DescribeTrails': () => ({
      trailList: [
        {
          Name: 'everything',
          TrailARN: arn('cloudtrail', 'trail/everything'),
          HomeRegion: REGION,
          S3BucketName: 'trail-files',
          IsMultiRegionTrail: true,
          IsOrganizationTrail: false,
          IncludeGlobalServiceEvents: true,
          LogFileValidationEnabled: true,
          CloudWatchLogsLogGroupArn: arn('logs', `log-group:${LOG_GROUP}:*`),
          CloudWatchLogsRoleArn: `arn:aws:iam::${ACCOUNT}:role/CloudTrail_CloudWatchLogs_Role`,
        },
        {
          Name: 'another',
          TrailARN: arn('cloudtrail', 'trail/another'),
          IsMultiRegionTrail: false,
          HomeRegion: REGION,
        },
      ],
    }),
    'cloudtrail:GetTrailStatus': () => ({
      IsLogging: true,
      LatestCloudWatchLogsDeliveryTime: seconds(NOW_MS - 3 * 60_000),
    }),
    'cloudtrail:GetEventSelectors': () => ({
      TrailARN: arn('cloudtrail', 'trail/everything'),
      EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] }],
    }),
    'logs:DescribeLogGroups': () => ({
      logGroups: [
        { logGroupName: LOG_GROUP, logGroupClass: 'STANDARD', retentionInDays: 90, kmsKeyId: arn('kms', 'key/trail') },
        { logGroupName: `${LOG_GROUP}-old`, logGroupClass: 'INFREQUENT_ACCESS' },
      ],
    }),
    'logs:DescribeSubscriptionFilters': () => ({
      subscriptionFilters: [
        {
          filterName: PREFIX,
          filterPattern: preFilterFor([...RULES, heartbeatRule(DEPLOYMENT)]).pattern,
          destinationArn: FUNCTION('matcher'),
          distribution: 'ByLogStream',
          logGroupName: LOG_GROUP,
          creationTime: NOW_MS - 86_400_000,
        },
        { filterName: 'to-siem', filterPattern: '', destinationArn: arn('firehose', 'deliverystream/siem') },
      ],
    }),
    'lambda:GetAccountSettings': () => ({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 989, TotalCodeSize: 80530636800 },
      AccountUsage: { FunctionCount: 3 },
    }),
    'lambda:GetFunctionConfiguration': ({ FunctionName }) =>
      lambdaFunction(String(FunctionName).slice(PREFIX.length + 1)),
    'lambda:GetFunctionConcurrency': ({ FunctionName }) => ({
      ReservedConcurrentExecutions: FunctionName === `${PREFIX}-matcher` ? 10 : 1,
    }),
    'lambda:GetPolicy': () => ({
      Policy: policy({
        Sid: 'log-group',
        Effect: 'Allow',
        Principal: { Service: 'logs.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: FUNCTION('matcher'),
        Condition: {
          StringEquals: { 'AWS:SourceAccount': ACCOUNT },
          ArnLike: { 'AWS:SourceArn': arn('logs', `log-group:${LOG_GROUP}:*`) },
        },
      }),
    }),
    'lambda:GetFunctionEventInvokeConfig': () => ({
      FunctionArn: `${FUNCTION('matcher')}:$LATEST`,
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: QUEUE('FailedBatches') } },
    }),
    'lambda:ListEventSourceMappings': () => ({
      EventSourceMappings: [
        { EventSourceArn: QUEUE('FailedBatches'), State: 'Enabled', BatchSize: 1 },
        { EventSourceArn: QUEUE('FailedBatches2'), State: 'Enabled', BatchSize: 1 },
      ],
    }),
    'cloudwatch:GetMetricData': ({ MetricDataQueries }) => metricData(METRIC_VALUES, MetricDataQueries),
    'cloudwatch:DescribeAlarms': ({ AlarmNames }) => ({
      MetricAlarms: (AlarmNames as readonly string[]).map((AlarmName) => ({
        AlarmName,
        StateValue: 'OK',
        ActionsEnabled: true,
        AlarmActions: [TOPIC],
        OKActions: [TOPIC],
      })),
      CompositeAlarms: [],
    }),
    'sqs:GetQueueUrl': ({ QueueName }) => ({
      QueueUrl: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${String(QueueName)}`,
    }),
    'sqs:GetQueueAttributes': ({ QueueUrl }) => {
      const deadLetterTargetArn = DEAD_LETTERS[String(QueueUrl).split('/').at(-1) ?? ''];
      return {
        Attributes: {
          ApproximateNumberOfMessages: '0',
          ApproximateNumberOfMessagesNotVisible: '0',
          ApproximateNumberOfMessagesDelayed: '0',
          Policy: policy(
            { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Condition: WITHOUT_TLS },
            {
              Effect: 'Allow',
              Principal: { Service: 'sns.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Condition: { ArnEquals: { 'aws:SourceArn': TOPIC }, StringEquals: { 'aws:SourceAccount': ACCOUNT } },
            },
          ),
          ...(deadLetterTargetArn && { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 6 }) }),
        },
      };
    },
    'sns:GetTopicAttributes': () => ({
      Attributes: new Map([
        ['TopicArn', TOPIC],
        ['KmsMasterKeyId', TOPIC_KEY],
        [
          'Policy',
          policy(
            {
              Effect: 'Allow',
              Principal: { Service: 'cloudwatch.amazonaws.com' },
              Action: 'sns:Publish',
              Resource: TOPIC,
              Condition: FROM_OUR_ALARMS,
            },
            { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sns:Publish', Resource: TOPIC, Condition: WITHOUT_TLS },
          ),
        ],
      ]),
    }),
    'sns:ListSubscriptionsByTopic': () => ({
      Subscriptions: SUBSCRIPTIONS.map(({ SubscriptionArn, Protocol, Endpoint }) => ({
        SubscriptionArn,
        Owner: ACCOUNT,
        Protocol,
        Endpoint,
        TopicArn: TOPIC,
      })),
    }),
    'sns:GetSubscriptionAttributes': (input) => ({
      Attributes: new Map(
        Object.entries(SUBSCRIPTIONS.find(({ SubscriptionArn }) => SubscriptionArn === input.SubscriptionArn) ?? {}),
      ),
    }),
    'kms:DescribeKey': ({ KeyId }) => ({ KeyMetadata: { KeyId, KeyState: 'Enabled', KeyManager: 'CUSTOMER' } }),
    'kms:GetKeyPolicy': () => ({
      PolicyName: 'default',
      Policy: policy(
        { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' },
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Resource: '*',
          Condition: FROM_OUR_ALARMS,
        },
      ),
    }),
    'dynamodb:DescribeTable': ({ TableName }) => ({
      Table: {
        TableName,
        TableStatus: 'ACTIVE',
        GlobalSecondaryIndexes: [{ IndexName: 'due', IndexStatus: 'ACTIVE' }],
      },
    }),
    'dynamodb:DescribeContinuousBackups': () => ({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
      },
    }),
    'dynamodb:DescribeTimeToLive': () => ({
      TimeToLiveDescription: { AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' },
    }),
  };
}

/** What the self-alarms are called in that account. */
export const SELF_ALARM_NAMES = SELF_ALARMS.map((name) => `${name} ${PREFIX}`);
