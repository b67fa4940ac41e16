import { awsService, type JsonObject } from './actor.ts';
import { assuming, bucket, key } from './call-details.ts';
import { PRODUCTION, SECURITY, STAGING } from './cast.ts';
import { createRandom } from './random.ts';
import type { Call } from './record.ts';
import { lambdaFunction, pod, serviceLinkedRole, through, webServer } from './workloads.ts';

/** A call that comes round and round: the first at `from` minutes past midnight, then every so often, a little off the beat. */
interface Habit extends Omit<Call, 'at'> {
  readonly everyMinutes: number;
  readonly fromMinute?: number;
}

const WEB_SERVERS = ['i-0d4e19b7a2c53f860', 'i-07b8c2e6f1493ad5e'];

const bookingApi = lambdaFunction(PRODUCTION, 'booking-api');
const priceFeed = lambdaFunction(PRODUCTION, 'price-feed');
const reportBuilder = lambdaFunction(STAGING, 'report-builder');
const autoscaler = pod('cluster-autoscaler');
const cloudTrail = awsService(SECURITY, 'cloudtrail.amazonaws.com');
const logDelivery = awsService(PRODUCTION, 'delivery.logs.amazonaws.com');

const config = (accountId: string) =>
  serviceLinkedRole(accountId, 'AWSServiceRoleForConfig', 'config.amazonaws.com', 'configservice-resource-timeline');
const guardDuty = serviceLinkedRole(
  PRODUCTION,
  'AWSServiceRoleForAmazonGuardDuty',
  'guardduty.amazonaws.com',
  'GuardDuty',
);
const loadBalancing = serviceLinkedRole(
  PRODUCTION,
  'AWSServiceRoleForElasticLoadBalancing',
  'elasticloadbalancing.amazonaws.com',
  'ElasticLoadBalancing',
);

const decrypting = (encryptionContext: JsonObject) => ({ encryptionAlgorithm: 'SYMMETRIC_DEFAULT', encryptionContext });
const trailContext = { 'aws:cloudtrail:arn': `arn:aws:cloudtrail:eu-west-1:${SECURITY}:trail/organization-trail` };
const refused = ['AccessDenied', 'Access Denied'] as const;

const functions: readonly Habit[] = [
  {
    by: awsService(PRODUCTION, 'lambda.amazonaws.com'),
    action: 'sts:AssumeRole',
    ...assuming(awsService(PRODUCTION, 'lambda.amazonaws.com'), bookingApi),
    everyMinutes: 110,
  },
  {
    by: through('lambda.amazonaws.com', bookingApi),
    action: 'kms:Decrypt',
    ...key(
      PRODUCTION,
      'booking-api',
      decrypting({
        'aws:lambda:FunctionArn': `arn:aws:lambda:eu-west-1:${PRODUCTION}:function:booking-api`,
      }),
    ),
    everyMinutes: 75,
    fromMinute: 6,
  },
  {
    by: bookingApi,
    action: 'logs:CreateLogStream',
    request: { logGroupName: '/aws/lambda/booking-api', logStreamName: '2026/03/11/[$LATEST]7b1f0c' },
    everyMinutes: 160,
    fromMinute: 9,
  },
  {
    by: priceFeed,
    action: 'secretsmanager:GetSecretValue',
    request: { secretId: 'price-feed/partner', versionStage: 'AWSCURRENT' },
    everyMinutes: 120,
    fromMinute: 17,
  },
  {
    by: through('secretsmanager.amazonaws.com', priceFeed),
    action: 'kms:Decrypt',
    ...key(PRODUCTION, 'aws/secretsmanager', decrypting({ SecretVersionId: '4d1c1c66-4e1c-4a92-9a7e-0d0b6f3f6a52' })),
    everyMinutes: 120,
    fromMinute: 18,
  },
  { by: reportBuilder, action: 'athena:GetQueryExecution', everyMinutes: 200, fromMinute: 40 },
];

