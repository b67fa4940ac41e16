import { awsService, rootUser, type Actor } from './actor.ts';
import { assuming, bucket, denied, key, sharedBy, signIn } from './call-details.ts';
import { ADDRESSES, PRODUCTION, STAGING, browserAt, oduya, person, terminalAt } from './cast.ts';
import { createRandom } from './random.ts';
import type { Call } from './record.ts';
import { lambdaFunction, through } from './workloads.ts';

const kms = awsService(PRODUCTION, 'kms.amazonaws.com');
const lambdaInVpc: Actor = {
  ...lambdaFunction(PRODUCTION, 'price-feed'),
  sourceIPAddress: '10.20.4.117',
  vpcEndpointId: 'vpce-0c4d8a7be2915f630',
};
const tomas = person('tomas', 'ReadOnlyAccess', PRODUCTION, '07:20:40', terminalAt(ADDRESSES.tomasAtHome));

const serviceEvent = { eventType: 'AwsServiceEvent', requestID: undefined };

/** What services do as the root user, or to it: nobody has opened the safe. */
const rootWithoutAHand: readonly Call[] = [
  ...['05:12:20', '17:12:20'].map((at) => ({
    at,
    by: through('trustedadvisor.amazonaws.com', rootUser(PRODUCTION, browserAt(ADDRESSES.office))),
    action: 'ec2:DescribeVolumes',
  })),
  {
    at: '08:03:44',
    by: through('ec2.amazonaws.com', rootUser(STAGING, browserAt(ADDRESSES.office))),
    action: 'ec2:BidEvictedEvent',
    fields: { ...serviceEvent, readOnly: false, serviceEventDetails: { instanceIdSet: ['i-0b7de4f2a9136c580'] } },
  },
  {
    at: '21:30:00',
    by: rootUser(PRODUCTION, { sourceIPAddress: 'AWS Internal', userAgent: 'AWS Internal' }),
    action: 'ec2:BidEvictedEvent',
    fields: { ...serviceEvent, readOnly: false, serviceEventDetails: { instanceIdSet: ['i-08e3c5b7d9f120a46'] } },
  },
];

