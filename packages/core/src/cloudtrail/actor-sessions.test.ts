import { expect, test } from 'vitest';
import { resolveActor } from './actor.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';

/** An assumed role as CloudTrail writes it. */
function assumedRole(role: string, session: string, more: object = {}, context: object = {}, path = '') {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${session}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
    accountId: ACCOUNT,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLE',
        arn: `arn:aws:iam::${ACCOUNT}:role/${path}${role}`,
        accountId: ACCOUNT,
        userName: role,
      },
      attributes: { creationDate: '2026-11-22T07:00:00Z', mfaAuthenticated: 'false' },
      ...context,
    },
    ...more,
  };
}

const SSO_ROLE = 'AWSReservedSSO_AdministratorAccess_0123456789abcdef';
const ssoPath = 'aws-reserved/sso.amazonaws.com/eu-west-1/';
const slrPath = 'aws-service-role/autoscaling.amazonaws.com/';

test.each<[what: string, userIdentity: unknown, record: object | undefined, name: string, more: object]>([
  [
    'an assumed role',
    assumedRole('Deployer', 'alice'),
    { recipientAccountId: ACCOUNT },
    'alice (role Deployer)',
    {
      sessionName: 'alice',
      role: 'Deployer',
      issuer: `arn:aws:iam::${ACCOUNT}:role/Deployer`,
      mfaAuthenticated: false,
      isCrossAccount: false,
    },
  ],
  [
    'an assumed role known by ARN alone',
    { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Deployer/alice` },
    undefined,
    'alice (role Deployer)',
    { accountId: ACCOUNT, role: 'Deployer', sessionName: 'alice' },
  ],
  [
    'an assumed role known by principal alone',
    { type: 'AssumedRole', principalId: 'AROAEXAMPLE:alice' },
    undefined,
    'alice',
    { sessionName: 'alice' },
  ],
  [
    'an assumed role without a session',
    { type: 'AssumedRole', sessionContext: { sessionIssuer: { userName: 'Deployer' } } },
    undefined,
    'role Deployer',
    { role: 'Deployer' },
  ],
  [
    'an Identity Center session',
    assumedRole(SSO_ROLE, 'alice@example.com', {}, {}, ssoPath),
    undefined,
    'alice@example.com (AdministratorAccess, IAM Identity Center)',
    { permissionSet: 'AdministratorAccess', sessionName: 'alice@example.com' },
  ],
  [
    'an Identity Center permission set with underscores',
    assumedRole('AWSReservedSSO_Data_Read_Only_0123456789abcdef', 'bob', {}, {}, ssoPath),
    undefined,
    'bob (Data_Read_Only, IAM Identity Center)',
    { permissionSet: 'Data_Read_Only' },
  ],
  [
    'a role that is named like one of Identity Center',
    assumedRole(SSO_ROLE, 'mallory'),
    undefined,
    `mallory (role ${SSO_ROLE})`,
    { role: SSO_ROLE },
  ],
  [
    'an Identity Center session known by ARN alone',
    { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${SSO_ROLE}/alice@example.com` },
    undefined,
    'alice@example.com (AdministratorAccess, IAM Identity Center)',
    { permissionSet: 'AdministratorAccess' },
  ],
  [
    'an EC2 instance',
    assumedRole('WebServer', 'i-0dbc91f429e48eeed', {}, { ec2RoleDelivery: '2.0' }),
    undefined,
    'EC2 instance i-0dbc91f429e48eeed (role WebServer)',
    { sessionName: 'i-0dbc91f429e48eeed' },
  ],
  [
    'a Lambda function, by its user agent',
    assumedRole('FunctionRole', 'nightly-export'),
    { userAgent: 'Boto3/1.34 exec-env/AWS_Lambda_python3.12' },
    'Lambda function nightly-export (role FunctionRole)',
    { sessionName: 'nightly-export' },
  ],
  [
    'a Lambda function, by its scope',
    assumedRole('FunctionRole', 'nightly-export', { inScopeOf: { issuerType: 'AWS::Lambda::Function' } }),
    undefined,
    'Lambda function nightly-export (role FunctionRole)',
    {},
  ],
  [
    'an ECS task, by its user agent',
    assumedRole('TaskRole', '0123456789abcdef0123456789abcdef'),
    { userAgent: 'aws-sdk-go/1.44 exec-env/AWS_ECS_FARGATE' },
    'ECS task 0123456789abcdef0123456789abcdef (role TaskRole)',
    { sessionName: '0123456789abcdef0123456789abcdef' },
  ],
  [
    'an Identity Center session of China',
    {
      type: 'AssumedRole',
      arn: `arn:aws-cn:sts::${ACCOUNT}:assumed-role/${SSO_ROLE}/li@example.com`,
      sessionContext: {
        sessionIssuer: {
          arn: `arn:aws-cn:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com.cn/cn-north-1/${SSO_ROLE}`,
          userName: SSO_ROLE,
        },
      },
    },
    undefined,
    'li@example.com (AdministratorAccess, IAM Identity Center)',
    { permissionSet: 'AdministratorAccess', accountId: ACCOUNT },
  ],
  [
    'a workload with a certificate, whose subject is its source identity',
    assumedRole('Edge', '00a1b2c3', {}, { sourceIdentity: 'CN=edge-1' }),
    undefined,
    'CN=edge-1 (role Edge, session 00a1b2c3)',
    { sourceIdentity: 'CN=edge-1' },
  ],
  [
    'a session with slashes in its name',
    assumedRole('Deployer', 'a/b/c'),
    undefined,
    'a/b/c (role Deployer)',
    { sessionName: 'a/b/c' },
  ],
  [
    'a service that acts with a role for somebody',
    assumedRole('Stack', 'AWSCloudFormation', { invokedBy: 'cloudformation.amazonaws.com' }),
    undefined,
    'AWSCloudFormation (role Stack)',
    { invokedBy: 'cloudformation.amazonaws.com' },
  ],
  [
    'a service-linked role',
    assumedRole('AWSServiceRoleForAutoScaling', 'AutoScaling', {}, {}, slrPath),
    undefined,
    'autoscaling.amazonaws.com (service-linked role AWSServiceRoleForAutoScaling)',
    { role: 'AWSServiceRoleForAutoScaling' },
  ],
  [
    'a role that is named like a service-linked one',
    assumedRole('AWSServiceRoleForAutoScaling', 'mallory'),
    undefined,
    'mallory (role AWSServiceRoleForAutoScaling)',
    {},
  ],
  [
    'role chaining with a source identity',
    assumedRole('Second', 'job-17', {}, { sourceIdentity: 'alice@example.com' }),
    undefined,
    'alice@example.com (role Second, session job-17)',
    { sourceIdentity: 'alice@example.com', sessionName: 'job-17' },
  ],
  [
    'a source identity that is the session',
    assumedRole('Second', 'alice', {}, { sourceIdentity: 'alice' }),
    undefined,
    'alice (role Second)',
    { sourceIdentity: 'alice' },
  ],
  [
    'a role of another account',
    assumedRole('Auditor', 'carol'),
    { recipientAccountId: OTHER },
    'carol (role Auditor)',
    { isCrossAccount: true },
  ],
  [
    'a role assumed with a web identity',
    assumedRole(
      'Ci',
      'run-1',
      {},
      { webIdFederationData: { federatedProvider: 'arn:aws:iam::111122223333:oidc-provider/ci' } },
    ),
    undefined,
    'run-1 (role Ci)',
    { identityProvider: 'arn:aws:iam::111122223333:oidc-provider/ci' },
  ],
])('%s', (_, userIdentity, record, name, more) => {
  expect(resolveActor(userIdentity, record)).toMatchObject({ name, ...more });
});

test('a session name that hides or reorders text is shown for what it is', () => {
  const { name } = resolveActor(assumedRole('Admin', 'alice\u202e\n(root)'));
  expect(name).toBe('alice�␊(root) (role Admin)');
});
