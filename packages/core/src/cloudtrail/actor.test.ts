import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveActor } from './actor.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';

test.each<[what: string, userIdentity: unknown, record: object | undefined, name: string, more: object]>([
  [
    'root',
    { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT, accessKeyId: '' },
    undefined,
    `root of ${ACCOUNT}`,
    { type: 'Root', accountId: ACCOUNT },
  ],
  [
    'root with MFA at the console',
    { type: 'Root', accountId: ACCOUNT },
    { additionalEventData: { MFAUsed: 'Yes' } },
    `root of ${ACCOUNT}`,
    { mfaAuthenticated: true },
  ],
  [
    'root by central root management',
    { type: 'Root', accountId: ACCOUNT, sessionContext: { assumedRoot: 'true' } },
    undefined,
    `root of ${ACCOUNT} (AssumeRoot session)`,
    {},
  ],
  ['root and nothing else', { type: 'Root' }, undefined, 'root', {}],
  [
    'an IAM user',
    {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: `arn:aws:iam::${ACCOUNT}:user/ops/alice`,
      accountId: ACCOUNT,
      accessKeyId: 'AKIAEXAMPLE',
      userName: 'alice',
      sessionContext: { attributes: { mfaAuthenticated: 'true' } },
    },
    undefined,
    'alice (IAM user)',
    { userName: 'alice', accessKeyId: 'AKIAEXAMPLE', mfaAuthenticated: true },
  ],
  [
    'an IAM user known by ARN alone',
    { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/ops/alice` },
    undefined,
    'alice (IAM user)',
    { userName: 'alice', accountId: ACCOUNT },
  ],
  [
    'an IAM user through a service',
    { type: 'IAMUser', userName: 'alice', invokedBy: 'cloudformation.amazonaws.com' },
    undefined,
    'alice (IAM user)',
    { invokedBy: 'cloudformation.amazonaws.com' },
  ],
  [
    'a failed sign-in with a name that does not exist',
    { type: 'IAMUser', accountId: ACCOUNT, accessKeyId: '', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    undefined,
    'unknown user (CloudTrail hides the name)',
    { userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  ],
  ['an IAM user without a name', { type: 'IAMUser', accountId: ACCOUNT }, undefined, `IAM user of ${ACCOUNT}`, {}],
  [
    'a federated user',
    {
      type: 'FederatedUser',
      principalId: `${ACCOUNT}:dave`,
      arn: `arn:aws:sts::${ACCOUNT}:federated-user/dave`,
      accountId: ACCOUNT,
      sessionContext: {
        sessionIssuer: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/broker`, userName: 'broker' },
      },
    },
    undefined,
    'dave (federated by IAM user broker)',
    { sessionName: 'dave' },
  ],
  [
    'a web identity',
    {
      type: 'WebIdentityUser',
      principalId: 'accounts.google.com:app-1:1234567890',
      userName: '1234567890',
      identityProvider: 'accounts.google.com',
    },
    undefined,
    '1234567890 (web identity, accounts.google.com)',
    { identityProvider: 'accounts.google.com' },
  ],
  [
    'a web identity without a user name',
    { type: 'WebIdentityUser', principalId: 'accounts.google.com:app-1:1234567890' },
    undefined,
    '1234567890 (web identity)',
    {},
  ],
  [
    'a web identity of a cluster, without a user name',
    {
      type: 'WebIdentityUser',
      principalId: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A:sts.amazonaws.com:system:serviceaccount:shop:web`,
      identityProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A`,
    },
    undefined,
    `system:serviceaccount:shop:web (web identity, arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A)`,
    {},
  ],
  [
    'a web identity of a build, without a user name',
    {
      type: 'WebIdentityUser',
      principalId: `arn:aws:iam::${ACCOUNT}:oidc-provider/ci.example.com:sts.amazonaws.com:repo:acme/shop:ref:refs/heads/main`,
    },
    undefined,
    'repo:acme/shop:ref:refs/heads/main (web identity)',
    {},
  ],
  [
    'a web identity of Cognito, whose audience and subject have regions in them',
    { type: 'WebIdentityUser', principalId: 'cognito-identity.amazonaws.com:eu-west-1:0a1b:eu-west-1:2c3d' },
    undefined,
    '2c3d (web identity)',
    {},
  ],
  [
    'a SAML user without a user name',
    { type: 'SAMLUser', principalId: 'x1y2=:erin@example.com' },
    undefined,
    'erin@example.com (SAML)',
    {},
  ],
  [
    'somebody anonymous, as older records have it',
    { type: 'AWSAccount', principalId: 'Anonymous', accountId: 'anonymous' },
    undefined,
    'anonymous',
    {},
  ],
  [
    'a service that does not say its name',
    { type: 'AWSService' },
    { eventSource: 'kms.amazonaws.com', sourceIPAddress: 'AWS Internal' },
    'kms.amazonaws.com',
    { type: 'AWSService' },
  ],
  [
    'an event of a service, without an identity',
    null,
    { eventType: 'AwsServiceEvent', eventSource: 'signin.amazonaws.com', sourceIPAddress: 'AWS Internal' },
    'signin.amazonaws.com',
    { type: 'Unknown' },
  ],
  [
    'a call without an identity, which its service did not make',
    null,
    { eventType: 'AwsApiCall', eventSource: 'sts.amazonaws.com' },
    'unknown identity',
    {},
  ],
  ['CloudTrail Insights', undefined, { eventType: 'AwsCloudTrailInsight' }, 'CloudTrail Insights', {}],
  [
    'a federated user whose credentials root asked for',
    {
      type: 'FederatedUser',
      arn: `arn:aws:sts::${ACCOUNT}:federated-user/dave`,
      sessionContext: { sessionIssuer: { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT } },
    },
    undefined,
    'dave (federated user)',
    { accountId: ACCOUNT, sessionName: 'dave' },
  ],
  [
    'an IAM user of China',
    { type: 'IAMUser', arn: `arn:aws-cn:iam::${ACCOUNT}:user/li`, accountId: ACCOUNT },
    undefined,
    'li (IAM user)',
    { userName: 'li' },
  ],
  [
    'a session that MFA signed in, with the strings that CloudTrail uses',
    { type: 'IAMUser', userName: 'alice', sessionContext: { attributes: { mfaAuthenticated: 'false' } } },
    { additionalEventData: { MFAUsed: 'Yes' } },
    'alice (IAM user)',
    { mfaAuthenticated: false },
  ],
  [
    'an Identity Center user of an application',
    {
      type: 'IdentityCenterUser',
      accountId: ACCOUNT,
      onBehalfOf: { userId: 'a1b2c3', identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/d-1` },
      credentialId: 'c-1',
    },
    { recipientAccountId: OTHER },
    'a1b2c3 (IAM Identity Center user)',
    { isCrossAccount: true },
  ],
  ['an identity of dashes', { type: 'IAMUser', userName: '-', principalId: '--' }, undefined, 'IAM user', {}],
  [
    'an identity whose fields are those of objects',
    JSON.parse('{"__proto__":{"type":"Root"},"constructor":{"name":"x"}}'),
    undefined,
    'unknown identity',
    { type: 'Unknown' },
  ],
  [
    'a SAML user',
    {
      type: 'SAMLUser',
      principalId: 'x1y2=:erin@example.com',
      userName: 'erin@example.com',
      identityProvider: 'x1y2=',
    },
    undefined,
    'erin@example.com (SAML)',
    { identityProvider: 'x1y2=' },
  ],
  [
    'a caller from another account',
    { type: 'AWSAccount', principalId: 'AIDAEXAMPLE', accountId: OTHER },
    { recipientAccountId: ACCOUNT },
    `AIDAEXAMPLE of account ${OTHER}`,
    { isCrossAccount: true },
  ],
  [
    "another account's role session",
    { type: 'AWSAccount', principalId: 'AROAEXAMPLE:frank', accountId: OTHER },
    undefined,
    `frank of account ${OTHER}`,
    {},
  ],
  ['another account and nothing else', { type: 'AWSAccount', accountId: OTHER }, undefined, `account ${OTHER}`, {}],
  [
    'somebody who did not sign in',
    { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' },
    { recipientAccountId: ACCOUNT },
    'anonymous',
    { accountId: 'ANONYMOUS_PRINCIPAL' },
  ],
  [
    'an AWS service',
    { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
    undefined,
    'ec2.amazonaws.com',
    { invokedBy: 'ec2.amazonaws.com' },
  ],
  [
    'an AWS service without a type',
    { accountId: ACCOUNT, invokedBy: 'ec2.amazonaws.com' },
    undefined,
    'ec2.amazonaws.com',
    { type: 'Unknown' },
  ],
  [
    'an Identity Center user',
    {
      type: 'IdentityCenterUser',
      accountId: ACCOUNT,
      onBehalfOf: { userId: 'a1b2c3', identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-1' },
    },
    undefined,
    'a1b2c3 (IAM Identity Center user)',
    { type: 'IdentityCenterUser' },
  ],
  [
    'an Identity Center user at sign-in',
    { type: 'IdentityCenterUser', accountId: ACCOUNT, onBehalfOf: { userId: 'a1b2c3' } },
    { additionalEventData: { UserName: 'alice@example.com' } },
    'alice@example.com (IAM Identity Center user)',
    {},
  ],
  ['a directory user', { type: 'Directory', userName: 'grace' }, undefined, 'grace (directory user)', {}],
  [
    'a role that was not assumed',
    { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role/service-role/Runner`, accountId: ACCOUNT },
    undefined,
    'role Runner',
    { role: 'Runner' },
  ],
  [
    'an unknown type that has a user name',
    { type: 'Unknown', userName: 'heidi', principalId: 'p-1', accountId: ACCOUNT },
    undefined,
    'heidi',
    { type: 'Unknown' },
  ],
  [
    'a type that AWS may invent',
    { type: 'Robot', arn: 'arn:aws:robots:eu-west-1:111122223333:robot/r2' },
    undefined,
    'r2',
    { type: 'Robot', accountId: ACCOUNT },
  ],
  [
    'no identity, from a service',
    undefined,
    { sourceIPAddress: 'cloudtrail.amazonaws.com' },
    'cloudtrail.amazonaws.com',
    { type: 'Unknown' },
  ],
  ['no identity', undefined, undefined, 'unknown identity', { type: 'Unknown' }],
  ['null', null, undefined, 'unknown identity', { type: 'Unknown' }],
  ['text in place of an identity', 'alice', undefined, 'unknown identity', {}],
  [
    'an empty identity with an account',
    { type: '', accountId: ACCOUNT },
    undefined,
    `unknown identity of ${ACCOUNT}`,
    {},
  ],
  [
    'fields of the wrong types',
    { type: 7, arn: [], userName: {}, accountId: 111, principalId: null, sessionContext: 'x', invokedBy: false },
    undefined,
    'unknown identity',
    { type: 'Unknown' },
  ],
])('%s', (_, userIdentity, record, name, more) => {
  expect(resolveActor(userIdentity, record)).toMatchObject({ name, ...more });
});

