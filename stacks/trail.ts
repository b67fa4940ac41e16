import type { NewTrail } from '@trailbell/core/config';
import type { Deployment } from './deployment.ts';
import type { LogSource } from './log-source.ts';
import type { Text } from './text.ts';
import { trusted } from './trust.ts';

const CLOUDTRAIL = [{ type: 'service' as const, identifiers: ['cloudtrail.amazonaws.com'] }];

/**
 * A multi-region trail of management events, of the account or of the organization, with its bucket, its key and its log group.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function createTrail(deployment: Deployment, { organization, ...trail }: NewTrail): LogSource {
  const { stage, prefix, accountId, region, partition, keep } = deployment;
  const owner = organization?.managementAccount ?? accountId;
  const trailArn = $interpolate`arn:${partition}:cloudtrail:${region}:${owner}:trail/${prefix}`;
  const groupArn = deployment.arnOf('logs', `log-group:${stage.logGroupName}`);
  const streams = [
    $interpolate`${owner}_CloudTrail_*`,
    ...(organization === undefined ? [] : [`${organization.id}_*`]),
  ];

  const key = new aws.kms.Key(
    'TrailKey',
    {
      description: `${prefix}: CloudTrail's files and log group`,
      enableKeyRotation: true,
      policy: trailKeyPolicy(deployment, { trailArn, groupArn, owner }),
      tags: { Name: prefix },
    },
    keep,
  );
  const logGroup = new aws.cloudwatch.LogGroup(
    'TrailLogGroup',
    { name: stage.logGroupName, retentionInDays: trail.logRetentionDays, kmsKeyId: key.arn },
    keep,
  );
  const writer = new aws.iam.Role('TrailWriter', {
    name: $interpolate`${prefix}-${region}-trail`,
    assumeRolePolicy: trusted('cloudtrail'),
    inlinePolicies: [
      {
        name: 'write-to-log-group',
        policy: aws.iam.getPolicyDocumentOutput({
          statements: [
            {
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
              resources: streams.map((stream) => $interpolate`${groupArn}:log-stream:${stream}`),
            },
          ],
        }).json,
      },
    ],
  });
  const bucket = createBucket(deployment, { key, trailArn, owner, organizationId: organization?.id, ...trail });

  new aws.cloudtrail.Trail(
    'Trail',
    {
      name: prefix,
      s3BucketName: bucket.name,
      kmsKeyId: key.arn,
      cloudWatchLogsGroupArn: $interpolate`${logGroup.arn}:*`,
      cloudWatchLogsRoleArn: writer.arn,
      isMultiRegionTrail: true,
      isOrganizationTrail: organization !== undefined,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
    },
    { dependsOn: [bucket], ...keep },
  );
  return { name: logGroup.name, arn: groupArn };
}

function trailKeyPolicy(
  { accountId, partition, region, dnsSuffix }: Deployment,
  { trailArn, groupArn, owner }: { readonly trailArn: Text; readonly groupArn: Text; readonly owner: Text },
) {
  return aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        sid: 'TheAccountAdministersTheKey',
        actions: ['kms:*'],
        resources: ['*'],
        principals: [{ type: 'AWS', identifiers: [$interpolate`arn:${partition}:iam::${accountId}:root`] }],
      },
      {
        sid: 'CloudTrailEncrypts',
        actions: ['kms:GenerateDataKey*'],
        resources: ['*'],
        principals: [{ type: 'Service', identifiers: ['cloudtrail.amazonaws.com'] }],
        conditions: [
          { test: 'StringEquals', variable: 'aws:SourceArn', values: [trailArn] },
          {
            test: 'StringLike',
            variable: 'kms:EncryptionContext:aws:cloudtrail:arn',
            values: [$interpolate`arn:${partition}:cloudtrail:*:${owner}:trail/*`],
          },
        ],
      },
      {
        sid: 'CloudTrailDescribesTheKey',
        actions: ['kms:DescribeKey'],
        resources: ['*'],
        principals: [{ type: 'Service', identifiers: ['cloudtrail.amazonaws.com'] }],
        conditions: [{ test: 'StringEquals', variable: 'aws:SourceArn', values: [trailArn] }],
      },
      {
        sid: 'CloudWatchLogsEncryptsTheLogGroup',
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        principals: [{ type: 'Service', identifiers: [$interpolate`logs.${region}.${dnsSuffix}`] }],
        conditions: [{ test: 'ArnEquals', variable: 'kms:EncryptionContext:aws:logs:arn', values: [groupArn] }],
      },
    ],
  }).json;
}

function createBucket(
  { keep, stage }: Deployment,
  {
    key,
    trailArn,
    owner,
    organizationId,
    fileRetentionDays,
  }: {
    readonly key: aws.kms.Key;
    readonly trailArn: Text;
    readonly owner: Text;
    readonly organizationId: string | undefined;
    readonly fileRetentionDays?: number;
  },
) {
  const fromTheTrail = { test: 'StringEquals', variable: 'aws:SourceArn', values: [trailArn] };
  // An organization's trail writes its owner's files into one, and every other account's into the other.
  const folders = [owner, ...(organizationId === undefined ? [] : [organizationId])];
  const bucket = new sst.aws.Bucket('TrailBucket', {
    cors: false,
    versioning: true,
    ...(fileRetentionDays !== undefined && { lifecycle: [{ expiresIn: `${fileRetentionDays} days` }] }),
    policy: $resolve(folders).apply((folders) => [
      {
        actions: ['s3:GetBucketAcl'],
        principals: CLOUDTRAIL,
        paths: [''],
        conditions: [fromTheTrail],
      },
      {
        actions: ['s3:PutObject'],
        principals: CLOUDTRAIL,
        paths: folders.map((folder) => `AWSLogs/${folder}/*`),
        conditions: [
          fromTheTrail,
          { test: 'StringEquals', variable: 's3:x-amz-acl', values: ['bucket-owner-full-control'] },
        ],
      },
    ]),
    transform: {
      bucket: (args, options) => {
        args.forceDestroy = !stage.isProtected;
        Object.assign(options, keep);
        return undefined;
      },
    },
  });
  new aws.s3.BucketServerSideEncryptionConfiguration('TrailBucketEncryption', {
    bucket: bucket.name,
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn },
        // With a bucket key the requests to KMS would name the bucket in place of the trail, and the key's policy asks for the trail.
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
        bucketKeyEnabled: false,
      },
    ],
  });
  return bucket;
}
