import { describe, expect, test } from 'vitest';
import { loadRules } from '../rule/index.ts';
import { applyFixes } from './fix.ts';
import { lintRules } from './lint-rules.ts';
import { findingsIn, findingsOf, inShort, TODAY } from './linted.fixture.ts';

const codesOf = (pattern: string) => findingsOf(pattern).map(({ code }) => code);
const hintsOf = (pattern: string) => findingsOf(pattern).map(({ hint }) => hint);

describe('what is right is left alone', () => {
  test.each([
    '{ $.eventName = "StopLogging" }',
    '{ $.eventName = StopLogging && $.errorCode NOT EXISTS }',
    '{ $.eventName = "StopLogging" && ($.errorCode NOT EXISTS || $.errorCode != "AccessDenied") }',
    '{ $.eventName = "StopLogging" && $.errorCode = * && $.errorCode != "AccessDenied" }',
    '{ $.eventName = "StopLogging" && $.errorCode = "Access*" && $.errorCode != "AccessDenied" }',
    '{ $.eventName = "StopLogging" && $.awsRegion != "us-east-1" && $.userIdentity.type != "AWSService" }',
    '{ $.userIdentity.type = "IAMUser" && $.userIdentity.userName != "backup" && $.userIdentity.arn != "*:user/x" }',
    '{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed != "Yes" }',
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    '{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && $.eventName != "HeadBucket" }',
    '{ ($.eventName = "StopLogging" && $.errorCode = "AccessDenied") || $.errorCode = "AccessDeniedException" }',
    '{ $.eventName = "StopLogging" && $.errorCode = "AccessDenied" || $.eventName = "DeleteTrail" }',
    '{ $.eventName = "StopLogging" && $.requestParameters IS NULL }',
    '{ $.eventName = "ModifyDBInstance" && ($.requestParameters.x IS TRUE || $.requestParameters.x = true) }',
    '{ $.eventName = "GetObject" && $.additionalEventData.bytesTransferredOut > 1000 }',
    '{ $.eventName = "GetObject" && $.resources[*].ARN = "arn:aws:s3:::example/*" }',
    '{ $.eventName = "PutBucketPolicy" && $.requestParameters.bucketPolicy = "*\\"Principal\\":\\"*\\"*" }',
    '{ $.eventSource = "lambda.amazonaws.com" && $.eventName = "CreateFunction20150331" }',
    '{ $.eventSource = "lambda.amazonaws.com" && $.eventName = "UpdateFunctionCode20150331v2" }',
    '{ $.eventSource = "cloudfront.amazonaws.com" && $.eventName = "CreateDistribution2020_05_31" }',
    '{ $.eventSource = "kms.amazonaws.com" && $.eventName = "RotateKey" }',
    '{ $.eventSource = "signin.amazonaws.com" && ($.eventName = "CheckMfa" || $.eventName = "SwitchRole") }',
    '{ ($.eventSource = "iam.amazonaws.com" || $.eventSource = "s3.amazonaws.com") && ($.eventName = "CreateUser" || $.eventName = "CreateBucket") }',
    '{ $.eventSource = "iam.amazonaws.com" && $.eventName = %^[CD][a-z]+User$% }',
    '{ $.recipientAccountId = 111122223333 && $.eventName = "StopLogging" }',
    '{ $.userIdentity.accountId = "ANONYMOUS_PRINCIPAL" && $.eventName = "GetObject" }',
    '{ $.awsRegion = "us-gov-west-1" && $.eventName = "StopLogging" }',
    '{ $.awsRegion = "eusc-de-east-1" && $.eventName = "StopLogging" }',
    '{ $.sourceIPAddress = "10.0.*" && $.eventName = "StopLogging" }',
  ])('%s', (pattern) => {
    expect(findingsOf(pattern)).toEqual([]);
  });
});