test('what an identity does not say is absent', () => {
  expect(resolveActor({ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' })).toStrictEqual({
    type: 'AWSService',
    name: 'ec2.amazonaws.com',
    invokedBy: 'ec2.amazonaws.com',
  });
});

const TYPES = [
  'Root',
  'IAMUser',
  'AssumedRole',
  'Role',
  'FederatedUser',
  'Directory',
  'AWSAccount',
  'AWSService',
  'IdentityCenterUser',
  'SAMLUser',
  'WebIdentityUser',
  'Unknown',
];

test('whatever an identity holds, there is a name, and it is no stand-in for a missing value', () => {
  const anything = fc.anything({ withNullPrototype: true, maxDepth: 2 });
  const text = fc.string({ unit: 'binary' }).filter((value) => !/undefined|null|object/i.test(value));
  const field = fc.oneof(text, fc.constantFrom(undefined, null, 0, true, {}, [], [{}]));
  const fields = { arn: field, accountId: field, principalId: field, userName: field, invokedBy: field };
  const identity = fc.record(
    {
      ...fields,
      type: fc.oneof(fc.constantFrom(...TYPES), field),
      sessionContext: fc.oneof(
        field,
        fc.record({ sessionIssuer: fc.oneof(field, fc.record(fields)), sourceIdentity: field }, { requiredKeys: [] }),
      ),
      onBehalfOf: fc.oneof(field, fc.record({ userId: field })),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(anything, identity), anything, (userIdentity, record) => {
      const actor = resolveActor(userIdentity, record);
      expect(actor.name.trim()).not.toBe('');
      expect(actor.name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(Object.values(actor)).not.toContain(undefined);
    }),
  );
  fc.assert(
    fc.property(identity, (userIdentity) => {
      expect(resolveActor(userIdentity).name).not.toMatch(/undefined|\bnull\b|\[object/);
    }),
  );
});
