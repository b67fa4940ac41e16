/**
 * Event names that are no operation of a service's public API, reviewed by hand: what consoles and sign-in pages call, what AWS
 * does on its own, and names that CloudTrail spells otherwise than the API. Where from stands beside them.
 */
export const OTHER_EVENT_NAMES: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/understanding-sign-in-events.html
  'signin.amazonaws.com':
    'ConsoleLogin CheckMfa SwitchRole RenewRole ExitRole GetSigninToken PasswordRecoveryRequested PasswordRecoveryCompleted ' +
    'PasswordUpdated EmailUpdated UserAuthentication CredentialChallenge CredentialVerification ExternalIdPDirectoryLogin ' +
    'AuthorizeOAuth2Access CreateAccount Logout',
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/logging-using-cloudtrail.html
  'sso.amazonaws.com':
    'Authenticate Federate Logout ListProfilesForApplication ListDirectoryAssociations AssociateDirectory ' +
    'DisassociateDirectory UpdateDirectoryAssociation AssociateProfile DisassociateProfile CreateProfile UpdateProfile ' +
    'DeleteProfile GetProfile ListProfiles ListProfileAssociations CreateTrust DeleteTrust UpdateTrust DescribeTrusts ' +
    'CreateManagedApplicationInstance DeleteManagedApplicationInstance GetManagedApplicationInstance ' +
    'UpdateManagedApplicationInstanceStatus CreateApplicationInstance DeleteApplicationInstance GetApplicationInstance ' +
    'ListApplicationInstances ListApplicationTemplates GetApplicationTemplate UpdateApplicationInstanceStatus ' +
    'UpdateApplicationInstanceDisplayData UpdateApplicationInstanceSecurityConfiguration ' +
    'UpdateApplicationInstanceServiceProviderConfiguration UpdateApplicationInstanceResponseConfiguration ' +
    'UpdateApplicationInstanceResponseSchemaConfiguration UpdateApplicationInstanceActiveCertificate ' +
    'ImportApplicationInstanceServiceProviderMetadata CreateApplicationInstanceCertificate ' +
    'DeleteApplicationInstanceCertificate ListApplicationInstanceCertificates ListApplications StartSSO DeleteSSO GetSSOStatus ' +
    'GetSsoConfiguration UpdateSsoConfiguration GetSharedSsoConfiguration PutPermissionsPolicy DeletePermissionsPolicy ' +
    'GetPermissionsPolicy DescribePermissionsPolicies PutMfaDeviceManagementForDirectory GetMfaDeviceManagementForDirectory ' +
    'DescribeRegisteredRegions RegisterRegion DescribeDirectories SearchGroups SearchUsers GetPeregrineStatus ' +
    'StartDeviceAuthorization RegisterClient CreateToken',
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-info-in-cloudtrail.html
  'sso-directory.amazonaws.com':
    'AddMemberToGroup RemoveMemberFromGroup CompleteVirtualMfaDeviceRegistration CompleteWebAuthnDeviceRegistration ' +
    'StartVirtualMfaDeviceRegistration StartWebAuthnDeviceRegistration DeleteMfaDeviceForUser UpdateMfaDeviceForUser ' +
    'ListMfaDevicesForUser CreateAlias CreateBearerToken DeleteBearerToken ListBearerTokens CreateProvisioningTenant ' +
    'DeleteProvisioningTenant ListProvisioningTenants CreateExternalIdPConfigurationForDirectory ' +
    'DeleteExternalIdPConfigurationForDirectory DisableExternalIdPConfigurationForDirectory ' +
    'EnableExternalIdPConfigurationForDirectory GetAWSSPConfigurationForDirectory ListExternalIdPConfigurationsForDirectory ' +
    'UpdateExternalIdPConfigurationForDirectory ImportExternalIdPCertificate DeleteExternalIdPCertificate ' +
    'ListExternalIdPCertificates DescribeDirectory DescribeGroups DescribeUsers DisableUser EnableUser GetUserPoolInfo ' +
    'IsMemberInGroup ListGroupsForUser ListMembersInGroup SearchGroups SearchUsers UpdatePassword UpdateUserName VerifyEmail ' +
    'AssociateDirectory',
  // https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
  'kms.amazonaws.com': 'RotateKey DeleteKey DeleteExpiredKeyMaterial SynchronizeMultiRegionKey',
  // https://docs.aws.amazon.com/ebs/latest/userguide/logging-ebs-apis-using-cloudtrail.html, ec2 Spot service events
  'ec2.amazonaws.com': 'SharedSnapshotCopyInitiated SharedSnapshotVolumeCreated BidEvictedEvent BidFulfilledEvent',
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
  's3.amazonaws.com':
    'DeleteBucketPublicAccessBlock GetBucketPublicAccessBlock PutBucketPublicAccessBlock GetAccountPublicAccessBlock ' +
    'PutAccountPublicAccessBlock DeleteAccountPublicAccessBlock GetBucketObjectLockConfiguration ' +
    'PutBucketObjectLockConfiguration GetAccelerateConfiguration PutAccelerateConfiguration GetBucketReplication ' +
    'GetBucketOwnershipControls PutBucketOwnershipControls GetBucketInventoryConfiguration PutBucketInventoryConfiguration ' +
    'GetBucketMetricsConfiguration PutBucketMetricsConfiguration GetBucketAnalyticsConfiguration ' +
    'GetStorageLensDashboardDataInternal JobCreated JobStatusChanged CompleteUpload CreateUpload AbortUpload ' +
    'PreflightRequest ListObjectVersions GetBucketNotification PutBucketNotification',
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
  'secretsmanager.amazonaws.com':
    'StartSecretVersionDelete CancelSecretVersionDelete EndSecretVersionDelete RotationAbandoned RotationFailed ' +
    'RotationStarted RotationSucceeded TestRotationStarted TestRotationSucceeded TestRotationFailed SecretMigration',
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
  'organizations.amazonaws.com':
    'CreateAccountResult CloseAccountResult AccountJoinedOrganization AccountDepartedOrganization AccountClosed',
  // https://docs.aws.amazon.com/controltower/latest/userguide/lifecycle-events.html
  'controltower.amazonaws.com':
    'CreateManagedAccount UpdateManagedAccount EnableGuardrail DisableGuardrail SetupLandingZone RegisterOrganizationalUnit ' +
    'DeregisterOrganizationalUnit PrecheckOrganizationalUnit DeregisterManagedAccount DescribeManagedAccount',
  // https://docs.aws.amazon.com/cloudshell/latest/userguide/logging-and-monitoring.html
  'cloudshell.amazonaws.com':
    'CreateEnvironment StartEnvironment StopEnvironment DeleteEnvironment GetEnvironmentStatus DescribeEnvironments ' +
    'CreateSession DeleteSession SendHeartBeat PutCredentials RedeemCode GetFileDownloadUrls GetFileUploadUrls GetLayout ' +
    'UpdateLayout',
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/logging-using-cloudtrail.html
  'backup.amazonaws.com':
    'BackupDeleted BackupJobCompleted BackupJobStarted BackupSelectionDeletedDueToSLRDeletion BackupTransitionedToCold ' +
    'CopyJobCompleted CopyJobStarted ReportJobCompleted ReportJobStarted RestoreCompleted RestoreStarted ' +
    'RecoveryPointCreated',
  // The agent's own calls: https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
  'ssm.amazonaws.com':
    'UpdateInstanceInformation UpdateInstanceAssociationStatus ListInstanceAssociations PutConfigurePackageResult ' +
    'RegisterManagedInstance RequestManagedInstanceRoleToken GetManifest PutComplianceItems',
  'ssmmessages.amazonaws.com': 'CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel',
  'ec2messages.amazonaws.com': 'AcknowledgeMessage DeleteMessage FailMessage GetEndpoint GetMessages SendReply',
  // https://docs.aws.amazon.com/bedrock/latest/userguide/model-access-permissions.html
  'bedrock.amazonaws.com':
    'PutFoundationModelEntitlement PutUseCaseForModelAccess GetUseCaseForModelAccess GetFoundationModelAvailability ' +
    'CreateFoundationModelAgreement DeleteFoundationModelAgreement ListFoundationModelAgreementOffers',
  // https://docs.aws.amazon.com/quicksight/latest/user/logging-non-api.html
  'quicksight.amazonaws.com':
    'QueryDatabase CreateAccount DeleteAccount UpdateAccount BatchCreateUser BatchResendUserInvite UpdateGroups UpdateSpiceCapacity ' +
    'CreateDataSource UpdateDashboardAccess UpdateResourcePermissions SendDataSetShare AccountDeleteRequested ' +
    'GetSession GetAnonymousEmbedUrl SearchUser',
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/logging-using-cloudtrail.html: the console's own calls
  'rds.amazonaws.com': 'DescribeRecommendations DescribeRecommendationGroups',
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
  'ecr.amazonaws.com': 'PolicyExecutionEvent ReplicateImage PullThroughCacheRuleUpdate',
  // https://docs.aws.amazon.com/codecommit/latest/userguide/integ-cloudtrail.html
  'codecommit.amazonaws.com': 'GitPull GitPush',
  // https://docs.aws.amazon.com/efs/latest/ug/logging-using-cloudtrail.html
  'elasticfilesystem.amazonaws.com': 'NewClientConnection UpdateClientConnection',
  // https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html
  'rolesanywhere.amazonaws.com': 'CreateSession',
  // https://docs.aws.amazon.com/directoryservice/latest/devguide/logging-using-cloudtrail.html
  'ds.amazonaws.com': 'AuthorizeApplication UnauthorizeApplication CreateIdentityPoolDirectory CheckAlias',
  // https://docs.aws.amazon.com/awssupport/latest/user/logging-using-cloudtrail-for-aws-trusted-advisor.html
  'trustedadvisor.amazonaws.com':
    'RefreshCheck DescribeAccount DescribeAccountAccess DescribeCheckItems DescribeCheckRefreshStatuses ' +
    'DescribeCheckSummaries DescribeChecks DescribeNotificationPreferences ExcludeCheckItems IncludeCheckItems ' +
    'UpdateNotificationPreferences SetOrganizationAccess',
  // Hosted pages: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-info-in-cloudtrail.html
  'cognito-idp.amazonaws.com':
    'Login_GET Login_POST Logout_GET OAuth2_Authorize_GET OAuth2Authorize_GET OAuth2Response_GET OAuth2Response_POST Token_POST ' +
    'SAML2Response_POST SAML2Logout_POST SignUp_GET SignUp_POST ForgotPassword_GET ForgotPassword_POST ' +
    'ConfirmForgotPassword_GET ConfirmForgotPassword_POST ConfirmUser_GET ConfirmUser_POST ResetPassword_GET ' +
    'ResetPassword_POST ResendCode_POST MfaOption_GET MFA_GET MFA_POST UserInfo_GET Beta_Confirm_GET Error_GET ' +
    'CognitoAuthentication',
};

/** Sources of consoles and older services whose event names no model lists: any name may be theirs. */
export const OPEN_SOURCES: readonly string[] = [
  'aws-marketplace',
  'aws-portal',
  'billingconsole',
  'codewhisperer',
  'commerce',
  'consoleapp',
  'discovery-marketplace',
  'freetier',
  'kafka-cluster',
  'macie',
  'marketplace',
  'payments',
  'portal',
  'q',
  'resource-groups-tagging',
  'supportapp',
  'tax',
  'user-subscriptions',
  'vpce',
].map((name) => `${name}.amazonaws.com`);