test.each([
  ['{ $.eventName = "StopLogging" &&\n  $.eventName = "DeleteTrail" }', ['6:5 error never-matches']],
  ['{ ($.eventName = "A*") && ($.eventName != "A*") }', ['5:30 error never-matches']],
  ['{ $.useridentity.type = "Root" }', ['5:7 error unknown-field']],
  ['{ $.userIdentity.sessionContext.sessionissuer.arn = "x" }', ['5:35 error unknown-field']],
  ['{ $.eventName.name = "StopLogging" }', ['5:17 error unknown-field']],
  ['{ $.eventName = "StopLogging" && $.managementEvent != "true" }', ['5:36 error field-type']],
  ['{ $.eventName = "StopLogging" && $.eventTime > 2024 }', ['5:36 error field-type']],
  ['{ $.eventType = "AwsConsoleSignin" }', ['5:19 error field-value']],
  ['{ $.eventName = "Stoplogging" }', ['5:19 error unknown-event-name']],
  ['{ $.eventSource = "s3" && $.eventName = "GetObject" }', ['5:21 error unknown-event-source']],
  [
    '{ $.eventName = %Frobnicate% }',
    ['5:5 warning no-index', '5:19 error unknown-event-name', '5:19 warning odd-regex'],
  ],
  ['{ $.eventName = "Create*" && $.userAgent = %x^y% }', ['5:46 error odd-regex']],
  ['{ $.eventName = "Create*" && $.userAgent = %^a|b$% }', ['5:46 warning odd-regex']],
  ['{ $.eventName = * }', ['5:5 warning matches-everything', '5:5 warning no-index']],
])('%j: %j', (pattern, expected) => {
  expect(inShort(findingsOf(pattern))).toEqual(expected);
});

test('a finding names the nearest that there is', () => {
  expect(hintsOf('{ $.sourceIpAddress = "203.0.113.9" }')).toEqual(['did you mean $.sourceIPAddress?']);
  expect(hintsOf('{ $.userIdentity.mfaAuthenticated = "false" }')).toContain(
    'did you mean $.userIdentity.sessionContext.attributes.mfaAuthenticated?',
  );
  expect(hintsOf('{ $.eventSource = "signin.aws.amazon.com" && $.eventName = "ConsoleLogin" }')).toEqual([
    'did you mean signin.amazonaws.com?',
  ]);
  expect(hintsOf('{ $.eventSource = "iam.amazonaws.com" && $.eventName = "AttachUsersPolicy" }')).toEqual([
    'did you mean AttachUserPolicy?',
  ]);
  expect(hintsOf('{ $.eventType = "UpdateTrail" }')).toEqual(['did you mean $.eventName = "UpdateTrail"?']);
});

test('a field that is always there is not spoken of, and one that may be missing once', () => {
  expect(codesOf('{ $.eventName = "StopLogging" && $.errorCode != "a" && $.errorCode != "b" }')).toEqual([
    'missing-not-equals',
  ]);
});

const FIXABLE = `name: a-rule
title: A rule
severity: info
filterPattern: >-
  { $.eventSource = "cloudtrail.amazonaws.com"
  && ($.eventName = "stopLogging" || $.eventName = "DeleteTrail" || ($.eventName = "DeleteTrail"))
  && $.readOnly = false && $.useridentity.invokedBy != "*" }
exceptions:
  - filterPattern: "{ $.sourceIpAddress = \\"203.0.113.9 \\" }"
    reason: the backup job
    owner: platform@example.com
    expires: 2027-06-30
  - filterPattern: '{ $.userIdentity.sessionContext.attributes.mfaAuthenticated IS TRUE && $.errorCode != "*" }'
    reason: the nightly job
    owner: platform@example.com
    expires: 2027-06-30
examples:
  matches:
    - { eventSource: cloudtrail.amazonaws.com, eventName: StopLogging, readOnly: false }
  ignores:
    - { eventName: StartLogging }
`;

test('what has one safe cure is mended in place, in blocks and in both kinds of quotes', () => {
  let text = FIXABLE;
  for (let round = 0; round < 5; round++)
    text = applyFixes(
      text,
      findingsIn(text).flatMap(({ fix }) => fix ?? []),
    ).text;
  expect(text).toContain(`
  { $.eventSource = "cloudtrail.amazonaws.com"
  && ($.eventName = "StopLogging" || $.eventName = "DeleteTrail")
  && $.readOnly IS FALSE && $.userIdentity.invokedBy NOT EXISTS }
`);
  expect(text).toContain(`"{ $.sourceIPAddress = \\"203.0.113.9\\" }"`);
  expect(text).toContain(
    `'{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = "true" && $.errorCode NOT EXISTS }'`,
  );
  expect(inShort(findingsIn(text))).toEqual([]);
});

test('fixes that touch the same place are made one after the other', () => {
  const at = (column: number) => ({ line: 1, column });
  const fixes = [
    { start: at(3), end: at(5), text: 'x' },
    { start: at(4), end: at(6), text: 'y' },
  ];
  expect(applyFixes('abcdef', fixes)).toEqual({ text: 'abxef', fixed: 1 });
});