const machines: readonly Habit[] = [
  ...WEB_SERVERS.map((instanceId, index) => ({
    by: webServer(instanceId),
    action: 'ssm:UpdateInstanceInformation',
    request: {
      instanceId,
      agentVersion: '3.3.1802.0',
      agentStatus: 'Active',
      platformType: 'Linux',
      platformName: 'Amazon Linux',
    },
    fields: { readOnly: false },
    everyMinutes: 150,
    fromMinute: 3 + index * 11,
  })),
  { by: webServer('i-0d4e19b7a2c53f860'), action: 'sts:GetCallerIdentity', everyMinutes: 240, fromMinute: 33 },
  {
    by: autoscaler.token,
    action: 'sts:AssumeRoleWithWebIdentity',
    ...assuming(autoscaler.token, autoscaler.role),
    everyMinutes: 180,
    fromMinute: 22,
  },
  {
    by: autoscaler.role,
    action: 'autoscaling:DescribeAutoScalingGroups',
    request: { maxRecords: 100 },
    everyMinutes: 90,
    fromMinute: 23,
  },
  // The second API that it asks is not in its policy: one refusal at a time is nothing to wake anybody for.
  {
    by: autoscaler.role,
    action: 'ec2:DescribeInstanceTypes',
    error: ['Client.UnauthorizedOperation', 'You are not authorized to perform this operation.'],
    everyMinutes: 360,
    fromMinute: 24,
  },
];

const services: readonly Habit[] = [
  ...([PRODUCTION, STAGING] as const).flatMap((accountId) => [
    { by: config(accountId), action: 'ec2:DescribeSecurityGroups', everyMinutes: 240, fromMinute: 47 },
    {
      by: config(accountId),
      action: 'iam:GetRolePolicy',
      request: { roleName: 'web-server', policyName: 'logs' },
      everyMinutes: 300,
      fromMinute: 48,
    },
  ]),
  {
    by: config(PRODUCTION),
    action: 's3:GetBucketPolicy',
    ...bucket(PRODUCTION, 'example-ferries-locked'),
    error: refused,
    everyMinutes: 300,
    fromMinute: 49,
  },
  {
    by: guardDuty,
    action: 'ec2:DescribeInstances',
    request: { instancesSet: {}, filterSet: {} },
    everyMinutes: 170,
    fromMinute: 58,
  },
  {
    by: loadBalancing,
    action: 'ec2:DescribeNetworkInterfaces',
    request: { filterSet: { items: [{ name: 'status', valueSet: { items: [{ value: 'in-use' }] } }] } },
    everyMinutes: 210,
    fromMinute: 71,
  },
  {
    by: cloudTrail,
    action: 's3:GetBucketAcl',
    ...bucket(SECURITY, 'example-ferries-trail', { acl: '' }),
    everyMinutes: 95,
    fromMinute: 5,
  },
  {
    by: cloudTrail,
    action: 'kms:GenerateDataKey',
    ...key(SECURITY, 'trail', { keySpec: 'AES_256', encryptionContext: trailContext }),
    everyMinutes: 95,
    fromMinute: 6,
  },
  {
    by: logDelivery,
    action: 's3:HeadBucket',
    ...bucket(PRODUCTION, 'example-ferries-flow-logs'),
    error: refused,
    everyMinutes: 190,
    fromMinute: 13,
  },
  {
    by: logDelivery,
    action: 's3:GetBucketAcl',
    ...bucket(PRODUCTION, 'example-ferries-flow-logs'),
    everyMinutes: 190,
    fromMinute: 14,
  },
];

/** The hours strike the same all day: what workloads and services do without anybody asking. */
export const routine: readonly Call[] = [...functions, ...machines, ...services].flatMap(comeRound);

function comeRound(habit: Habit): readonly Call[] {
  const { everyMinutes, fromMinute = 0, ...call } = habit;
  const random = createRandom(`${call.action} ${JSON.stringify(call.by.identity)} ${fromMinute}`);
  const times = Math.floor((24 * 60 - 1 - fromMinute) / everyMinutes) + 1;
  return Array.from({ length: times }, (_, time) => ({
    ...call,
    at: clockTime((fromMinute + time * everyMinutes) * 60 + random.integer(0, 59)),
  }));
}

function clockTime(secondOfDay: number): string {
  return new Date(secondOfDay * 1000).toISOString().slice(11, 19);
}
