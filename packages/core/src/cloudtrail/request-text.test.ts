import { expect, test } from 'vitest';
import { describeActivity } from './activity.ts';

const told = (requestParameters: unknown) => describeActivity({ requestParameters }).requestParameters;

test.each([
  [
    'a port that is opened',
    {
      groupId: 'sg-1',
      ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] },
    },
    [
      'ipPermissions.items[0].ipProtocol: tcp',
      'ipPermissions.items[0].fromPort: 22',
      'ipPermissions.items[0].ipRanges.items[0].cidrIp: 0.0.0.0/0',
    ],
  ],
  ['a setting', { name: 'main', isMultiRegionTrail: false }, ['isMultiRegionTrail: false']],
  ['a policy', { roleName: 'r', policyDocument: '{"a":1}' }, ['policyDocument: {"a":1}']],
  ['nothing but names', { userName: 'alice', policyArn: 'arn:aws:iam::aws:policy/Admin' }, undefined],
  ['an object by its name', { bucketName: 'logs', key: '2026/a.gz', acl: 'public-read' }, ['acl: public-read']],
  ['paging, which is of no interest', { maxResults: 10, nextToken: 'x', clientToken: 'y', Host: 'z' }, undefined],
  ['empty values', { a: '', b: null, c: {}, d: [], e: '  ' }, undefined],
  ['no parameters', null, undefined],
  ['text in their place', 'a: b', undefined],
])('of a request with %s the rest is told in short', (_, requestParameters, texts) => {
  expect(told(requestParameters)).toEqual(texts);
});

test('of many or long parameters the first few are told, cut where they are long', () => {
  expect(told(Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, n])))).toHaveLength(8);
  expect(told({ list: Array.from({ length: 50 }, (_, n) => n) })).toHaveLength(5);
  const [first = '', ...rest] =
    told({ a: 'x'.repeat(5000), b: 'y'.repeat(5000), c: 'z'.repeat(5000), d: 'w'.repeat(50) }) ?? [];
  expect(first).toBe(`a: ${'x'.repeat(127)}…`);
  expect(rest).toHaveLength(2);
});

test('names and values that hide or reorder text are shown for what they are', () => {
  expect(told({ 'a\u202eb': '1\n2', ['n'.repeat(500)]: 'v', ['__proto__']: 'p' })).toEqual([
    'a�b: 1␊2',
    `${'n'.repeat(63)}…: v`,
    '__proto__: p',
  ]);
});
