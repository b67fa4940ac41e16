import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeActivity, MAX_ACTIVITY_BYTES, plainActivity, type Activity } from './activity.ts';
import { utf8Bytes } from './plain-text.ts';

const stopLogging = {
  eventVersion: '1.11',
  eventID: '0a1b2c3d-1111-2222-3333-444455556666',
  eventTime: '2026-11-22T07:01:02Z',
  eventName: 'StopLogging',
  eventSource: 'cloudtrail.amazonaws.com',
  awsRegion: 'eu-west-1',
  recipientAccountId: '111122223333',
  sourceIPAddress: '203.0.113.9',
  userAgent: 'aws-cli/2.15.30 md/awscrt#0.19.19 ua/2.0',
  readOnly: false,
  requestParameters: { name: 'main' },
  responseElements: null,
  userIdentity: { type: 'IAMUser', userName: 'alice', accountId: '111122223333' },
};

test('a record is told in short', () => {
  expect(describeActivity(JSON.stringify(stopLogging))).toStrictEqual({
    eventId: '0a1b2c3d-1111-2222-3333-444455556666',
    eventTime: '2026-11-22T07:01:02Z',
    eventName: 'StopLogging',
    eventSource: 'cloudtrail.amazonaws.com',
    service: 'cloudtrail',
    region: 'eu-west-1',
    recipientAccountId: '111122223333',
    actor: {
      type: 'IAMUser',
      name: 'alice (IAM user)',
      accountId: '111122223333',
      userName: 'alice',
      isCrossAccount: false,
    },
    sourceIp: '203.0.113.9',
    sourceIpKind: 'public',
    userAgent: 'aws-cli/2.15',
    resources: ['main'],
    succeeded: true,
    readOnly: false,
  });
});

test('a record may come as text or as the record itself', () => {
  expect(describeActivity(stopLogging)).toStrictEqual(describeActivity(JSON.stringify(stopLogging)));
});

test.each<[what: string, change: object, result: Partial<Activity>]>([
  [
    'a call that AWS refused',
    { errorCode: 'AccessDenied', errorMessage: 'User is not authorized' },
    { succeeded: false, errorCode: 'AccessDenied', errorMessage: 'User is not authorized' },
  ],
  [
    'a console sign-in that failed',
    { eventName: 'ConsoleLogin', errorMessage: 'Failed authentication', responseElements: { ConsoleLogin: 'Failure' } },
    { succeeded: false, errorMessage: 'Failed authentication' },
  ],
  [
    'a console sign-in that failed without a message',
    { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } },
    { succeeded: false },
  ],
  [
    'a console sign-in that succeeded',
    { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } },
    { succeeded: true },
  ],
])('%s', (_, change, result) => {
  const { succeeded, errorCode, errorMessage } = describeActivity({ ...stopLogging, ...change });
  expect({ succeeded, errorCode, errorMessage }).toEqual(result);
});

test('a browser that acts within the console is told as the console', () => {
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0';
  expect(describeActivity({ ...stopLogging, userAgent }).userAgent).toBe('Browser (Firefox 102)');
  expect(describeActivity({ ...stopLogging, userAgent, sessionCredentialFromConsole: 'true' }).userAgent).toBe(
    'Console',
  );
});

test.each([
  ['no record', undefined],
  ['no JSON', 'START RequestId: 1'],
  ['an empty message', ''],
  ['a list', '[1,2]'],
  ['null', 'null'],
  ['a number', '7'],
  ['an empty record', '{}'],
  [
    'fields of the wrong types',
    {
      eventID: 1,
      eventTime: {},
      eventName: [],
      awsRegion: null,
      eventSource: true,
      userAgent: 2,
      sourceIPAddress: {},
      readOnly: 'perhaps',
      errorCode: {},
      resources: 'x',
      requestParameters: [],
      userIdentity: [],
    },
  ],
  [
    'blank fields',
    { eventName: ' ', eventSource: '', awsRegion: '\t', userAgent: '', errorCode: '', errorMessage: '' },
  ],
])('%s is somebody unknown who did something unknown', (_, message) => {
  expect(describeActivity(message)).toStrictEqual({ actor: { type: 'Unknown', name: 'unknown identity' } });
});

test('an Insights event, which has no identity, keeps what it says, and the calls that it tells of', () => {
  const insight = { eventType: 'AwsCloudTrailInsight', eventID: 'x', awsRegion: 'us-east-1', eventCategory: 'Insight' };
  const told = {
    eventId: 'x',
    region: 'us-east-1',
    actor: { type: 'Unknown', name: 'CloudTrail Insights' },
    eventCategory: 'Insight',
  };
  expect(describeActivity(insight)).toStrictEqual(told);
  const insightDetails = { state: 'Start', eventSource: 'ssm.amazonaws.com', eventName: 'UpdateInstanceInformation' };
  expect(describeActivity({ ...insight, insightDetails })).toStrictEqual({
    ...told,
    eventName: 'UpdateInstanceInformation',
    eventSource: 'ssm.amazonaws.com',
    service: 'ssm',
  });
});

