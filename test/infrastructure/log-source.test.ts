import { CLOUDWATCH_PATTERN_LIMITS, compilePattern, parsePattern } from '@trailbell/core/pattern';
import { expect, test } from 'vitest';
import { ALL_SCENARIOS, DEPLOYED, graphOf, input, resource, resourcesOf } from './support/graph.ts';
import { statementsOf } from './support/policies.ts';

test('an existing log group is read and nothing of it is created', () => {
  const created = resourcesOf('production').map(({ type }) => type);
  expect(created).not.toContain('aws:cloudtrail/trail:Trail');
  expect(resourcesOf('production', 'aws:cloudwatch/logGroup:LogGroup').map(({ inputs }) => inputs.name)).toEqual([
    '/aws/lambda/trailbell-production-matcher',
    '/aws/lambda/trailbell-production-reconciler',
  ]);
  expect(input(resource('production', 'Subscription'), 'logGroup')).toBe('aws-cloudtrail-logs');
});

test('a new trail sees every region, validates its files and encrypts them, and its log group', () => {
  const key = 'arn:aws:kms:eu-west-1:777788889999:key/trail-key';
  expect(resource('newTrail', 'Trail').inputs).toMatchObject({
    name: 'trailbell-production',
    isMultiRegionTrail: true,
    isOrganizationTrail: false,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    kmsKeyId: key,
    cloudWatchLogsGroupArn: 'arn:aws:logs:eu-west-1:777788889999:log-group:cloudtrail/new:*',
  });
  expect(resource('newTrail', 'TrailLogGroup').inputs).toMatchObject({
    name: 'cloudtrail/new',
    retentionInDays: 90,
    kmsKeyId: key,
  });
  expect(input(resource('newTrail', 'TrailKey'), 'enableKeyRotation')).toBe(true);
  expect(resource('newTrail', 'TrailBucketEncryption').inputs).toMatchObject({
    rules: [
      // A bucket key's requests to KMS do not name the trail, which the key's policy asks for.
      { applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key }, bucketKeyEnabled: false },
    ],
  });
});

test("a new trail's bucket is private, versioned, forgets when it is told to, and takes the trail's files over TLS alone", () => {
  expect(resource('newTrail', 'TrailBucketPublicAccessBlock').inputs).toMatchObject({
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  expect(input(resource('newTrail', 'TrailBucketVersioning'), 'versioningConfiguration.status')).toBe('Enabled');
  expect(input(resource('newTrail', 'TrailBucketLifecycle'), 'rules')).toMatchObject([{ expiration: { days: 365 } }]);
  expect(resourcesOf('newTrail', 'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration')).toEqual([]);
  const [deny, acl, put] = statementsOf('newTrail').filter(({ of }) => of.name === 'TrailBucketPolicy');
  expect(deny).toMatchObject({ effect: 'Deny', conditions: { Bool: { 'aws:SecureTransport': 'false' } } });
  const fromTheTrail = { 'aws:SourceArn': 'arn:aws:cloudtrail:eu-west-1:777788889999:trail/trailbell-production' };
  expect(acl).toMatchObject({ actions: ['s3:GetBucketAcl'], conditions: { StringEquals: fromTheTrail } });
  expect(put).toMatchObject({
    actions: ['s3:PutObject'],
    resources: ['arn:aws:s3:::trailbell-production-trailbucketbucket-bdvfbzta/AWSLogs/777788889999/*'],
    conditions: { StringEquals: { ...fromTheTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
  });
});

test('CloudTrail may write its own streams into the new log group and nothing else', () => {
  const writes = statementsOf('newTrail').filter(({ of, kind }) => of.name === 'TrailWriter' && kind === 'identity');
  expect(writes).toMatchObject([
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: ['arn:aws:logs:eu-west-1:777788889999:log-group:cloudtrail/new:log-stream:777788889999_CloudTrail_*'],
    },
  ]);
});

test("an organization's trail belongs to the management account and writes what every account does", () => {
  const trailArn = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/trailbell-production';
  expect(input(resource('organizationTrail', 'Trail'), 'isOrganizationTrail')).toBe(true);
  const statements = statementsOf('organizationTrail');
  const put = statements.find(({ actions }) => actions.includes('s3:PutObject'));
  expect(put?.resources.map((arn) => arn.replace(/.*\/AWSLogs/, ''))).toEqual(['/111122223333/*', '/o-a1b2c3d4e5/*']);
  expect(put?.conditions.StringEquals?.['aws:SourceArn']).toBe(trailArn);
  const write = statements.find(({ of, kind }) => of.name === 'TrailWriter' && kind === 'identity');
  expect(write?.resources.map((arn) => arn.replace(/.*:log-stream:/, ''))).toEqual([
    '111122223333_CloudTrail_*',
    'o-a1b2c3d4e5_*',
  ]);
  const encrypt = statements.find(({ sid }) => sid === 'CloudTrailEncrypts');
  expect(encrypt?.conditions.StringEquals?.['aws:SourceArn']).toBe(trailArn);
});

test.each(DEPLOYED)('%s: the log group, and no other, may invoke the matcher', (scenario) => {
  const permissions = resourcesOf(scenario, 'aws:lambda/permission:Permission');
  expect(permissions).toHaveLength(1);
  const { logGroup } = resource(scenario, 'Subscription').inputs;
  const matcher = resource(scenario, 'MatcherFunction');
  expect(permissions[0]?.inputs).toMatchObject({
    action: 'lambda:InvokeFunction',
    function: matcher.inputs.name,
    principal: 'logs.amazonaws.com',
    sourceAccount: '777788889999',
  });
  expect(permissions[0]?.inputs.sourceArn).toMatch(
    new RegExp(`^arn:aws[\\w-]*:logs:[\\w-]+:777788889999:log-group:${String(logGroup)}:\\*$`),
  );
  expect(resource(scenario, 'Subscription').dependsOn).toContain(permissions[0]?.urn);
});

test.each(DEPLOYED)('%s: the filter pattern is one that CloudWatch takes', (scenario) => {
  const pattern = String(resource(scenario, 'Subscription').inputs.filterPattern);
  expect(pattern.length).toBeLessThanOrEqual(CLOUDWATCH_PATTERN_LIMITS.characters);
  expect(() => parsePattern(pattern, { limits: 'cloudwatch' })).not.toThrow();
});

test('the pre-filter lets through what a rule matches, and not what none does', () => {
  const pattern = compilePattern(parsePattern(String(resource('production', 'Subscription').inputs.filterPattern)));
  const passes = (event: object) => pattern.matches(JSON.stringify(event));
  expect(passes({ eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' })).toBe(true);
  expect(passes({ eventName: 'GetObject', userIdentity: { type: 'Root' } })).toBe(true);
  expect(passes({ trailbellHeartbeat: 'trailbell-production-777788889999-eu-west-1' })).toBe(true);
  expect(passes({ eventName: 'DescribeInstances', userIdentity: { type: 'AssumedRole' } })).toBe(false);
});

test('the pre-filter can be switched off, which takes everything', () => {
  expect(resource('everythingOff', 'Subscription').inputs.filterPattern).toBe('');
});

test('each deployment has rules of its own stage, and says so in what is deployed', () => {
  for (const scenario of ALL_SCENARIOS) expect(graphOf(scenario).errors).toEqual([]);
});
