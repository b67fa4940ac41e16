import { bucket } from './call-details.ts';
import { ADDRESSES, PRODUCTION, SECURITY, STAGING, browserAt, terminalAt } from './cast.ts';
import { workShift, type Shift } from './people-at-work.ts';
import type { Call } from './record.ts';

const invalidInstance = [
  'Client.InvalidInstanceID.NotFound',
  "The instance ID 'i-0ffffffffffffffff' does not exist",
] as const;
const noSuchRole = ['NoSuchEntityException', 'The role with name booking-worker cannot be found.'] as const;

const shifts: readonly Shift[] = [
  {
    who: 'tomas',
    permissionSet: 'ReadOnlyAccess',
    accountId: PRODUCTION,
    at: '07:20',
    place: terminalAt(ADDRESSES.tomasAtHome),
    does: [
      { action: 'sts:GetCallerIdentity' },
      { action: 'logs:DescribeLogGroups', request: { logGroupNamePrefix: '/aws/lambda/booking' } },
      {
        action: 'logs:FilterLogEvents',
        request: { logGroupName: '/aws/lambda/booking-api', filterPattern: '"AccessDenied"' },
      },
      { action: 'monitoring:DescribeAlarms', request: { stateValue: 'ALARM' } },
      {
        action: 'ec2:DescribeInstances',
        request: { instancesSet: { items: [{ instanceId: 'i-0ffffffffffffffff' }] } },
        error: invalidInstance,
      },
      { action: 'ecs:ListTasks', request: { cluster: 'batch' } },
    ],
  },
  {
    who: 'priya',
    permissionSet: 'AdministratorAccess',
    accountId: PRODUCTION,
    at: '08:41',
    place: browserAt(ADDRESSES.office),
    does: [
      { action: 'health:DescribeEventAggregates', request: { aggregateField: 'eventTypeCategory' } },
      { action: 'ec2:DescribeInstances', request: { maxResults: 50, filterSet: {} } },
      { action: 'elasticloadbalancing:DescribeTargetHealth' },
      { action: 's3:ListBuckets' },
      {
        action: 's3:PutBucketTagging',
        ...bucket(PRODUCTION, 'example-ferries-artifacts', {
          tagging: '',
          Tagging: { TagSet: { Tag: { Key: 'område', Value: 'Öresund – färjor' } } },
        }),
      },
      { action: 'iam:GetRole', request: { roleName: 'booking-worker' }, error: noSuchRole },
      {
        action: 'iam:SimulatePrincipalPolicy',
        request: { policySourceArn: `arn:aws:iam::${PRODUCTION}:role/service-role/booking-api-role` },
        fields: { readOnly: true },
      },
      { action: 'servicequotas:ListServiceQuotas', error: ['ThrottlingException', 'Rate exceeded'] },
    ],
  },
  {
    who: 'kofi',
    permissionSet: 'PowerUserAccess',
    accountId: STAGING,
    at: '09:05',
    place: terminalAt(ADDRESSES.office),
    does: [
      { action: 'sts:GetCallerIdentity', region: 'us-east-1' },
      {
        action: 'dynamodb:CreateTable',
        request: {
          tableName: 'crossings-小樽',
          billingMode: 'PAY_PER_REQUEST',
          keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
        },
      },
      { action: 'dynamodb:DescribeTable', request: { tableName: 'crossings-小樽' } },
      {
        action: 'lambda:UpdateFunctionConfiguration20150331v2',
        request: { functionName: 'report-builder', timeout: 60, environment: {} },
      },
      { action: 'iam:ListAttachedRolePolicies', request: { roleName: 'report-builder-role' } },
      {
        action: 'iam:CreateRole',
        request: { roleName: 'try-out' },
        error: [
          'AccessDenied',
          'User is not authorized to perform: iam:CreateRole because no identity-based policy allows the iam:CreateRole action',
        ],
      },
      { action: 'sqs:CreateQueue', request: { queueName: 'crossings', attributes: { VisibilityTimeout: '60' } } },
    ],
  },
  {
    who: 'ana',
    permissionSet: 'SecurityAudit',
    accountId: PRODUCTION,
    at: '10:02',
    place: browserAt(ADDRESSES.anaAtHome),
    does: [
      { action: 'access-analyzer:ListFindings' },
      { action: 'iam:GenerateCredentialReport' },
      { action: 'iam:GetCredentialReport' },
      {
        action: 'cloudtrail:LookupEvents',
        request: { lookupAttributes: [{ attributeKey: 'Username', attributeValue: 'm.oduya' }] },
      },
      { action: 'cloudtrail:GetEventSelectors', request: { trailName: 'organization-trail' } },
      { action: 'iam:ListAccessKeys', request: { userName: 'm.oduya' } },
      {
        action: 'ec2:CreateSnapshot',
        error: ['Client.UnauthorizedOperation', 'You are not authorized to perform this operation.'],
      },
    ],
  },
  {
    who: 'lena',
    permissionSet: 'ReadOnlyAccess',
    accountId: PRODUCTION,
    at: '11:31',
    place: browserAt(ADDRESSES.office),
    does: [
      { action: 'athena:ListWorkGroups' },
      { action: 'glue:GetDatabases' },
      {
        action: 'athena:StartQueryExecution',
        request: { queryString: 'SELECT hafen, count(*) FROM überfahrten GROUP BY hafen', workGroup: 'primary' },
      },
      { action: 'athena:GetQueryResults' },
      { action: 's3:GetBucketLocation', ...bucket(PRODUCTION, 'example-ferries-reports', { location: '' }) },
    ],
  },
  {
    who: 'jun',
    permissionSet: 'Billing',
    accountId: PRODUCTION,
    at: '13:40',
    place: browserAt(ADDRESSES.office),
    does: [
      {
        action: 'ce:GetCostAndUsage',
        region: 'us-east-1',
        request: { granularity: 'MONTHLY', metrics: ['UnblendedCost'] },
      },
      { action: 'ce:GetCostForecast', region: 'us-east-1' },
      { action: 'billing:GetBillingData' },
      { action: 'budgets:DescribeBudgets', region: 'us-east-1', error: ['NotFoundException', 'Unable to get budgets'] },
    ],
  },
  {
    who: 'ana',
    permissionSet: 'AdministratorAccess',
    accountId: SECURITY,
    at: '13:58',
    place: terminalAt(ADDRESSES.office),
    does: [
      { action: 'sts:GetCallerIdentity' },
      { action: 'cloudtrail:DescribeTrails', request: { includeShadowTrails: false } },
      { action: 'cloudtrail:GetTrailStatus', request: { name: 'audit-archive' } },
      {
        action: 'organizations:CreatePolicy',
        region: 'us-east-1',
        request: { name: 'keep-tags', type: 'TAG_POLICY', description: 'Tags for Fähren', content: '{"tags":{}}' },
      },
      {
        action: 's3:CreateBucket',
        ...bucket(SECURITY, 'example-ferries-archive', {
          CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
        }),
      },
      {
        action: 's3:PutBucketPolicy',
        ...bucket(SECURITY, 'example-ferries-archive', {
          policy: '',
          bucketPolicy: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'cloudtrail.amazonaws.com' },
                Action: 's3:PutObject',
                Resource: 'arn:aws:s3:::example-ferries-archive/*',
              },
            ],
          },
        }),
      },
      { action: 's3:PutBucketEncryption', ...bucket(SECURITY, 'example-ferries-archive', { encryption: '' }) },
    ],
  },
  {
    who: 'kofi',
    permissionSet: 'PowerUserAccess',
    accountId: STAGING,
    at: '15:48',
    place: terminalAt(ADDRESSES.office),
    does: [
      { action: 'eks:DescribeCluster', request: { name: 'staging' } },
      { action: 'eks:ListNodegroups', request: { name: 'staging' } },
      { action: 'ecr:BatchGetImage', request: { repositoryName: 'node-tagger', imageIds: [{ imageTag: 'latest' }] } },
      {
        action: 'eks:UpdateNodegroupConfig',
        request: { name: 'staging', nodegroupName: 'spot', labels: { addOrUpdateLabels: { tagged: 'yes' } } },
      },
      {
        action: 'ssm:GetParameter',
        request: { name: '/staging/tagger', withDecryption: false },
        error: ['ParameterNotFound', 'Parameter /staging/tagger not found.'],
      },
    ],
  },
  {
    who: 'tomas',
    permissionSet: 'AdministratorAccess',
    accountId: STAGING,
    at: '23:02',
    place: terminalAt(ADDRESSES.tomasAtHome),
    does: [
      { action: 'sts:GetCallerIdentity' },
      { action: 'cloudtrail:ListTrails' },
      { action: 's3:DeleteBucketPolicy', ...bucket(STAGING, 'example-ferries-test-trail', { policy: '' }) },
      {
        action: 's3:DeleteBucket',
        ...bucket(STAGING, 'example-ferries-test-trail'),
        error: ['BucketNotEmpty', 'The bucket you tried to delete is not empty'],
      },
    ],
  },
];

/** A day at work, person by person: all of it is what they are paid for. */
export const shiftWork: readonly Call[] = shifts.flatMap(workShift);
