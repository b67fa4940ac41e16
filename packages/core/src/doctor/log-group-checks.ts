import { HEARTBEAT_NAME } from '../heartbeat/heartbeat-name.ts';
import { compilePattern, parsePattern, PatternSyntaxError } from '../pattern/index.ts';
import { check, well, wrong, type Check } from './check.ts';
import type { Expected } from './expected.ts';
import { policyAllows } from './resource-policy.ts';
import type { SubscriptionFilterSeen } from './seen.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const SUBSCRIPTION_SLOTS = 2;

/** A replay after a bad week end needs this much. */
const SHORT_RETENTION_DAYS = 7;

/** Of many rules so many are named. */
const MOST_NAMED = 8;

/** The log group that CloudTrail delivers to, and how it leads to the matcher. */
export const LOG_GROUP_CHECKS: readonly Check[] = [
  check('no-log-group', 'error', ['logGroup'], ({ logGroup }, { stage, region }) => {
    if (logGroup !== undefined) return well(`the log group ${stage.logGroupName} is in ${region}`);
    return stage.trail === undefined
      ? wrong(
          `there is no log group ${stage.logGroupName} in ${region}`,
          'set logGroupName and the region of the stage to where your trail delivers',
        )
      : wrong(`there is no log group ${stage.logGroupName} in ${region} yet`, 'deploy: the deploy makes it');
  }),
  check('log-group-class', 'error', ['logGroup'], ({ logGroup }) => {
    if (logGroup === undefined) return undefined;
    const { logGroupClass = 'STANDARD' } = logGroup;
    return logGroupClass === 'STANDARD'
      ? well('the log group is of the class STANDARD')
      : wrong(
          `the log group is of the class ${logGroupClass}, which has no subscriptions`,
          'let the trail deliver to a new log group of the class STANDARD: a class cannot be changed',
        );
  }),
  check('log-group-retention', 'warning', ['logGroup'], ({ logGroup }) => {
    if (logGroup === undefined) return undefined;
    const { retentionInDays: days, logGroupName = 'GROUP' } = logGroup;
    const command = `aws logs put-retention-policy --log-group-name ${logGroupName} --retention-in-days 90`;
    if (days === undefined) return wrong('the log group keeps records for ever, and each month costs more', command);
    return days < SHORT_RETENTION_DAYS
      ? wrong(`the log group keeps records for ${days} days: a replay of last week finds nothing`, command)
      : well(`the log group keeps records for ${days} days`);
  }),
  check('log-group-key', 'error', ['logGroup', 'logGroupKey'], ({ logGroup, logGroupKey }) => {
    if (logGroup === undefined) return undefined;
    if (logGroupKey === undefined) return well("the log group is encrypted with CloudWatch's own key");
    const state = logGroupKey === 'missing' ? 'gone' : logGroupKey.KeyState;
    return state === 'Enabled'
      ? well('the log group is encrypted with a key of yours, which is enabled')
      : wrong(
          `the key of the log group is ${state ?? 'in an unknown state'}: nothing can be written or read`,
          'enable the key again (aws kms enable-key, aws kms cancel-key-deletion), or give the log group another',
        );
  }),
  check('log-group-silent', 'warning', ['logGroup', 'incomingLogEvents'], ({ logGroup, incomingLogEvents }) => {
    if (logGroup === undefined) return undefined;
    return incomingLogEvents > 0
      ? well(`${incomingLogEvents} log events came into the log group within the last hour`)
      : wrong(
          'nothing came into the log group for an hour',
          'see the findings about the trail; an account without any activity is silent too',
        );
  }),
  check('subscription-slots', 'error', ['subscriptionFilters'], ({ subscriptionFilters }, { prefix }) => {
    const others = subscriptionFilters.filter(({ filterName }) => filterName !== prefix);
    const held = others.map(({ filterName, destinationArn }) => `${filterName ?? '?'} (to ${destinationArn ?? '?'})`);
    return others.length < SUBSCRIPTION_SLOTS
      ? well(
          `${others.length} of the log group's ${SUBSCRIPTION_SLOTS} subscriptions are held by others${held.length > 0 ? `: ${held.join(', ')}` : ''}`,
        )
      : wrong(
          `both of the log group's subscriptions are held by others: ${held.join(', ')}`,
          'free one: aws logs delete-subscription-filter, or let those two read from one stream',
        );
  }),
  check(
    'no-subscription',
    'error',
    ['matcher', 'subscriptionFilters'],
    ({ matcher, subscriptionFilters }, { prefix }) => {
      if (matcher === undefined) return undefined;
      return ourFilter(subscriptionFilters, prefix) === undefined
        ? wrong(`the log group has no subscription ${prefix}: no record reaches the matcher`, 'deploy again')
        : well(`the log group has the subscription ${prefix}`);
    },
  ),
  check('subscription-elsewhere', 'error', ['matcher', 'subscriptionFilters'], (seen, { prefix }) => {
    const ours = ourFilter(seen.subscriptionFilters, prefix);
    if (seen.matcher === undefined || ours === undefined) return undefined;
    const { destinationArn } = ours;
    return destinationArn === seen.matcher.FunctionArn
      ? well('the subscription leads to the matcher')
      : wrong(
          `the subscription ${prefix} leads to ${destinationArn ?? 'nothing'}, which is not the matcher`,
          'deploy again',
        );
  }),
  check('subscription-pattern', 'error', ['matcher', 'subscriptionFilters'], (seen, expected) => {
    const ours = ourFilter(seen.subscriptionFilters, expected.prefix);
    if (seen.matcher === undefined || ours === undefined) return undefined;
    const kept = keptAway(ours.filterPattern ?? '', expected);
    return kept.length === 0
      ? well("the subscription's pattern lets through what the rules match")
      : wrong(
          `the subscription's pattern keeps away what these rules match: ${firstOf(kept)}`,
          'the rules have changed since the last deploy, or somebody changed the pattern: deploy again',
        );
  }),
  check('matcher-not-allowed', 'error', ['matcher', 'matcherPolicy'], ({ matcher, matcherPolicy }, expected) => {
    if (matcher === undefined) return undefined;
    const { partition, region, accountId, stage } = expected;
    const isAllowed = [`logs.amazonaws.com`, `logs.${region}.amazonaws.com`].some((principal) =>
      policyAllows(matcherPolicy ?? '', {
        principal,
        action: 'lambda:InvokeFunction',
        sourceArn: `arn:${partition}:logs:${region}:${accountId}:log-group:${stage.logGroupName}:*`,
        sourceAccount: accountId,
      }),
    );
    return isAllowed
      ? well('CloudWatch Logs may invoke the matcher')
      : wrong(
          'CloudWatch Logs may not invoke the matcher for this log group: it skips what it cannot deliver',
          'deploy again',
        );
  }),
];

function ourFilter(filters: readonly SubscriptionFilterSeen[], prefix: string): SubscriptionFilterSeen | undefined {
  return filters.find(({ filterName }) => filterName === prefix);
}

/** The rules of whose examples the pattern keeps one away. A pattern that cannot be read keeps everything away. */
function keptAway(pattern: string, { rules, stage }: Expected): readonly string[] {
  const looked = rules.filter(({ name }) => stage.heartbeat || name !== HEARTBEAT_NAME);
  try {
    const compiled = compilePattern(parsePattern(pattern));
    return looked
      .filter(({ matches }) => !matches.every((message) => compiled.matches(message)))
      .map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    return looked.map(({ name }) => name);
  }
}

/** As many as a line has room for. */
function firstOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