/** Sign-ins that succeed with MFA, or fail, and switch roles. */
const signIns: readonly Call[] = [
  { at: '07:55:31', by: oduya.signingIn(browserAt(ADDRESSES.oduyaAtHome)), ...signIn('Failure', 'No') },
  {
    at: '13:20:18',
    by: {
      ...oduya.signingIn(browserAt(ADDRESSES.oduyaAtHome)),
      identity: { type: 'IAMUser', accountId: PRODUCTION, accessKeyId: '', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    },
    action: 'signin:ConsoleLogin',
    response: { ConsoleLogin: 'Failure' },
    fields: { ...signIn('Failure', 'No').fields, errorMessage: 'No username found in supplied account' },
  },
  {
    at: '12:52:40',
    by: oduya.inConsole(browserAt(ADDRESSES.oduyaAtHome), '12:48:30'),
    action: 'iam:ListMFADevices',
    request: { userName: 'm.oduya' },
  },
];

/** Events of services about resources; some have neither requestID nor user name. */
const serviceEvents: readonly Call[] = [
  {
    at: '01:30:15',
    by: {
      ...kms,
      sourceIPAddress: 'AWS Internal',
      userAgent: 'AWS Internal',
      identity: { accountId: PRODUCTION, invokedBy: 'AWS Internal' },
    },
    action: 'kms:RotateKey',
    fields: {
      ...key(PRODUCTION, 'backups', {}).fields,
      ...serviceEvent,
      readOnly: false,
      serviceEventDetails: { keyMaterial: 'rotated' },
    },
  },
  {
    at: '19:04:09',
    by: {
      ...awsService(STAGING, 'ec2.amazonaws.com'),
      identity: { accountId: STAGING, invokedBy: 'ec2.amazonaws.com' },
    },
    action: 'ec2:SharedSnapshotVolumeCreated',
    fields: {
      ...sharedBy('snapshot'),
      ...serviceEvent,
      readOnly: false,
      serviceEventDetails: { snapshotId: 'snap-04b1f7c9e6d2a8530' },
    },
  },
  // readOnly is absent from some older event sources.
  {
    at: '06:44:50',
    by: awsService(STAGING, 'events.amazonaws.com'),
    action: 'ecs:RunTask',
    request: { cluster: 'batch', taskDefinition: 'cleanup:3' },
    fields: { eventVersion: '1.05', readOnly: undefined, managementEvent: undefined, eventCategory: undefined },
  },
];

const stagingReports = lambdaFunction(STAGING, 'report-builder');
const productionReports = lambdaFunction(PRODUCTION, 'report-reader');
const acrossAccounts = {
  action: 'sts:AssumeRole',
  request: assuming(stagingReports, productionReports).request ?? {},
  response: assuming(stagingReports, productionReports).response ?? {},
};

/** One event in two trails: the caller's account and the resource's. */
const shared: readonly Call[] = (['02:40:11', '14:40:11'] as const).flatMap((at) => [
  { at, ...acrossAccounts, by: stagingReports, fields: sharedBy(`reports ${at}`) },
  {
    at,
    ...acrossAccounts,
    by: {
      ...stagingReports,
      accountId: PRODUCTION,
      identity: { type: 'AWSAccount', principalId: stagingReports.identity.principalId, accountId: STAGING },
    },
    fields: sharedBy(`reports ${at}`),
  },
]);

const insight = createRandom('insight of the day');
const insightIds = { start: insight.uuid(), end: insight.uuid(), shared: insight.uuid() };

/** Insights says that something is unusual: no identity, no source, no name. */
const insights: readonly Call[] = (['Start', 'End'] as const).map((state) => ({
  at: state === 'Start' ? '16:06:00' : '16:09:00',
  by: { ...kms, accountId: STAGING },
  action: 'ec2:CreateTags',
  fields: {
    userIdentity: undefined,
    eventSource: undefined,
    eventName: undefined,
    sourceIPAddress: undefined,
    userAgent: undefined,
    requestParameters: undefined,
    responseElements: undefined,
    requestID: undefined,
    readOnly: undefined,
    managementEvent: undefined,
    eventVersion: '1.08',
    eventID: state === 'Start' ? insightIds.start : insightIds.end,
    eventType: 'AwsCloudTrailInsight',
    sharedEventID: insightIds.shared,
    insightDetails: {
      state,
      eventSource: 'ec2.amazonaws.com',
      eventName: 'CreateTags',
      insightType: 'ApiErrorRateInsight',
      errorCode: 'Client.UnauthorizedOperation',
      insightContext: { statistics: { baseline: { average: 0.0002 }, insight: { average: 6 }, insightDuration: 3 } },
    },
    eventCategory: 'Insight',
  },
  deliveredAfterSeconds: 1500,
}));

/** Through VPC endpoints: a refusal by the endpoint's policy is a network activity event. */
const throughEndpoints: readonly Call[] = [
  {
    at: '00:25:36',
    by: lambdaInVpc,
    action: 's3:GetBucketVersioning',
    ...bucket(PRODUCTION, 'example-ferries-reports', { versioning: '' }),
  },
  {
    at: '05:41:12',
    by: lambdaInVpc,
    action: 'kms:Decrypt',
    error: ['VpceAccessDenied', 'The request was denied due to a VPC endpoint policy'],
    fields: {
      eventVersion: '1.09',
      eventType: 'AwsVpceEvent',
      managementEvent: false,
      eventCategory: 'NetworkActivity',
      vpcEndpointAccountId: PRODUCTION,
      requestParameters: undefined,
      responseElements: undefined,
    },
  },
];

/** Late, corrected, cut short, doubled. */
const deliveries: readonly Call[] = [
  {
    at: '04:47:30',
    by: lambdaInVpc,
    action: 'sqs:GetQueueAttributes',
    fields: { addendum: { reason: 'DELIVERY_DELAY' } },
    deliveredAfterSeconds: 95 * 60,
  },
  {
    at: '07:21:52',
    by: tomas,
    action: 'ec2:DescribeVpcs',
    fields: {
      addendum: {
        reason: 'UPDATED_DATA',
        updatedFields: 'responseElements',
        originalEventID: createRandom('the event before the addendum').uuid(),
      },
    },
    deliveredAfterSeconds: 40 * 60,
  },
  { at: '07:24:40', by: tomas, action: 'ec2:DescribeSubnets', deliveredAgainAfterSeconds: 0 },
  {
    at: '10:41:07',
    by: lambdaFunction(STAGING, 'schema-import'),
    action: 'glue:CreateTable',
    request: {
      databaseName: 'überfahrten',
      tableInput: {
        name: 'passagiere',
        storageDescriptor: {
          columns: Array.from({ length: 160 }, (_, index) => ({
            name: `messwert_${index + 1}`,
            type: 'decimal(18,4)',
            comment: 'Fähre → Hafen',
          })),
        },
      },
    },
  },
  {
    at: '10:41:30',
    by: lambdaFunction(STAGING, 'schema-import'),
    action: 'cloudformation:ValidateTemplate',
    fields: { requestParameters: { omitted: true, originalSize: 131072, reason: 'Field exceeds 102400 bytes' } },
  },
  {
    at: '20:41:07',
    by: lambdaFunction(PRODUCTION, 'price-feed'),
    action: 'dynamodb:DescribeContinuousBackups',
    error: denied(
      'AccessDeniedException',
      lambdaFunction(PRODUCTION, 'price-feed'),
      'dynamodb:DescribeContinuousBackups',
    ),
  },
];

/** Records of the shapes that trip those who expect every record to look like DescribeInstances. */
export const oddities: readonly Call[] = [
  ...rootWithoutAHand,
  ...signIns,
  ...serviceEvents,
  ...shared,
  ...insights,
  ...throughEndpoints,
  ...deliveries,
];
