import {
  first,
  attribute,
  https,
  trail,
  logGroup,
  ofFunction,
  missing,
  missingFunction,
  metrics,
  inQueue,
  filters,
  OURS,
  goneQueue,
  queuePolicy,
  alarms,
  type Answer,
} from './changed-account.ts';
import { TOPIC_CASES, type DoctorCase } from './topic-cases.ts';
import { ACCOUNT, KEY, NOW_MS, arn } from './healthy-account.ts';

/** All that doctor finds, case by case. */
export const CASES: readonly DoctorCase[] = [
  ['no-trail', /no trail delivers/, trail({ CloudWatchLogsLogGroupArn: undefined })],
  [
    'trail-twice',
    /everything and the trail another deliver/,
    {
      'cloudtrail:DescribeTrails': ({ trailList }) => ({
        trailList: (trailList as Answer[]).map((each, _, [one]) => ({ ...one, Name: each.Name })),
      }),
    },
  ],
  ['trail-one-region', /its own region only/, trail({ IsMultiRegionTrail: false })],
  ['trail-without-global-events', /leaves out IAM/, trail({ IncludeGlobalServiceEvents: false })],
  ['trail-without-validation', /no log file validation/, trail({ LogFileValidationEnabled: false })],
  ['trail-not-logging', /was stopped/, { 'cloudtrail:GetTrailStatus': (answer) => ({ ...answer, IsLogging: false }) }],
  [
    'trail-delivery-fails',
    /could not deliver to the log group: ACCESS_DENIED/,
    { 'cloudtrail:GetTrailStatus': (answer) => ({ ...answer, LatestCloudWatchLogsDeliveryError: 'ACCESS_DENIED' }) },
  ],
  [
    'trail-not-delivering',
    /last delivered to the log group at 2026-03-11T08:29:00/,
    {
      'cloudtrail:GetTrailStatus': (answer) => ({
        ...answer,
        LatestCloudWatchLogsDeliveryTime: NOW_MS / 1000 - 61 * 60,
      }),
    },
  ],
  ['trail-not-delivering', /has never delivered/, { 'cloudtrail:GetTrailStatus': () => ({ IsLogging: true }) }],
  [
    'trail-without-management-events',
    /does not record management events/,
    {
      'cloudtrail:GetEventSelectors': () => ({
        EventSelectors: [{ IncludeManagementEvents: false, ReadWriteType: 'All' }],
      }),
    },
  ],
  [
    'trail-without-management-events',
    /does not record reads/,
    {
      'cloudtrail:GetEventSelectors': () => ({
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              { Field: 'eventCategory', Equals: ['Management'] },
              { Field: 'readOnly', Equals: ['false'] },
            ],
          },
        ],
      }),
    },
  ],
  [
    'trail-excludes-services',
    /leaves out kms.amazonaws.com/,
    {
      'cloudtrail:GetEventSelectors': first('EventSelectors', {
        ExcludeManagementEventSources: ['kms.amazonaws.com'],
      }),
    },
  ],
  [
    'no-log-group',
    /no log group aws-cloudtrail-logs in eu-west-1/,
    { 'logs:DescribeLogGroups': () => ({ logGroups: [] }) },
  ],
  ['log-group-class', /INFREQUENT_ACCESS/, logGroup({ logGroupClass: 'INFREQUENT_ACCESS' })],
  ['log-group-retention', /for ever/, logGroup({ retentionInDays: undefined })],
  ['log-group-retention', /for 3 days/, logGroup({ retentionInDays: 3 })],
  [
    'log-group-key',
    /is PendingDeletion/,
    {
      'kms:DescribeKey': (answer, { KeyId }) => ({
        KeyMetadata: {
          ...(answer.KeyMetadata as object),
          ...(String(KeyId).endsWith('trail') && { KeyState: 'PendingDeletion' }),
        },
      }),
    },
  ],
  ['log-group-silent', /nothing came/, metrics({ 'IncomingLogEvents aws-cloudtrail-logs': 0 })],
  [
    'subscription-slots',
    /held by others: a \(to x\), b \(to y\)/,
    filters({ filterName: 'a', destinationArn: 'x' }, { filterName: 'b', destinationArn: 'y' }),
    ['no-subscription'],
  ],
  ['no-subscription', /no subscription trailbell-production/, filters()],
  [
    'subscription-elsewhere',
    /leads to arn:.*other/,
    filters({ ...OURS, destinationArn: arn('lambda', 'function:other') }),
  ],
  [
    'subscription-pattern',
    /match: stop-logging, trailbell-heartbeat/,
    filters({ ...OURS, filterPattern: '{ $.eventName = "StartLogging" }' }),
  ],
  [
    'matcher-not-allowed',
    /may not invoke/,
    {
      'lambda:GetPolicy': ({ Policy }) => ({
        Policy: String(Policy).replace('log-group:aws-cloudtrail-logs', 'log-group:other'),
      }),
    },
  ],
  ['matcher-not-allowed', /may not invoke/, { 'lambda:GetPolicy': missing }],
  ['not-deployed', /trailbell-production is not deployed to 111122223333/, missingFunction('r')],
  ['no-reconciler', /no reconciler/, missingFunction('reconciler')],
  [
    'function-inactive',
    /matcher is Inactive \(idle\)/,
    ofFunction('matcher', { State: 'Inactive', StateReason: 'idle' }),
  ],
  [
    'function-update-failed',
    /reconciler has an update that is Failed/,
    ofFunction('reconciler', { LastUpdateStatus: 'Failed' }),
  ],
  ['function-runtime', /matcher runs on nodejs20.x/, ofFunction('matcher', { Runtime: 'nodejs20.x' })],
  ['function-runtime', /runs live, on the laptop/, ofFunction('matcher', { Runtime: 'provided.al2023' })],
  [
    'other-log-group',
    /reads another, and trailbell.config.ts says aws-cloudtrail-logs/,
    {
      'lambda:GetFunctionConfiguration': (answer) => {
        const { Variables } = answer.Environment as { readonly Variables: object };
        return { ...answer, Environment: { Variables: { ...Variables, TRAILBELL_LOG_GROUP: 'another' } } };
      },
    },
  ],
  [
    'concurrency-zero',
    /stops the matcher and the reconciler/,
    { 'lambda:GetFunctionConcurrency': () => ({ ReservedConcurrentExecutions: 0 }) },
  ],
  [
    'concurrency-quota',
    /11 do not fit/,
    {
      ...missingFunction('r'),
      'lambda:GetAccountSettings': () => ({
        AccountLimit: { ConcurrentExecutions: 110, UnreservedConcurrentExecutions: 110 },
      }),
    },
    ['not-deployed'],
  ],
  [
    'concurrency-shared',
    /shares 10 concurrent executions/,
    {
      'lambda:GetFunctionConcurrency': () => ({}),
      'lambda:GetAccountSettings': () => ({
        AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 },
      }),
    },
  ],
  ['function-errors', /3 errors of the matcher, 0 of/, metrics({ 'Errors trailbell-production-matcher': 3 })],
  [
    'function-throttles',
    /0 .* matcher, 7 of the reconciler/,
    metrics({ 'Throttles trailbell-production-reconciler': 7 }),
  ],
  ['schedule-off', /nothing has invoked/, metrics({ 'Invocations trailbell-production-reconciler': 0 })],
  ['no-on-failure', /is lost/, { 'lambda:GetFunctionEventInvokeConfig': missing }],
  [
    'retries-off',
    /Batches2 \(Disabled\)/,
    {
      'lambda:ListEventSourceMappings': ({ EventSourceMappings }) => {
        const [head, last] = EventSourceMappings as readonly object[];
        return { EventSourceMappings: [head, { ...last, State: 'Disabled' }] };
      },
    },
  ],
  [
    'retries-off',
    /does not feed the matcher/,
    {
      'lambda:ListEventSourceMappings': ({ EventSourceMappings }) => ({
        EventSourceMappings: (EventSourceMappings as readonly object[]).slice(1),
      }),
    },
  ],
  ['no-table', /table is gone/, { 'dynamodb:DescribeTable': missing }],
  [
    'no-table',
    /INACCESSIBLE/,
    {
      'dynamodb:DescribeTable': ({ Table }) => ({
        Table: { ...(Table as object), TableStatus: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' },
      }),
    },
  ],
  [
    'no-due-index',
    /due is missing/,
    { 'dynamodb:DescribeTable': ({ Table }) => ({ Table: { ...(Table as object), GlobalSecondaryIndexes: [] } }) },
  ],
  [
    'table-without-recovery',
    /no point-in-time recovery/,
    {
      'dynamodb:DescribeContinuousBackups': () => ({
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
        },
      }),
    },
  ],
  [
    'table-without-expiry',
    /is off/,
    { 'dynamodb:DescribeTimeToLive': () => ({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } }) },
  ],
  ...TOPIC_CASES,
  [
    'no-pagerduty',
    /nobody is subscribed/,
    {
      'sns:ListSubscriptionsByTopic': ({ Subscriptions }) => ({
        Subscriptions: (Subscriptions as readonly object[]).slice(2),
      }),
    },
  ],
  [
    'pagerduty-unconfirmed',
    /PendingConfirmation was never confirmed/,
    {
      'sns:ListSubscriptionsByTopic': ({ Subscriptions }) => {
        const [, ...rest] = Subscriptions as readonly object[];
        const pending = {
          SubscriptionArn: 'PendingConfirmation',
          Protocol: 'https',
          Endpoint: `https://events.pagerduty.com/integration/${KEY}/enqueue`,
        };
        return { Subscriptions: [...rest, pending] };
      },
    },
    ['pagerduty-without-dead-letters', 'route-without-subscription'],
  ],
  [
    'pagerduty-raw',
    /aaaa has raw/,
    { 'sns:GetSubscriptionAttributes': attribute('RawMessageDelivery', 'true', https) },
  ],
  [
    'pagerduty-url',
    /aaaa leads to no integration/,
    { 'sns:GetSubscriptionAttributes': attribute('Endpoint', `https://events.pagerduty.com/v2/${KEY}`, https) },
  ],
  [
    'pagerduty-retries',
    /longer than two minutes/,
    {
      'sns:GetSubscriptionAttributes': attribute(
        'EffectiveDeliveryPolicy',
        '{"healthyRetryPolicy":{"numRetries":50,"maxDelayTarget":600}}',
        https,
      ),
    },
  ],
  [
    'pagerduty-without-dead-letters',
    /aaaa has no dead-letter queue/,
    { 'sns:GetSubscriptionAttributes': attribute('RedrivePolicy', undefined, https) },
  ],
  [
    'route-without-subscription',
    /the route security/,
    { 'sns:GetSubscriptionAttributes': attribute('FilterPolicy', '{"routes":["other"]}', https) },
  ],
  ['failed-batches', /3 failed batches wait/, inQueue('FailedBatches', '3')],
  ['given-up-batches', /2 batches .* trailbell-production-GivenUpBatches/, inQueue('GivenUpBatches', '2')],
  ['queue-gone', /production-Undelivered is gone/, goneQueue('Undelivered')],
  ['queue-gone', /production-FailedBatches is gone/, goneQueue('FailedBatches')],
  ['queue-gone', /production-GivenUpBatches is gone/, goneQueue('GivenUpBatches')],
  ['undelivered-closed', /what it cannot deliver is lost/, queuePolicy('Undelivered', undefined)],
  [
    'undelivered-closed',
    /what it cannot deliver is lost/,
    queuePolicy(
      'Undelivered',
      JSON.stringify({
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage' },
          {
            Effect: 'Deny',
            NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:role/admin` },
            NotAction: 'sqs:ReceiveMessage',
          },
        ],
      }),
    ),
  ],
  ['undelivered', /5 notifications lie in trailbell-production-Undelivered/, inQueue('Undelivered', '5')],
  [
    'self-alarms-missing',
    /matcher-errors trailbell-production are missing/,
    alarms((alarm) => (alarm.AlarmName === 'matcher-errors trailbell-production' ? [] : [alarm])),
  ],
  [
    'self-alarms-mute',
    /late-matches trailbell-production tell nobody/,
    alarms((alarm) => [{ ...alarm, ActionsEnabled: alarm.AlarmName !== 'late-matches trailbell-production' }]),
  ],
  [
    'self-alarms-on',
    /are on: no-records trailbell-production/,
    alarms((alarm) => [
      { ...alarm, StateValue: alarm.AlarmName === 'no-records trailbell-production' ? 'ALARM' : 'OK' },
    ]),
  ],
  [
    'heartbeat-missing',
    /no heartbeat came out/,
    metrics({ 'NumberOfMessagesSent trailbell-production-Heartbeats': 0 }),
  ],
];
