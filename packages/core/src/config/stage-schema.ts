import * as z from 'zod';
import { parsePattern, PatternSyntaxError } from '../pattern/index.ts';
import { refuse } from '../rule/refuse.ts';
import { ACCOUNT_ID } from '../rule/text-schema.ts';
import { LOG_RETENTION_DAYS } from './log-retention.ts';
import { MAX_STAGE_NAME_LENGTH, type StageOverrides, type StageSettings } from './stage.ts';

const RETENTION = z.literal(LOG_RETENTION_DAYS);

/** A role's policy has room for them. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_ARCHIVES = 25;

const trail = z.strictObject({
  logRetentionDays: RETENTION.describe('The days for which the new log group keeps records; Trailbell needs one.'),
  fileRetentionDays: z
    .int()
    .min(1)
    .max(36_500)
    .exactOptional()
    .describe("The days for which the bucket keeps the trail's files; left out, they stay."),
  organization: z
    .strictObject({
      id: z
        .string()
        // https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
        .regex(/^o-[a-z0-9]{10,32}$/, 'the id of an organization, such as o-a1b2c3d4e5')
        .describe('The id of the organization, as `aws organizations describe-organization` shows it.'),
      managementAccount: ACCOUNT_ID.describe("The organization's management account: its trails belong to it."),
    })
    .exactOptional()
    .describe('Left out, the trail is for one account; given, for every account of the organization.'),
});

const backtest = z.strictObject({
  archiveBuckets: z
    .array(
      z
        .string()
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
        .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket, not its ARN and not its address'),
    )
    .min(1)
    .max(MAX_ARCHIVES)
    .describe('The names of the buckets with the archives: the only ones that a backtest in AWS may read.'),
  archiveKeys: z
    .array(
      z
        .string()
        .regex(
          /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
          'the ARN of a key, such as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
        ),
    )
    .min(1)
    .max(MAX_ARCHIVES)
    .exactOptional()
    .describe('The ARNs of the keys that encrypt the archives; left out where they are not keys of yours.'),
  maxConcurrency: z.int().min(1).max(1000).exactOptional().describe('The most shards that are scanned at once.'),
  workRetentionDays: z
    .int()
    .min(1)
    .max(365)
    .exactOptional()
    .describe('The days for which the work bucket keeps plans, and what their shards came to.'),
});

export const STAGE_SETTINGS = {
  logGroupName: z
    .string()
    .max(512)
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
    .regex(/^[\w./#-]+$/, 'the name of a log group: letters, digits and . - _ / #')
    .superRefine(checkLogGroup)
    .describe('The CloudWatch Logs group that CloudTrail delivers to; its name, not its ARN.'),
  trail: trail.exactOptional().describe('Creates the log group and a trail; left out, the group must be there.'),
  alarmNamePrefix: z
    .string()
    .max(100)
    .regex(/^[\x20-\x7e]*$/, 'printable ASCII')
    .exactOptional()
    .describe('Begins every AlarmName.'),
  logRetentionDays: RETENTION.exactOptional().describe("The days for which the functions' own logs are kept."),
  reservedConcurrency: z
    .union([z.int().min(1).max(1000), z.literal(false)], {
      error: 'a whole number from 1 to 1000, or false',
    })
    .exactOptional()
    .describe('The most matchers that run at once; false reserves none, for accounts with a small quota.'),
  preFilter: z.boolean().exactOptional().describe('false lets every event through to the matcher.'),
  excludeOwnCalls: z.boolean().exactOptional().describe("false lets Trailbell's own calls through to the matcher."),
  heartbeat: z.boolean().exactOptional().describe('false sends no heartbeat, and does not miss one.'),
  complianceShadow: z
    .boolean()
    .exactOptional()
    .describe("true keeps the CIS benchmark's exact metric filters and alarms too; they ring nobody."),
  backtest: backtest
    .exactOptional()
    .describe('Makes what runs the shards of a backtest in AWS; left out, nothing of it is there.'),
};

export const STAGE_OVERRIDES = {
  ...STAGE_SETTINGS,
  logGroupName: STAGE_SETTINGS.logGroupName.exactOptional(),
  protected: z.boolean().exactOptional().describe('true keeps the data of the stage, and the stage.'),
  account: ACCOUNT_ID.exactOptional().describe('The only account that the stage may be deployed to, as text.'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region, such as eu-west-1')
    .exactOptional()
    .describe('The region that the stage is deployed to.'),
  liveFilterPattern: z
    .string()
    .superRefine(checkLivePattern)
    .exactOptional()
    .describe('What `sst dev` takes from the log group, such as { $.userIdentity.userName = "me" }.'),
};

/** Trailbell's functions write into groups of these names: subscribed to one of them, it would feed itself for ever. */
function checkLogGroup(name: string, context: z.RefinementCtx): void {
  if (!name.startsWith('/aws/lambda/trailbell-')) return;
  refuse(context, [], {
    code: 'feeds-itself',
    message: `is ${JSON.stringify(name)}, which Trailbell itself writes to: each batch would make the next`,
    hint: 'name the log group that the trail delivers to',
  });
}

