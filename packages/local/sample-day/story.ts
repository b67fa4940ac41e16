import {
  ADDRESSES,
  PRODUCTION,
  SECURITY,
  STAGING,
  browserAt,
  ciDeployer,
  oduya,
  person,
  root,
  terminalAt,
  terraformAt,
} from './cast.ts';
import { denied, noIdentityPolicy, permissions, signIn } from './call-details.ts';
import { exampleId } from './actor.ts';
import type { Call } from './record.ts';
import { pod } from './workloads.ts';

const stranger = oduya.inConsole(browserAt(ADDRESSES.stranger), '02:14:09');

/** 02:14: the password of an old IAM user works for a stranger, who then tries every door. */
const stolenPassword: readonly Call[] = [
  { at: '02:12:37', by: oduya.signingIn(browserAt(ADDRESSES.stranger)), ...signIn('Failure', 'No') },
  { at: '02:13:20', by: oduya.signingIn(browserAt(ADDRESSES.stranger)), ...signIn('Failure', 'No') },
  { at: '02:14:09', by: oduya.signingIn(browserAt(ADDRESSES.stranger)), ...signIn('Success', 'No') },
  ...[
    { at: '02:16:20', action: 'iam:ListUsers' },
    { at: '02:16:24', action: 'iam:ListRoles' },
    { at: '02:16:31', action: 'iam:GetAccountAuthorizationDetails', deliveredAgainAfterSeconds: 75 },
    { at: '02:16:43', action: 'secretsmanager:ListSecrets' },
    { at: '02:16:52', action: 'ssm:DescribeParameters' },
    { at: '02:17:03', action: 'rds:DescribeDBSnapshots' },
    { at: '02:17:15', action: 'lambda:ListFunctions20150331' },
    { at: '02:17:22', action: 'iam:CreateUser' },
    { at: '02:17:38', action: 'iam:CreateAccessKey' },
    { at: '02:17:51', action: 'iam:AttachUserPolicy' },
    { at: '02:17:58', action: 'organizations:DescribeOrganization', region: 'us-east-1' as const },
    { at: '02:18:05', action: 'guardduty:ListDetectors' },
  ].map((call) => ({ by: stranger, error: noIdentityPolicy(stranger, call.action), ...call })),
];

const stagingRoot = root.inConsole(STAGING, browserAt(ADDRESSES.office), '09:30:14');

/** 09:30: somebody opens the safe because "the role could not do it". */
const rootInStaging: readonly Call[] = [
  { at: '09:30:14', by: root.signingIn(STAGING, browserAt(ADDRESSES.office)), ...signIn('Success', 'Yes') },
  {
    at: '09:31:40',
    by: stagingRoot,
    action: 'iam:CreateAccessKey',
    response: {
      accessKey: {
        accessKeyId: exampleId('AKIA', 20, 'staging root'),
        status: 'Active',
        createDate: 'Mar 11, 2026 9:31:40 AM',
      },
    },
  },
  { at: '09:32:55', by: stagingRoot, action: 'iam:GetAccountSummary' },
];

const priyaInProduction = person('priya', 'AdministratorAccess', PRODUCTION, '08:41:40', browserAt(ADDRESSES.office));
const priyaInStaging = person('priya', 'AdministratorAccess', STAGING, '08:58:05', terminalAt(ADDRESSES.office));

