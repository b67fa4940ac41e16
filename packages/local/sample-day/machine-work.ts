import { awsService, type Actor } from './actor.ts';
import { assuming, bucket, key, noIdentityPolicy } from './call-details.ts';
import { PRODUCTION, STAGING, ciDeployer } from './cast.ts';
import type { Call } from './record.ts';
import { scanner, serviceLinkedRole, through, workflow } from './workloads.ts';

/** A release by GitHub Actions and CloudFormation: the calls of the workflow, and those that CloudFormation makes for it. */
function release(accountId: string, hour: string, service: string): readonly Call[] {
  const { token, role } = workflow(accountId, service);
  const cloudFormation = through('cloudformation.amazonaws.com', role);
  const stackName = `${service}-stack`;
  const functionName = `${service}-api`;
  return [
    { at: `${hour}:02`, by: token, action: 'sts:AssumeRoleWithWebIdentity', ...assuming(token, role) },
    { at: `${hour}:04`, by: role, action: 'sts:GetCallerIdentity' },
    { at: `${hour}:09`, by: role, action: 'cloudformation:DescribeStacks', request: { stackName } },
    {
      at: `${hour}:15`,
      by: role,
      action: 'cloudformation:CreateChangeSet',
      request: {
        stackName,
        changeSetName: `release-${hour.replace(':', '')}`,
        capabilities: ['CAPABILITY_IAM'],
        parameters: Array.from({ length: 24 }, (_, index) => ({
          parameterKey: `Timetable${index + 1}`,
          parameterValue: `/ferries/${service}/timetable/${index + 1}`,
        })),
        tags: [{ key: 'team', value: 'Überfahrt' }],
      },
      response: { stackId: `arn:aws:cloudformation:eu-west-1:${accountId}:stack/${stackName}/0f1e2d3c` },
    },
    {
      at: `${hour}:28`,
      by: role,
      action: 'cloudformation:ExecuteChangeSet',
      request: { stackName, changeSetName: `release-${hour.replace(':', '')}` },
    },
    { at: `${hour}:33`, by: cloudFormation, action: 'lambda:GetFunction20150331v2', request: { functionName } },
    {
      at: `${hour}:36`,
      by: cloudFormation,
      action: 'lambda:UpdateFunctionCode20150331v2',
      request: {
        functionName,
        s3Bucket: 'example-ferries-artifacts',
        s3Key: `${service}/${hour.replace(':', '')}.zip`,
        publish: true,
      },
      response: { functionName, lastUpdateStatus: 'InProgress' },
    },
    { at: `${hour}:41`, by: cloudFormation, action: 'iam:GetRole', request: { roleName: `${functionName}-role` } },
    { at: `${hour}:58`, by: role, action: 'cloudformation:DescribeStackEvents', request: { stackName } },
  ];
}

/** The older way: the build machine and its IAM user. */
function build(hour: string): readonly Call[] {
  return [
    { at: `${hour}:05`, by: ciDeployer, action: 'sts:GetCallerIdentity', region: 'us-east-1' },
    { at: `${hour}:07`, by: ciDeployer, action: 'ecr:GetAuthorizationToken' },
    {
      at: `${hour}:31`,
      by: ciDeployer,
      action: 'ecr:PutImage',
      request: {
        repositoryName: 'ferry-batch',
        imageTag: `2026.03.11-${hour.replace(':', '')}`,
        registryId: PRODUCTION,
      },
    },
    {
      at: `${hour}:44`,
      by: ciDeployer,
      action: 'ecs:RegisterTaskDefinition',
      request: { family: 'ferry-batch', networkMode: 'awsvpc' },
    },
    {
      at: `${hour}:49`,
      by: ciDeployer,
      action: 'ecs:UpdateService',
      request: { cluster: 'batch', service: 'ferry-batch' },
    },
  ];
}

/** The vendor's scan reads everything that it may, and now and then what it may not. */
function scan(accountId: string, hour: string): readonly Call[] {
  const { vendor, role } = scanner(accountId);
  const reads = [
    'iam:GetAccountPasswordPolicy',
    'iam:ListPolicies',
    'iam:GetPolicyVersion',
    'ec2:DescribeSecurityGroups',
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'rds:DescribeDBInstances',
    'kms:ListKeys',
    'lambda:ListFunctions20150331',
  ];
  const refusals = ['secretsmanager:GetResourcePolicy', 'sns:GetTopicAttributes'];
  return [
    {
      at: `${hour}:02`,
      by: vendor,
      action: 'sts:AssumeRole',
      ...assuming(vendor, role, { externalId: 'ferries-7f31' }),
    },
    ...reads.map((action, index) => ({ at: `${hour}:${index + 10}`, by: role, action })),
    ...refusals.map((action, index) => ({
      at: `${hour}:${index + 40}`,
      by: role,
      action,
      error: noIdentityPolicy(role, action),
    })),
    {
      at: `${hour}:55`,
      by: role,
      action: 's3:GetBucketPolicyStatus',
      ...bucket(accountId, 'example-ferries-artifacts', { policyStatus: '' }),
      error: ['NoSuchBucketPolicy', 'The bucket policy does not exist'],
    },
  ];
}

