import { expect, test } from 'vitest';
import { policyAllows, policyDenies, type PolicyRequest } from './resource-policy.ts';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/matcher`;
const ALARM = `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:any`;
const CLOUDWATCH: PolicyRequest = {
  principal: 'cloudwatch.amazonaws.com',
  action: 'sns:Publish',
  sourceArn: ALARM,
  sourceAccount: ACCOUNT,
};
const FUNCTION: PolicyRequest = { principal: ROLE, action: 'sns:Publish' };

const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const ALLOW = { Effect: 'Allow', Principal: { Service: CLOUDWATCH.principal }, Action: 'SNS:Publish' };
const DENY = { Effect: 'Deny', Principal: '*', Action: 'sns:*' };

test.each([
  ['a statement that allows', [ALLOW], true],
  ['nothing', [], false],
  ['a denial of everything', [ALLOW, DENY], false],
  ['a denial for somebody else', [ALLOW, { ...DENY, Principal: { AWS: ROLE } }], true],
  ['a denial of something else', [ALLOW, { ...DENY, Action: 'sns:Subscribe' }], true],
  ['a denial of all but reading', [ALLOW, { ...DENY, Action: undefined, NotAction: 'sns:Get*' }], false],
  ['a denial of all but publishing', [ALLOW, { ...DENY, Action: undefined, NotAction: 'sns:Pub*' }], true],
  ['an allowance of all but reading', [{ ...ALLOW, Action: undefined, NotAction: 'sns:Get*' }], true],
  ['a denial without TLS', [ALLOW, { ...DENY, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }], true],
  [
    'a denial for other accounts',
    [ALLOW, { ...DENY, Condition: { StringNotEquals: { 'AWS:SourceAccount': ACCOUNT } } }],
    true,
  ],
  [
    'a denial for this account',
    [ALLOW, { ...DENY, Condition: { StringLike: { 'aws:SourceAccount': '1111*' } } }],
    false,
  ],
  [
    'an allowance for other accounts',
    [{ ...ALLOW, Condition: { StringNotEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } } }],
    false,
  ],
  [
    'an allowance for a text with a star in it',
    [{ ...ALLOW, Condition: { StringEquals: { 'aws:SourceArn': '*' } } }],
    false,
  ],
  [
    'an allowance for ARNs with a star',
    [{ ...ALLOW, Condition: { ArnEquals: { 'aws:SourceArn': '*:alarm:*' } } }],
    true,
  ],
  [
    'an allowance with a condition of another kind',
    [{ ...ALLOW, Condition: { DateLessThan: { 'aws:CurrentTime': '' } } }],
    true,
  ],
] as const)('a service meets %s: %j', (_, statements, isAllowed) => {
  expect(policyAllows(policy(...statements), CLOUDWATCH)).toBe(isAllowed);
});

test.each([
  ['it by name', { Principal: { AWS: ROLE } }, true],
  ['its account', { Principal: { AWS: ACCOUNT } }, true],
  ['its account by the ARN of root', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }, true],
  ['another account', { Principal: { AWS: 'arn:aws:iam::444455556666:root' } }, false],
  ['all but it', { Principal: undefined, NotPrincipal: { AWS: ROLE } }, false],
  ['all but another', { Principal: undefined, NotPrincipal: { AWS: `${ROLE}2` } }, true],
  [
    'all roles but another',
    { Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/admin` } } },
    true,
  ],
  [
    'all roles but those like it',
    { Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/mat*` } } },
    false,
  ],
  ['all accounts but its own', { Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } } }, false],
  ['all of other organizations', { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }, false],
] as const)('a role under a statement that denies %s: %j', (_, statement, isDenied) => {
  expect(policyDenies(policy({ ...DENY, ...statement }), FUNCTION)).toBe(isDenied);
});

test.each(['', '{', '[]', 'null', '{"Statement":7}', '{"Statement":[{"Effect":"Allow","Principal":7,"Action":{}}]}'])(
  'a policy that is %j allows nothing and denies nothing',
  (text) => {
    expect(policyAllows(text, CLOUDWATCH)).toBe(false);
    expect(policyDenies(text, CLOUDWATCH)).toBe(false);
  },
);