/** 11:05: a quick fix by hand, in two accounts. CloudTrail delivers its first step again, forty minutes later. */
const quickFix: readonly Call[] = [
  {
    at: '11:05:18',
    by: priyaInProduction,
    action: 'iam:AttachRolePolicy',
    request: { roleName: 'booking-api-role', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    deliveredAgainAfterSeconds: 40 * 60,
  },
  {
    at: '11:06:44',
    by: priyaInProduction,
    action: 'iam:PutRolePolicy',
    request: {
      roleName: 'booking-api-role',
      policyName: 'read-bookings',
      policyDocument: permissions(['dynamodb:*'], `arn:aws:dynamodb:eu-west-1:${PRODUCTION}:table/bookings`),
    },
  },
  {
    at: '11:09:31',
    by: priyaInStaging,
    action: 'iam:CreatePolicyVersion',
    request: {
      policyArn: `arn:aws:iam::${STAGING}:policy/booking-api`,
      policyDocument: permissions(['dynamodb:*', 'kms:Decrypt'], '*'),
      setAsDefault: true,
    },
    response: { policyVersion: { versionId: 'v7', isDefaultVersion: true, createDate: 'Mar 11, 2026 11:09:31 AM' } },
  },
  {
    at: '11:10:02',
    by: priyaInStaging,
    action: 'iam:DeletePolicyVersion',
    request: { policyArn: `arn:aws:iam::${STAGING}:policy/booking-api`, versionId: 'v2' },
  },
];

/** 12:47: the colleague himself signs in, twice, still without MFA. */
const sameUserAtNoon: readonly Call[] = [
  { at: '12:47:03', by: oduya.signingIn(browserAt(ADDRESSES.oduyaAtHome)), ...signIn('Success', 'No') },
  { at: '12:48:30', by: oduya.signingIn(browserAt(ADDRESSES.oduyaAtHome)), ...signIn('Success', 'No') },
];

const anaInSecurity = person('ana', 'AdministratorAccess', SECURITY, '13:58:40', terminalAt(ADDRESSES.office));
const archiveTrail = `arn:aws:cloudtrail:eu-west-1:${SECURITY}:trail/audit-archive`;

/** 14:20: the archive's trail rests while its bucket is changed. The organisation's trail, which feeds us, goes on. */
const archiveMoves: readonly Call[] = [
  { at: '14:20:12', by: anaInSecurity, action: 'cloudtrail:StopLogging', request: { name: archiveTrail } },
  ...[
    { at: '14:22:02', s3KeyPrefix: 'audit' },
    { at: '14:23:48', s3KeyPrefix: 'audit/2026' },
  ].map(({ at, s3KeyPrefix }) => ({
    at,
    by: anaInSecurity,
    action: 'cloudtrail:UpdateTrail',
    request: { name: archiveTrail, s3BucketName: 'example-ferries-archive', s3KeyPrefix },
    response: { name: 'audit-archive', s3BucketName: 'example-ferries-archive', s3KeyPrefix, trailARN: archiveTrail },
  })),
  { at: '14:25:31', by: anaInSecurity, action: 'cloudtrail:StartLogging', request: { name: archiveTrail } },
];

const newPod = pod('node-tagger');

/** 16:05: a new pod goes out without its permissions and tries every ten seconds until it is taken back. */
const podWithoutPermissions: readonly Call[] = Array.from({ length: 18 }, (_, attempt) => ({
  at: `16:0${5 + Math.floor(attempt / 6)}:${attempt % 6}7`,
  by: newPod.role,
  action: 'ec2:CreateTags',
  error: denied('Client.UnauthorizedOperation', newPod.role, 'ec2:CreateTags'),
  request: {
    resourcesSet: { items: [{ resourceId: 'i-0a61f7c25d90b3e48' }] },
    tagSet: { items: [{ key: 'cost-centre', value: 'ferry' }] },
  },
}));

const productionRoot = root.inConsole(PRODUCTION, browserAt(ADDRESSES.anaAtHome), '18:40:26');

/** 18:40: root in production, with MFA, to change what only root can. */
const rootInProduction: readonly Call[] = [
  { at: '18:40:26', by: root.signingIn(PRODUCTION, browserAt(ADDRESSES.anaAtHome)), ...signIn('Success', 'Yes') },
  {
    at: '18:41:50',
    by: productionRoot,
    action: 'account:PutAlternateContact',
    request: {
      alternateContactType: 'SECURITY',
      name: 'Zoë Brännström',
      title: 'Säkerhetschef',
      emailAddress: 'security@example.com',
    },
  },
  {
    at: '18:43:05',
    by: productionRoot,
    action: 'account:GetAlternateContact',
    request: { alternateContactType: 'SECURITY' },
  },
];

const deployerPutsPolicy = (at: string, actions: readonly string[]): Call => ({
  at,
  by: ciDeployer,
  action: 'iam:PutRolePolicy',
  request: {
    roleName: 'ferry-batch',
    policyName: 'deploy',
    policyDocument: permissions(actions, '*'),
  },
});

/** 22:10: the build machine's key writes policies at an hour when nothing is built; and again, wider, at 22:52. */
const deployerAtNight: readonly Call[] = [
  deployerPutsPolicy('22:10:02', ['s3:GetObject', 's3:ListBucket']),
  deployerPutsPolicy('22:52:47', ['s3:*', 'sts:AssumeRole']),
];

const tomasInStaging = person('tomas', 'AdministratorAccess', STAGING, '23:02:40', terraformAt(ADDRESSES.tomasAtHome));

/** 23:20: a trail that was only for a test is cleaned up, late. */
const testTrailRemoved: readonly Call[] = [
  {
    at: '23:20:39',
    by: tomasInStaging,
    action: 'cloudtrail:DeleteTrail',
    request: { name: 'test-trail' },
  },
];

/** Every call of the day that is worth a page, with what leads to it. */
export const story: readonly Call[] = [
  ...stolenPassword,
  ...rootInStaging,
  ...quickFix,
  ...sameUserAtNoon,
  ...archiveMoves,
  ...podWithoutPermissions,
  ...rootInProduction,
  ...deployerAtNight,
  ...testTrailRemoved,
];
