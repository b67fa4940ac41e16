import { expect, test } from 'vitest';
import type { TrailbellConfig } from './config.ts';
import { formatConfigProblem } from './config-problem.ts';
import { stageOf } from './stage-of.ts';
import { validateConfig } from './validate-config.ts';

const CONFIG: TrailbellConfig = {
  ruleFolders: ['rules/own'],
  logGroupName: 'aws-cloudtrail-logs',
  routes: [{ name: 'rest', endpointSecret: 'PagerDutyUrl', default: true }],
};

test('a configuration with every setting of a deployment is right and comes back as it was', () => {
  const full: TrailbellConfig = {
    ...CONFIG,
    logRetentionDays: 7,
    reservedConcurrency: false,
    preFilter: false,
    excludeOwnCalls: false,
    heartbeat: false,
    trail: { logRetentionDays: 365 },
    backtest: {
      archiveBuckets: ['my-trail-bucket'],
      archiveKeys: ['arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
      maxConcurrency: 100,
      workRetentionDays: 30,
    },
    stages: {
      production: {
        account: '000011112222',
        region: 'us-gov-west-1',
        trail: {
          logRetentionDays: 90,
          fileRetentionDays: 2557,
          organization: { id: 'o-a1b2c3d4e5', managementAccount: '111122223333' },
        },
      },
      mine: { protected: false, liveFilterPattern: '{ $.userIdentity.userName = "me" }' },
    },
  };
  expect(validateConfig(full)).toEqual({ config: full, problems: [] });
});

test.for<[string, object, string, string, RegExp]>([
  ['an unknown setting', { retention: 30 }, 'retention', 'unknown-key', /expected .*logRetentionDays/],
  [
    'a setting that is nearly right',
    { heartBeat: true },
    'heartBeat',
    'unknown-key',
    /there is no "heartBeat" here \(did you mean heartbeat\?\)/,
  ],
  [
    "a log group of Trailbell's own",
    { logGroupName: '/aws/lambda/trailbell-production-matcher' },
    'logGroupName',
    'feeds-itself',
    /"\/aws\/lambda\/trailbell-production-matcher", which Trailbell itself writes to.*name the log group that the trail/,
  ],
  [
    'a retention that CloudWatch does not have',
    { logRetentionDays: 45 },
    'logRetentionDays',
    'unknown-value',
    /is 45; expected 1, 3, 5, 7, 14, 30, 60/,
  ],
  [
    'no concurrency at all',
    { reservedConcurrency: 0 },
    'reservedConcurrency',
    'too-small',
    /is 0; expected at least 1 .*false reserves none, for accounts with a small quota/,
  ],
  [
    'concurrency as text',
    { reservedConcurrency: '10' },
    'reservedConcurrency',
    'invalid-format',
    /is "10"; expected a whole number from 1 to 1000, or false/,
  ],
  [
    'concurrency that is true',
    { reservedConcurrency: true },
    'reservedConcurrency',
    'invalid-format',
    /is true; expected a whole number from 1 to 1000, or false/,
  ],
  ['a switch as text', { preFilter: 'off' }, 'preFilter', 'wrong-type', /is "off"; expected true or false/],
  ['a heartbeat in minutes', { heartbeat: 5 }, 'heartbeat', 'wrong-type', /is 5; expected true or false/],
  [
    'own calls without a pre-filter',
    { preFilter: false, excludeOwnCalls: true },
    'excludeOwnCalls',
    'takes-nothing',
    /is true, but without the pre-filter.*set preFilter to true, or excludeOwnCalls to false/,
  ],
  [
    'a trail without retention',
    { trail: {} },
    'trail.logRetentionDays',
    'missing-key',
    /is missing \(The days for which the new log group keeps records/,
  ],
  [
    'a trail that is true',
    { trail: true },
    'trail',
    'wrong-type',
    /is true; expected an object \(Creates the log group/,
  ],
  [
    'a trail whose files are kept for no day',
    { trail: { logRetentionDays: 30, fileRetentionDays: 0 } },
    'trail.fileRetentionDays',
    'too-small',
    /is 0; expected at least 1/,
  ],
  [
    'an organization without its management account',
    { trail: { logRetentionDays: 30, organization: { id: 'o-a1b2c3d4e5' } } },
    'trail.organization.managementAccount',
    'missing-key',
    /its trails belong to it/,
  ],
  [
    'a root id for an organization',
    { trail: { logRetentionDays: 30, organization: { id: 'r-ab12', managementAccount: '111122223333' } } },
    'trail.organization.id',
    'invalid-format',
    /is "r-ab12"; expected the id of an organization, such as o-a1b2c3d4e5 .*describe-organization/,
  ],
  [
    'an ARN for an account',
    { stages: { production: { account: 'arn:aws:iam::111122223333:root' } } },
    'stages.production.account',
    'invalid-format',
    /is "arn:aws:iam::111122223333:root"; expected an account id, which has 12 digits \(The only account/,
  ],
  [
    'a zone for a region',
    { stages: { production: { region: 'eu-west-1a' } } },
    'stages.production.region',
    'invalid-format',
    /is "eu-west-1a"; expected a region, such as eu-west-1/,
  ],
  [
    'a backtest that is true',
    { backtest: true },
    'backtest',
    'wrong-type',
    /is true; expected an object \(Makes what runs the shards/,
  ],
  [
    'a backtest without archives',
    { backtest: {} },
    'backtest.archiveBuckets',
    'missing-key',
    /is missing \(The names of the buckets/,
  ],
  [
    'a backtest of no archive',
    { backtest: { archiveBuckets: [] } },
    'backtest.archiveBuckets',
    'empty',
    /is an empty list; expected at least one/,
  ],
  ...['arn:aws:s3:::my-trail-bucket', 's3://my-trail-bucket/', 'My_Trail', '*'].map(
    (bucket): [string, object, string, string, RegExp] => [
      `${bucket} for the name of a bucket`,
      { backtest: { archiveBuckets: ['my-trail-bucket', bucket] } },
      'backtest.archiveBuckets[1]',
      'invalid-format',
      /expected the name of a bucket, not its ARN and not its address \(The names of the buckets/,
    ],
  ),
  [
    'an alias for a key',
    {
      backtest: {
        archiveBuckets: ['my-trail-bucket'],
        archiveKeys: ['arn:aws:kms:eu-west-1:111122223333:alias/trail'],
      },
    },
    'backtest.archiveKeys[0]',
    'invalid-format',
    /expected the ARN of a key, such as arn:aws:kms:.*:key\//,
  ],
  [
    'no shard at once',
    { backtest: { archiveBuckets: ['my-trail-bucket'], maxConcurrency: 0 } },
    'backtest.maxConcurrency',
    'too-small',
    /is 0; expected at least 1/,
  ],
  [
    'work that is kept for longer than a year',
    { backtest: { archiveBuckets: ['my-trail-bucket'], workRetentionDays: 366 } },
    'backtest.workRetentionDays',
    'too-big',
    /is 366; expected at most 365/,
  ],
  [
    'one log group that two stages would make',
    { trail: { logRetentionDays: 30 }, stages: { production: {}, staging: { heartbeat: false } } },
    'stages.staging.trail',
    'same-log-group',
    /would make the log group "aws-cloudtrail-logs", and so does the stage production \(give trail to one/,
  ],
  ['a region for all stages', { region: 'eu-west-1' }, 'region', 'unknown-key', /there is no "region" here/],
  [
    'an unknown setting of a stage',
    { stages: { production: { protect: true } } },
    'stages.production.protect',
    'unknown-key',
    /did you mean protected\?/,
  ],
  [
    'stages as a list',
    { stages: ['production'] },
    'stages',
    'wrong-type',
    /is a list of 1; expected an object .*by its name/,
  ],
  [
    'a name with capitals for a stage',
    { stages: { Production: {} } },
    'stages.Production',
    'invalid-format',
    /"Production" cannot be the name of a stage \(lower-case words/,
  ],
  [
    'a name for a stage that leaves no room for those of its resources',
    { stages: { ['s'.repeat(31)]: {} } },
    `stages.${'s'.repeat(31)}`,
    'invalid-format',
    /30 characters at most/,
  ],
  [
    'live mode in production',
    { stages: { production: { liveFilterPattern: '{ $.errorCode = "AccessDenied" }' } } },
    'stages.production.liveFilterPattern',
    'never-live',
    /is "\{ \$\.errorCode .*" \}", but production is protected and never runs live \(set it on a stage of your own/,
  ],
  [
    'live mode in a stage that is protected by hand',
    { stages: { audit: { protected: true, liveFilterPattern: '{ $.a = 1 }' } } },
    'stages.audit.liveFilterPattern',
    'never-live',
    /audit is protected/,
  ],
  [
    'live mode for everything',
    { stages: { mine: { liveFilterPattern: ' ' } } },
    'stages.mine.liveFilterPattern',
    'takes-everything',
    /every event to one laptop/,
  ],
  [
    'a live pattern that CloudWatch would refuse',
    { stages: { mine: { liveFilterPattern: '{ $.eventName == "x" }' } } },
    'stages.mine.liveFilterPattern',
    'pattern-syntax',
    /is "\{ \$\.eventName == .*which CloudWatch would refuse/,
  ],
  [
    'a bad setting that only one stage has',
    { stages: { mine: { preFilter: false, excludeOwnCalls: true } } },
    'stages.mine.excludeOwnCalls',
    'takes-nothing',
    /set preFilter to true/,
  ],
])('%s is found, with the value and the cure', ([, settings, field, code, text]) => {
  const { config, problems } = validateConfig({ ...CONFIG, ...settings });
  expect(config).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ field, code });
  expect(problems.map(formatConfigProblem)[0]).toMatch(text);
});

test.each([
  { production: { account: '111122223333' }, staging: { account: '444455556666' } },
  { production: { region: 'eu-west-1' }, staging: { region: 'us-east-1' } },
  { production: {}, staging: { logGroupName: 'another' } },
])('two stages may each make a log group where they are not the same: %j', (stages) => {
  expect(validateConfig({ ...CONFIG, trail: { logRetentionDays: 30 }, stages }).problems).toEqual([]);
});

test('a stage that is not named has the settings of all, and the defaults', () => {
  expect(stageOf(CONFIG, 'mine')).toEqual({
    name: 'mine',
    isProtected: false,
    logGroupName: 'aws-cloudtrail-logs',
    trail: undefined,
    alarmNamePrefix: '',
    logRetentionDays: 30,
    reservedConcurrency: 10,
    preFilter: true,
    excludeOwnCalls: true,
    heartbeat: true,
    complianceShadow: false,
    backtest: undefined,
    account: undefined,
    region: undefined,
    liveFilterPattern: undefined,
  });
});

test('a stage has its own settings where it has any', () => {
  const config: TrailbellConfig = {
    ...CONFIG,
    heartbeat: false,
    reservedConcurrency: 20,
    stages: { mine: { heartbeat: true, reservedConcurrency: false, logGroupName: 'mine', preFilter: false } },
  };
  expect(stageOf(config, 'mine')).toMatchObject({
    heartbeat: true,
    reservedConcurrency: undefined,
    logGroupName: 'mine',
    excludeOwnCalls: false,
  });
  expect(stageOf(config, 'other')).toMatchObject({ heartbeat: false, reservedConcurrency: 20 });
});

test('a backtest has its defaults, and a stage may have one of its own', () => {
  const config: TrailbellConfig = {
    ...CONFIG,
    stages: { archive: { backtest: { archiveBuckets: ['a-trail'], workRetentionDays: 2 } } },
  };
  expect(stageOf(config, 'archive').backtest).toEqual({
    archiveBuckets: ['a-trail'],
    archiveKeys: [],
    maxConcurrency: 20,
    workRetentionDays: 2,
  });
  expect(stageOf(config, 'other').backtest).toBeUndefined();
});

test.each([
  ['production', {}, true],
  ['production', { production: { protected: false } }, false],
  ['audit', { audit: { protected: true } }, true],
  ['mine', { audit: { protected: true } }, false],
])('%s with %j is protected: %s', (name, stages, isProtected) => {
  expect(stageOf({ ...CONFIG, stages }, name).isProtected).toBe(isProtected);
});
