import { expect, test } from 'vitest';
import { parametersOf } from './parameters.ts';
import { resourcesOf } from './resources.ts';

function resourcesIn(record: unknown): readonly string[] {
  return resourcesOf(record, parametersOf('requestParameters', record), parametersOf('responseElements', record));
}

const requested = (requestParameters: unknown) => resourcesIn({ requestParameters });

test('the resources that CloudTrail lists come first, whichever way it spells the ARN', () => {
  expect(
    resourcesIn({
      resources: [
        { ARN: 'arn:aws:s3:::logs', accountId: '111111111111', type: 'AWS::S3::Bucket' },
        { arn: 'arn:aws:kms:eu-west-1:111111111111:key/1' },
        { ARNPrefix: 'arn:aws:s3:::logs/' },
      ],
      requestParameters: { bucketName: 'other' },
    }),
  ).toEqual(['arn:aws:s3:::logs', 'arn:aws:kms:eu-west-1:111111111111:key/1', 'arn:aws:s3:::logs/']);
});

test.each([
  ['a trail', { name: 'main' }, ['main']],
  ['a bucket', { bucketName: 'logs', Host: 's3.amazonaws.com' }, ['logs']],
  ['an object', { bucketName: 'logs', key: '2026/a.gz' }, ['logs/2026/a.gz']],
  [
    'a user and the policy attached',
    { userName: 'alice', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ['alice', 'arn:aws:iam::aws:policy/AdministratorAccess'],
  ],
  ['a key', { keyId: 'alias/main', pendingWindowInDays: 7 }, ['alias/main']],
  ['a security group', { groupId: 'sg-1', ipPermissions: { items: [{ ipProtocol: 'tcp' }] } }, ['sg-1']],
  ['instances', { instancesSet: { items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }] } }, ['i-1', 'i-2']],
  ['a list of ids', { instanceIds: ['i-1', 'i-1', 'i-2'] }, ['i-1', 'i-2']],
  ['a metric filter', { logGroupName: 'trail', filterName: 'root' }, ['trail', 'root']],
  ['a filter, which names nothing', { filterSet: { items: [{ name: 'vpc-id', valueSet: {} }] } }, []],
  ['a tag, which names nothing', { tagSpecificationSet: { items: [{ resourceId: 'x' }] } }, []],
  ['a secret value, which is not told', { masterUserPassword: 'hunter2', secretString: 's' }, []],
  ['parameters of the wrong type', { bucketName: 7, userName: null, roleName: { a: 1 } }, []],
  ['no parameters', null, []],
  ['text in their place', 'bucketName', []],
])('%s', (_, requestParameters, names) => {
  expect(requested(requestParameters)).toEqual(names);
});

test('of many resources the first five are told', () => {
  expect(requested({ instanceIds: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] })).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(resourcesIn({ resources: Array.from({ length: 99 }, (_, n) => ({ ARN: `arn:${n}` })) })).toHaveLength(5);
});

test('deep or wide parameters are not followed to their end', () => {
  let deep: unknown = { bucketName: 'below' };
  for (let level = 0; level < 10_000; level += 1) deep = { items: [deep] };
  expect(requested(deep)).toEqual([]);
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, 'x']));
  expect(requested({ ...wide, bucketName: 'last' })).toEqual([]);
});