/** Every string in a value, however deep. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function expectSound(activity: Activity): void {
  const json = JSON.stringify(activity);
  expect(utf8Bytes(json)).toBeLessThanOrEqual(MAX_ACTIVITY_BYTES);
  expect(JSON.parse(json)).toStrictEqual(activity);
  for (const text of stringsIn(activity)) {
    expect(text.trim()).not.toBe('');
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  }
}

test('whatever a record holds, its description is small, plain JSON without empty names', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600, size: 'max' }),
    fc.string({ unit: 'grapheme', maxLength: 400, size: 'max' }),
    fc.constantFrom(
      '"'.repeat(5000),
      '\\'.repeat(5000),
      '花'.repeat(5000),
      '🔔'.repeat(5000),
      '\u202e'.repeat(5000),
      'x',
    ),
    fc.constantFrom(undefined, null, 1, true, [], {}),
  );
  const identity = fc.record(
    {
      type: fc.constantFrom('AssumedRole', 'IAMUser', 'x'),
      arn: value,
      accountId: value,
      principalId: value,
      userName: value,
      accessKeyId: value,
      invokedBy: value,
      identityProvider: value,
      sessionContext: fc.record({ sessionIssuer: fc.record({ arn: value, userName: value }), sourceIdentity: value }),
    },
    { requiredKeys: [] },
  );
  const record = fc.record(
    {
      eventID: value,
      eventTime: value,
      eventName: value,
      eventSource: value,
      awsRegion: value,
      recipientAccountId: value,
      sourceIPAddress: value,
      userAgent: value,
      errorCode: value,
      errorMessage: value,
      readOnly: value,
      resources: fc.oneof(value, fc.array(fc.record({ ARN: value }))),
      requestParameters: fc.oneof(
        value,
        fc.dictionary(fc.constantFrom('bucketName', 'key', 'userName', 'names'), value),
      ),
      userIdentity: fc.oneof(value, identity),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(record, (event) => {
      expectSound(describeActivity(event));
    }),
    // Shrinking records of this size would take minutes.
    { endOnFailure: true },
  );
});

test('the largest strings in every field at once still make a small description', () => {
  for (const filler of ['x', '"', '花', '🔔', '\u202e', '\ud83d']) {
    const long = filler.repeat(20_000);
    const texts = Object.fromEntries(
      [...Object.keys(stopLogging), 'errorCode', 'errorMessage'].map((key) => [key, long]),
    );
    expectSound(
      describeActivity({
        ...texts,
        resources: Array.from({ length: 9 }, (_, n) => ({ ARN: `${n}${long}` })),
        userIdentity: {
          ...Object.fromEntries(
            ['arn', 'accountId', 'principalId', 'userName', 'accessKeyId', 'invokedBy', 'identityProvider'].map(
              (key) => [key, long],
            ),
          ),
          type: 'AssumedRole',
          sessionContext: { sourceIdentity: long, sessionIssuer: { arn: long, userName: `AWSReservedSSO_${long}` } },
        },
      }),
    );
  }
});

test('an activity from elsewhere is made as harmless', () => {
  const activity: Activity = { eventName: 'Stop\nLogging', actor: { type: 'IAMUser', name: 'a\u202eb' } };
  expect(plainActivity(activity)).toEqual({ eventName: 'Stop␊Logging', actor: { type: 'IAMUser', name: 'a�b' } });
});

const corpus = new URL('../../../../../shared/corpus/events.jsonl.gz', import.meta.url);

test('every event of the corpus is told soundly, and none with a stand-in for a missing value', ({ skip }) => {
  if (!existsSync(corpus)) console.warn(`skipped: there is no corpus at ${corpus.pathname}`);
  skip(!existsSync(corpus), 'there is no corpus');
  const lines = gunzipSync(readFileSync(corpus)).toString().split('\n').filter(Boolean);
  expect(lines.length).toBeGreaterThan(1000);
  for (const line of lines) {
    const { event } = JSON.parse(line) as { readonly event: unknown };
    const activity = describeActivity(JSON.stringify(event));
    const json = JSON.stringify(activity);
    expect(json).not.toMatch(/undefined|\[object Object\]|"null"|NaN/);
    expect(utf8Bytes(json)).toBeLessThanOrEqual(MAX_ACTIVITY_BYTES);
    for (const text of stringsIn(activity)) expect(text.trim()).not.toBe('');
  }
});