/** Backups run while nobody sails. */
const backup = serviceLinkedRole(PRODUCTION, 'AWSServiceRoleForBackup', 'backup.amazonaws.com', 'AWSBackup-nightly');
const backups: readonly Call[] = [
  {
    at: '04:00:03',
    by: awsService(PRODUCTION, 'backup.amazonaws.com'),
    action: 'sts:AssumeRole',
    ...assuming(awsService(PRODUCTION, 'backup.amazonaws.com'), backup),
  },
  {
    at: '04:00:09',
    by: backup,
    action: 'rds:CreateDBSnapshot',
    request: { dBInstanceIdentifier: 'bookings', dBSnapshotIdentifier: 'nightly-2026-03-11' },
  },
  {
    at: '04:00:20',
    by: backup,
    action: 'kms:GenerateDataKeyWithoutPlaintext',
    ...key(PRODUCTION, 'backups', { numberOfBytes: 32, encryptionContext: { 'aws:rds:db-id': 'db-BOOKINGS' } }),
  },
  {
    at: '04:21:47',
    by: backup,
    action: 'rds:DescribeDBSnapshots',
    request: { dBSnapshotIdentifier: 'nightly-2026-03-11' },
  },
];

/** Auto Scaling follows the ferries: one more server for the morning, one fewer in the evening. */
const scaling = (accountId: string): Actor =>
  serviceLinkedRole(accountId, 'AWSServiceRoleForAutoScaling', 'autoscaling.amazonaws.com', 'AutoScaling');

const morningServer = { items: [{ instanceId: 'i-0f3b92d6c8e714a05' }] };

const scalings: readonly Call[] = [
  {
    at: '06:30:08',
    by: scaling(PRODUCTION),
    action: 'ec2:RunInstances',
    request: {
      launchTemplate: { launchTemplateName: 'web-server', version: '14' },
      instancesSet: { items: [{ minCount: 1, maxCount: 1 }] },
      instanceType: 'm7g.large',
      blockDeviceMapping: {
        items: [{ deviceName: '/dev/xvda', ebs: { volumeSize: 40, encrypted: true, volumeType: 'gp3' } }],
      },
      tagSpecificationSet: { items: [{ resourceType: 'instance', tags: [{ key: 'Name', value: 'fähre-web' }] }] },
    },
    response: {
      instancesSet: { items: [{ instanceId: 'i-0f3b92d6c8e714a05', instanceState: { code: 0, name: 'pending' } }] },
    },
  },
  {
    at: '06:30:12',
    by: through('autoscaling.amazonaws.com', scaling(PRODUCTION)),
    action: 'kms:CreateGrant',
  },
  {
    at: '06:31:02',
    by: scaling(PRODUCTION),
    action: 'elasticloadbalancing:RegisterTargets',
    request: { targets: [{ id: 'i-0f3b92d6c8e714a05' }] },
  },
  {
    at: '06:31:40',
    by: scaling(PRODUCTION),
    action: 'ec2:DescribeInstanceStatus',
    request: { instancesSet: morningServer },
  },
  {
    at: '20:00:11',
    by: scaling(PRODUCTION),
    action: 'elasticloadbalancing:DeregisterTargets',
    request: { targets: [{ id: 'i-0f3b92d6c8e714a05' }] },
  },
  {
    at: '20:05:30',
    by: scaling(PRODUCTION),
    action: 'ec2:TerminateInstances',
    request: { instancesSet: morningServer },
  },
];

/** What machines do on a timetable, or because somebody merged. */
export const machineWork: readonly Call[] = [
  ...release(STAGING, '09:52', 'booking'),
  ...release(STAGING, '13:14', 'report'),
  ...release(PRODUCTION, '15:37', 'booking'),
  ...build('10:26'),
  ...build('17:08'),
  ...scan(PRODUCTION, '03:01'),
  ...scan(STAGING, '03:06'),
  ...backups,
  ...scalings,
];
