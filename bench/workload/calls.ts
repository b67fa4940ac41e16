/** The API calls of the workload: what an account does all day, by service. */

export interface ServiceCalls {
  readonly source: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

const words = (text: string) => text.split(' ');

/** 275 distinct names between them. */
export const SERVICES: readonly ServiceCalls[] = [
  {
    source: 's3.amazonaws.com',
    reads: words(
      'GetBucketAcl GetBucketPolicyStatus GetBucketLocation GetBucketVersioning GetBucketLogging GetBucketEncryption GetBucketTagging GetBucketWebsite GetBucketCors GetBucketLifecycle GetBucketReplication GetBucketNotification GetBucketPublicAccessBlock GetBucketOwnershipControls GetAccountPublicAccessBlock GetStorageLensConfiguration ListBuckets HeadBucket GetBucketObjectLockConfiguration GetAccelerateConfiguration',
    ),
    writes: words('CreateBucket PutBucketTagging PutBucketVersioning PutBucketEncryption PutBucketOwnershipControls'),
  },
  {
    source: 'ec2.amazonaws.com',
    reads: words(
      'DescribeInstances DescribeVolumes DescribeSnapshots DescribeImages DescribeVpcs DescribeSubnets DescribeSecurityGroups DescribeRouteTables DescribeNetworkAcls DescribeNetworkInterfaces DescribeAddresses DescribeKeyPairs DescribeRegions DescribeAvailabilityZones DescribeInstanceStatus DescribeInstanceTypes DescribeTags DescribeVpcEndpoints DescribeNatGateways DescribeInternetGateways DescribeLaunchTemplates DescribeFlowLogs DescribeTransitGateways DescribeVolumeStatus DescribeInstanceAttribute GetEbsEncryptionByDefault DescribeVpcPeeringConnections DescribeDhcpOptions',
    ),
    writes: words(
      'RunInstances StartInstances StopInstances TerminateInstances RebootInstances CreateTags DeleteTags CreateVolume AttachVolume DetachVolume CreateSnapshot DeleteSnapshot CreateNetworkInterface DeleteNetworkInterface ModifyInstanceAttribute AllocateAddress AssociateAddress CreateLaunchTemplateVersion CreateImage DeregisterImage',
    ),
  },
  {
    source: 'iam.amazonaws.com',
    reads: words(
      'ListUsers ListRoles ListPolicies ListGroups GetUser GetRole GetPolicy GetPolicyVersion ListAccessKeys GetAccessKeyLastUsed ListAttachedRolePolicies ListAttachedUserPolicies ListRolePolicies ListUserPolicies GetAccountSummary GetAccountPasswordPolicy ListMFADevices ListVirtualMFADevices GenerateCredentialReport GetCredentialReport GetLoginProfile ListInstanceProfiles ListServerCertificates',
    ),
    writes: words('CreateServiceLinkedRole TagRole UntagRole AddRoleToInstanceProfile UpdateAccessKey PassRoleCheck'),
  },
  {
    source: 'sts.amazonaws.com',
    reads: words(
      'GetCallerIdentity AssumeRole AssumeRoleWithWebIdentity AssumeRoleWithSAML GetSessionToken GetAccessKeyInfo',
    ),
    writes: words('DecodeAuthorizationMessage GetFederationToken'),
  },
  {
    source: 'kms.amazonaws.com',
    reads: words(
      'Decrypt Encrypt GenerateDataKey DescribeKey ListKeys ListAliases GetKeyPolicy GetKeyRotationStatus GenerateDataKeyWithoutPlaintext',
    ),
    writes: words('CreateGrant RetireGrant CreateAlias TagResource'),
  },
  {
    source: 'logs.amazonaws.com',
    reads: words(
      'DescribeLogGroups DescribeLogStreams GetLogEvents FilterLogEvents DescribeMetricFilters DescribeSubscriptionFilters StartQuery GetQueryResults',
    ),
    writes: words('CreateLogGroup CreateLogStream PutRetentionPolicy PutMetricFilter TagLogGroup'),
  },
  {
    source: 'monitoring.amazonaws.com',
    reads: words(
      'DescribeAlarms GetMetricData ListMetrics GetMetricStatistics DescribeAlarmHistory ListDashboards GetDashboard',
    ),
    writes: words('PutMetricAlarm SetAlarmState PutDashboard EnableAlarmActions'),
  },
  {
    source: 'lambda.amazonaws.com',
    reads: words(
      'ListFunctions20150331 GetFunction20150331v2 GetFunctionConfiguration20150331v2 GetPolicy20150331v2 ListVersionsByFunction20150331 ListEventSourceMappings20150331 ListTags20170331 ListLayers20181031 GetAccountSettings20160819 ListAliases20150331',
    ),
    writes: words(
      'UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2 CreateFunction20150331 PublishVersion20150331 AddPermission20150331v2 TagResource20170331v2',
    ),
  },
  {
    source: 'dynamodb.amazonaws.com',
    reads: words(
      'DescribeTable ListTables DescribeTimeToLive DescribeContinuousBackups ListTagsOfResource DescribeLimits',
    ),
    writes: words('CreateTable UpdateTable DeleteTable UpdateTimeToLive CreateBackup'),
  },
  {
    source: 'rds.amazonaws.com',
    reads: words(
      'DescribeDBInstances DescribeDBClusters DescribeDBSnapshots DescribeDBSubnetGroups DescribeDBParameterGroups DescribeDBEngineVersions DescribeEvents DescribeDBClusterSnapshots ListTagsForResource',
    ),
    writes: words(
      'CreateDBSnapshot ModifyDBInstance RebootDBInstance AddTagsToResource CreateDBInstance DeleteDBSnapshot',
    ),
  },
  {
    source: 'autoscaling.amazonaws.com',
    reads: words(
      'DescribeAutoScalingGroups DescribeAutoScalingInstances DescribeLaunchConfigurations DescribePolicies DescribeScalingActivities DescribeLifecycleHooks',
    ),
    writes: words('UpdateAutoScalingGroup SetDesiredCapacity CompleteLifecycleAction RecordLifecycleActionHeartbeat'),
  },
  {
    source: 'elasticloadbalancing.amazonaws.com',
    reads: words(
      'DescribeLoadBalancers DescribeTargetGroups DescribeTargetHealth DescribeListeners DescribeRules DescribeLoadBalancerAttributes DescribeListenerCertificates',
    ),
    writes: words('RegisterTargets DeregisterTargets ModifyTargetGroup CreateListener ModifyRule'),
  },
  {
    source: 'ssm.amazonaws.com',
    reads: words(
      'DescribeInstanceInformation GetParameter GetParameters GetParametersByPath ListAssociations DescribeParameters ListCommands GetCommandInvocation DescribeDocument ListInstanceAssociations',
    ),
    writes: words(
      'UpdateInstanceInformation PutParameter SendCommand StartSession TerminateSession PutInventory UpdateInstanceAssociationStatus',
    ),
  },
  {
    source: 'ecr.amazonaws.com',
    reads: words(
      'GetAuthorizationToken BatchGetImage DescribeRepositories DescribeImages BatchCheckLayerAvailability GetDownloadUrlForLayer ListImages GetRepositoryPolicy',
    ),
    writes: words('PutImage InitiateLayerUpload CompleteLayerUpload BatchDeleteImage'),
  },
  {
    source: 'config.amazonaws.com',
    reads: words(
      'DescribeConfigurationRecorders DescribeConfigRules DescribeConfigurationRecorderStatus GetComplianceDetailsByConfigRule DescribeComplianceByConfigRule ListDiscoveredResources SelectResourceConfig',
    ),
    writes: words('PutEvaluations StartConfigRulesEvaluation'),
  },
  {
    source: 'cloudformation.amazonaws.com',
    reads: words(
      'DescribeStacks ListStacks DescribeStackEvents GetTemplate DescribeStackResources ListStackResources DescribeChangeSet GetTemplateSummary',
    ),
    writes: words('CreateStack UpdateStack CreateChangeSet ExecuteChangeSet'),
  },
  {
    source: 'secretsmanager.amazonaws.com',
    reads: words('GetSecretValue DescribeSecret ListSecrets GetResourcePolicy ListSecretVersionIds'),
    writes: words('PutSecretValue RotateSecret CreateSecret'),
  },
  {
    source: 'sqs.amazonaws.com',
    reads: words('ListQueues GetQueueAttributes GetQueueUrl ListQueueTags'),
    writes: words('CreateQueue SetQueueAttributes PurgeQueue'),
  },
];

/** What the CIS patterns ring for: one event in a hundred. */
export const ALARMING: readonly (readonly [source: string, name: string])[] = [
  ['iam.amazonaws.com', 'PutRolePolicy'],
  ['iam.amazonaws.com', 'AttachUserPolicy'],
  ['iam.amazonaws.com', 'CreatePolicyVersion'],
  ['cloudtrail.amazonaws.com', 'StopLogging'],
  ['cloudtrail.amazonaws.com', 'UpdateTrail'],
  ['s3.amazonaws.com', 'PutBucketPolicy'],
  ['s3.amazonaws.com', 'DeleteBucketLifecycle'],
  ['ec2.amazonaws.com', 'AuthorizeSecurityGroupIngress'],
  ['ec2.amazonaws.com', 'CreateNetworkAclEntry'],
  ['ec2.amazonaws.com', 'CreateRoute'],
  ['ec2.amazonaws.com', 'AttachInternetGateway'],
  ['ec2.amazonaws.com', 'CreateVpc'],
  ['kms.amazonaws.com', 'ScheduleKeyDeletion'],
  ['config.amazonaws.com', 'StopConfigurationRecorder'],
];