function checkLivePattern(text: string, context: z.RefinementCtx): void {
  if (text.trim() === '') {
    refuse(context, [], {
      code: 'takes-everything',
      message: 'is empty, which takes every event to one laptop',
      hint: 'say which events, such as { $.userIdentity.userName = "me" }; leave it out to take none',
    });
    return;
  }
  try {
    parsePattern(text, { limits: 'cloudwatch' });
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    refuse(context, [], {
      code: 'pattern-syntax',
      message: `is ${JSON.stringify(text)}, which CloudWatch would refuse: ${error.message}`,
      hint: 'docs/patterns.md has the language; `trailbell explain` says what a pattern means',
    });
  }
}

interface StagesOfConfig extends StageSettings {
  readonly stages?: Readonly<Record<string, StageOverrides>>;
}

/** What is wrong between settings, each of which is right in itself. */
export function checkStages(config: StagesOfConfig, context: z.RefinementCtx): void {
  checkOwnCalls(config, config, [], context);
  for (const [name, overrides] of Object.entries(config.stages ?? {})) {
    checkStageName(name, context);
    checkOwnCalls({ ...config, ...overrides }, overrides, ['stages', name], context);
    checkLive(name, overrides, context);
  }
  checkTrails(config, context);
}

function checkStageName(name: string, context: z.RefinementCtx): void {
  if (name.length <= MAX_STAGE_NAME_LENGTH && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return;
  refuse(context, ['stages', name], {
    code: 'invalid-format',
    message: `${JSON.stringify(name)} cannot be the name of a stage`,
    hint: `lower-case words and digits joined by single hyphens, ${MAX_STAGE_NAME_LENGTH} characters at most`,
  });
}

/** Told where it was written. */
function checkOwnCalls(
  { preFilter = true, excludeOwnCalls }: Partial<StageSettings>,
  written: Partial<StageSettings>,
  path: readonly string[],
  context: z.RefinementCtx,
): void {
  if (preFilter || excludeOwnCalls !== true) return;
  const field = written.excludeOwnCalls === undefined ? 'preFilter' : 'excludeOwnCalls';
  refuse(context, [...path, field], {
    code: 'takes-nothing',
    message: `is ${String(written[field])}, but without the pre-filter no own calls can be left out`,
    hint: 'set preFilter to true, or excludeOwnCalls to false',
  });
}

/** Each stage's trail makes its log group: two stages in one place cannot make the same. */
function checkTrails({ stages = {}, ...common }: StagesOfConfig, context: z.RefinementCtx): void {
  const earlier: (StageOverrides & { readonly stage: string })[] = [];
  for (const [stage, overrides] of Object.entries(stages)) {
    const own = { ...common, ...overrides, stage };
    if (own.trail === undefined) continue;
    const other = earlier.find((each) => each.logGroupName === own.logGroupName && areInOnePlace(each, own));
    if (other === undefined) earlier.push(own);
    else {
      refuse(context, ['stages', stage, overrides.logGroupName === undefined ? 'trail' : 'logGroupName'], {
        code: 'same-log-group',
        message: `would make the log group ${JSON.stringify(own.logGroupName)}, and so does the stage ${other.stage}`,
        hint: 'give trail to one of them alone, or each a logGroupName of its own, or say which account or region each is in',
      });
    }
  }
}

/** As far as they say: both in the same account and region, or both where the credentials lead. */
function areInOnePlace(one: StageOverrides, other: StageOverrides): boolean {
  return one.account === other.account && one.region === other.region;
}

function checkLive(name: string, overrides: StageOverrides, context: z.RefinementCtx): void {
  const isProtected = overrides.protected ?? name === 'production';
  if (!isProtected || overrides.liveFilterPattern === undefined) return;
  refuse(context, ['stages', name, 'liveFilterPattern'], {
    code: 'never-live',
    message: `is ${JSON.stringify(overrides.liveFilterPattern)}, but ${name} is protected and never runs live`,
    hint: 'set it on a stage of your own, such as the one that `npx sst dev` chooses',
  });
}