test('a comment with a reason ignores a finding on its line, or in the value that begins below it', () => {
  const rule = (above: string, behind = '') => `name: a-rule
title: A rule
severity: info
${above}
filterPattern: >-${behind}
  { $.eventName = "StopLogging"
  || $.eventName = "FrobnicateLedger" }
examples: { matches: [{ eventName: StopLogging }], ignores: [{ eventName: StartLogging }] }
`;
  expect(inShort(findingsIn(rule('# a comment')))).toEqual(['7:20 warning unknown-event-name']);
  expect(findingsIn(rule('# lint-ignore unknown-event-name: seen in our trail'))).toEqual([]);
  expect(findingsIn(rule('', ' # lint-ignore unknown-event-name: seen in our trail'))).toEqual([]);
  expect(inShort(findingsIn(rule('# lint-ignore unknown-field: no')))).toEqual(
    ['7:20 warning unknown-event-name', '4:1 warning unused-ignore'].toReversed(),
  );
  expect(inShort(findingsIn(rule('# lint-ignore unknown-event-name')))).toEqual([
    '4:1 error ignore-without-reason',
    '7:20 warning unknown-event-name',
  ]);
});

test('a rule that extends another is judged for what it changes, and its base in its own file', () => {
  const base = `name: trail-stopped
title: The trail was stopped
severity: info
filterPattern: '{ $.eventName = "StopLoging" }'
alarm: { threshold: 5 }
examples: { matches: [{ eventName: StopLoging }], ignores: [{ eventName: StartLogging }] }
`;
  const own = `extends: cis/trail-stopped
alarm: { statistic: Maximum }
exceptions:
  - filterPattern: '{ $.sourceIpAddress = "203.0.113.9" }'
    reason: the backup job
    owner: platform@example.com
    expires: 2026-11-01
`;
  const files = new Map([
    ['rules/cis/trail-stopped.yaml', base],
    ['rules/own/trail-stopped.yaml', own],
  ]);
  const load = (paths: readonly string[]) => {
    const all = [...files].map(([path, text]) => ({ path, text }));
    return loadRules(
      all.filter(({ path }) => paths.includes(path)),
      { library: all },
    );
  };
  const both = lintRules(load([...files.keys()]), { today: TODAY, files });
  expect(both.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
    'rules/cis/trail-stopped.yaml:4 unknown-event-name',
    'rules/own/trail-stopped.yaml:1 alarm-never-rings',
    'rules/own/trail-stopped.yaml:4 unknown-field',
    'rules/own/trail-stopped.yaml:7 exception-expired',
  ]);
  const alone = ['rules/own/trail-stopped.yaml'];
  const ownOnly = lintRules(load(alone), { today: TODAY, files: new Map([[alone[0] ?? '', own]]) });
  expect(ownOnly.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '1 alarm-never-rings',
    '4 unknown-field',
    '7 exception-expired',
  ]);
});

test('an exception is judged as of the day that is asked about', () => {
  const rule = `name: a-rule
title: A rule
severity: info
filterPattern: '{ $.eventName = "StopLogging" }'
exceptions:
  - { filterPattern: '{ $.errorCode = "AccessDenied" }', reason: r, owner: o, expires: 2027-06-30 }
examples: { matches: [{ eventName: StopLogging }], ignores: [{ eventName: StartLogging }] }
`;
  const on = (today: string) =>
    lintRules(loadRules([{ path: 'x.yaml', text: rule }]), { today, files: new Map([['x.yaml', rule]]) }).map(
      ({ code }) => code,
    );
  expect(on('2027-06-15')).toEqual([]);
  expect(on('2027-06-16')).toEqual(['exception-ends-soon']);
  expect(on('2027-06-30')).toEqual(['exception-ends-soon']);
  expect(on('2027-07-01')).toEqual(['exception-expired']);
});

const AT_NIGHT = `
timeIntervals:
  office-hours: { from: '08:00', to: '18:00', timeZone: UTC }
---
name: trail-stopped-at-night
title: A trail was stopped at night
severity: error
filterPattern: '{ $.eventSource = "cloudtrail.amazonaws.com" && $.eventName = "StopLogging" }'
notDuring: office-hours
examples:
  matches:
    - { eventSource: cloudtrail.amazonaws.com, eventName: StopLogging, eventTime: '2026-11-20T23:00:00Z' }
  ignores:
    - { eventSource: cloudtrail.amazonaws.com, eventName: StopLogging, eventTime: '2026-11-20T12:00:00Z' }
`;

test('examples of a rule that counts at some times only are judged by their time', () => {
  expect(inShort(findingsIn(AT_NIGHT))).toEqual([]);
  const turnedRound = AT_NIGHT.replace('notDuring', 'during');
  expect(inShort(findingsIn(turnedRound))).toEqual(['12:7 error example-fails', '14:7 error example-fails']);
});
