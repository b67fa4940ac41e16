import { AwsRefusal } from '@trailbell/local';
import { attribute, keyPolicy, ofTopicKey, topicDenies, type Change } from './changed-account.ts';
import { ACCOUNT } from './healthy-account.ts';

/** What is changed in an account that is well, and what doctor then finds: these findings and no others. */
export type DoctorCase = readonly [
  code: string,
  seen: RegExp,
  changes: Readonly<Record<string, Change>>,
  also?: readonly string[],
];

/** The topic, its key, and who may use them. */
export const TOPIC_CASES: readonly DoctorCase[] = [
  [
    'no-topic',
    /publish to is gone/,
    {
      'sns:GetTopicAttributes': () => {
        throw new AwsRefusal('NotFound', 'Topic does not exist', 404);
      },
    },
  ],
  [
    'topic-open',
    /anybody may publish/,
    {
      'sns:GetTopicAttributes': attribute(
        'Policy',
        JSON.stringify({ Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: ['SNS:Publish'] } }),
      ),
    },
  ],
  [
    'topic-closed-to-cloudwatch',
    /may not publish/,
    { 'sns:GetTopicAttributes': attribute('Policy', '{"Statement":[]}') },
  ],
  [
    'topic-closed-to-cloudwatch',
    /may not publish/,
    topicDenies({ Principal: '*', Condition: { StringNotEquals: { 'aws:SourceAccount': '444455556666' } } }),
  ],
  [
    'topic-closed-to-functions',
    /denies trailbell-production-matcher and trailbell-production-reconciler to publish/,
    topicDenies({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
  ],
  [
    'topic-closed-to-functions',
    /denies trailbell-production-matcher to publish/,
    topicDenies({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/trailbell-production-matcher` } }),
  ],
  ['topic-not-encrypted', /not encrypted/, { 'sns:GetTopicAttributes': attribute('KmsMasterKeyId', undefined) }],
  ['topic-key-of-aws', /AWS's own key/, { 'kms:DescribeKey': ofTopicKey({ KeyManager: 'AWS' }) }],
  ['topic-key-off', /key is Disabled/, { 'kms:DescribeKey': ofTopicKey({ KeyState: 'Disabled' }) }],
  [
    'topic-key-off',
    /key is gone/,
    {
      'kms:DescribeKey': (answer, { KeyId }) => {
        if (String(KeyId).endsWith('5555')) throw new AwsRefusal('NotFoundException', 'Key does not exist');
        return answer;
      },
    },
  ],
  [
    'topic-key-closed-to-cloudwatch',
    /let CloudWatch kms:GenerateDataKey/,
    keyPolicy(
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*' },
      { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'kms:Decrypt' },
    ),
  ],
  [
    'topic-key-closed-to-functions',
    /shuts the functions out/,
    keyPolicy({
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    }),
  ],
  [
    'topic-key-closed-to-functions',
    /denies it to trailbell-production-matcher and trailbell-production-reconciler/,
    keyPolicy(
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*' },
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'kms:*',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/admin` } },
      },
    ),
  ],
];
