import { HEARTBEAT_SELECTOR } from '../heartbeat/heartbeat.ts';

/**
 * What is in an ordinary trail of management events, of ten thousand records: our estimate, and only used to choose between filters that are all
 * sound. It says what such trails have in common: most calls read; AWS services take on roles and use keys all the time; agents
 * describe what they run on; changes are few, and those that machines make (log streams, network interfaces, tags) most of them.
 */
export interface OrdinaryCall {
  readonly weight: number;
  /** By selector; what is not here is unknown. Undefined: the record does not have it. */
  readonly fields: Readonly<Record<string, string | undefined>>;
}

/** Weight, service and name; then the error and the kind of caller where they are not those of a role's call that worked. */
const CALLS = `
1500 sts AssumeRole - AWSService
300 sts AssumeRole
20 sts AssumeRole AccessDenied
60 sts AssumeRoleWithWebIdentity - WebIdentityUser
15 sts AssumeRoleWithSAML - SAMLUser
250 sts GetCallerIdentity
900 kms Decrypt
500 kms GenerateDataKey
60 kms Encrypt
30 kms CreateGrant
60 kms DescribeKey
30 kms ListAliases
250 logs CreateLogStream
80 logs DescribeLogGroups
80 logs DescribeLogStreams
20 logs CreateLogGroup
20 logs CreateLogGroup ResourceAlreadyExistsException
30 logs FilterLogEvents
250 s3 GetBucketAcl - AWSService
120 s3 GetBucketLocation
60 s3 ListBuckets
100 s3 HeadBucket
60 s3 GetBucketPolicy
40 s3 GetBucketPolicy NoSuchBucketPolicy
120 s3 GetBucketTagging
60 s3 GetBucketEncryption
60 s3 GetBucketPublicAccessBlock
10 s3 GetBucketVersioning AccessDenied
500 ec2 DescribeInstances
300 ec2 DescribeNetworkInterfaces
150 ec2 DescribeVolumes
120 ec2 DescribeSecurityGroups
120 ec2 DescribeSubnets
100 ec2 DescribeVpcs
100 ec2 DescribeTags
80 ec2 DescribeInstanceStatus
80 ec2 DescribeImages
60 ec2 DescribeRouteTables
60 ec2 DescribeRegions
60 ec2 DescribeAvailabilityZones
20 ec2 DescribeInstances Client.UnauthorizedOperation
60 ec2 CreateNetworkInterface
60 ec2 DeleteNetworkInterface
30 ec2 CreateTags
15 ec2 RunInstances
15 ec2 TerminateInstances
6 ec2 StartInstances
6 ec2 StopInstances
10 ec2 CreateSnapshot
10 ec2 DeleteSnapshot
10 ec2 AttachVolume
10 ec2 CreateFleet
30 ec2 SharedSnapshotVolumeCreated - AWSService
200 monitoring DescribeAlarms
150 monitoring ListMetrics
60 monitoring PutMetricAlarm
10 monitoring DeleteAlarms
150 autoscaling DescribeAutoScalingGroups
30 autoscaling UpdateAutoScalingGroup
200 elasticloadbalancing DescribeTargetHealth
100 elasticloadbalancing DescribeLoadBalancers
60 elasticloadbalancing DescribeTargetGroups
30 elasticloadbalancing RegisterTargets
30 elasticloadbalancing DeregisterTargets
200 ssm UpdateInstanceInformation
120 ssm GetParameters
80 ssm GetParameter
60 ssm GetParametersByPath
60 ssm ListAssociations
60 ssm PutInventory
40 ssm ListInstanceAssociations
20 ssm PutComplianceItems
10 ssm PutParameter
10 ssm SendCommand
150 secretsmanager GetSecretValue
20 secretsmanager DescribeSecret
120 ecr BatchGetImage
120 ecr GetAuthorizationToken
80 ecr BatchCheckLayerAvailability
60 ecr GetDownloadUrlForLayer
20 ecr InitiateLayerUpload
20 ecr UploadLayerPart
20 ecr CompleteLayerUpload
20 ecr PutImage
100 ecs DescribeServices
100 ecs DescribeTasks
60 ecs DescribeTaskDefinition
60 ecs ListTasks
60 ecs SubmitTaskStateChange
60 ecs SubmitContainerStateChange
30 ecs DiscoverPollEndpoint
15 ecs RegisterTaskDefinition
15 ecs RunTask
10 ecs UpdateService
100 lambda GetFunction20150331v2
100 lambda ListFunctions20150331
60 lambda ListTags20170331
20 lambda UpdateFunctionCode20150331v2
10 lambda UpdateFunctionConfiguration20150331v2
60 dynamodb DescribeTable
30 dynamodb ListTables
60 rds DescribeDBInstances
30 rds DescribeDBClusters
10 rds CreateDBSnapshot
10 rds CreateDBClusterSnapshot
10 rds DeleteDBSnapshot
80 iam GetRole
80 iam ListRoles
60 iam ListAttachedRolePolicies
60 iam GetPolicyVersion
60 iam GetPolicy
40 iam ListRolePolicies
30 iam GetRole NoSuchEntityException
30 iam GetInstanceProfile
20 iam GenerateServiceLastAccessedDetails
6 iam PassRole AccessDenied
3 iam CreateRole
3 iam DeleteRole
3 iam AttachRolePolicy
3 iam DetachRolePolicy
3 iam PutRolePolicy
3 iam DeleteRolePolicy
2 iam CreatePolicy
2 iam CreatePolicyVersion
3 iam TagRole
6 iam CreateServiceLinkedRole InvalidInput
100 config PutEvaluations
60 config DescribeConfigurationRecorders
60 config DescribeConfigurationRecorderStatus
30 config SelectResourceConfig
60 tagging GetResources
30 tagging TagResources
60 cloudformation DescribeStacks
60 cloudformation DescribeStackEvents
30 cloudformation DescribeStackResources
10 cloudformation CreateChangeSet
10 cloudformation ExecuteChangeSet
6 cloudformation UpdateStack
6 cloudformation DeleteChangeSet
60 cloudtrail LookupEvents
60 cloudtrail DescribeTrails
60 cloudtrail GetTrailStatus
60 sqs GetQueueAttributes
60 sqs ListQueues
60 sns GetTopicAttributes
30 sns ListTopics
60 eks DescribeCluster
30 eks ListClusters
30 securityhub BatchImportFindings
30 securityhub GetFindings
30 guardduty ListDetectors
20 guardduty ListFindings
60 health DescribeEventAggregates
30 organizations DescribeOrganization
30 organizations ListAccounts
20 organizations DescribeOrganization AccessDeniedException
60 signin ConsoleLogin - IAMUser
20 signin ConsoleLogin
10 signin SwitchRole
10 sso Federate - Unknown
20 sso GetRoleCredentials - Unknown
20 sso CreateToken - Unknown
20 sso Authenticate - Unknown
30 backup StartBackupJob
20 backup BackupJobCompleted - AWSService
30 events PutRule
20 events PutTargets
20 events ListRules
20 states StartExecution
20 glue GetTable
60 glue GetDatabases
20 glue UpdateTable
20 athena GetQueryExecution
20 athena StartQueryExecution
20 kinesis DescribeStream
20 es DescribeElasticsearchDomains
20 acm DescribeCertificate
10 acm RenewCertificate - AWSService
30 cloudfront ListDistributions
10 cloudfront CreateInvalidation
30 route53 ListResourceRecordSets
20 route53 ChangeResourceRecordSets
20 route53 GetChange
20 codebuild BatchGetBuilds
10 codebuild StartBuild
20 codepipeline GetPipelineState
20 application-autoscaling DescribeScalableTargets
20 servicequotas ListServiceQuotas
20 wafv2 ListWebACLs
20 apigateway GetRestApis
10 iam GetAccountSummary - Root
5 signin ConsoleLogin - Root
`;

export const ORDINARY_TRAIL: readonly OrdinaryCall[] = CALLS.trim().split('\n').map(readCall);

function readCall(line: string): OrdinaryCall {
  const [weight = '', service = '', eventName = '', errorCode = '-', type = 'AssumedRole'] = line.split(' ');
  return {
    weight: Number(weight),
    fields: {
      '$.eventSource': `${service}.amazonaws.com`,
      '$.eventName': eventName,
      '$.errorCode': errorCode === '-' ? undefined : errorCode,
      '$.userIdentity.type': type,
      '$.userIdentity.invokedBy': type === 'AWSService' ? `${service}.amazonaws.com` : undefined,
      '$.eventType': service === 'signin' ? 'AwsConsoleSignIn' : 'AwsApiCall',
      [HEARTBEAT_SELECTOR]: undefined,
    },
  };
}
