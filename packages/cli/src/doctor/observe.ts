import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import {
  selfAlarmNames,
  type AttributesSeen,
  type EventSourceMappingSeen,
  type Expected,
  type FunctionSeen,
  type KeySeen,
  type Look,
  type Observed,
  type QueueSeen,
} from '@trailbell/core/doctor';
import { HEARTBEAT_NAME } from '@trailbell/core/heartbeat';
import type { AwsClients } from '../deployed/aws-clients.ts';
import { SKIPPED, follow, followIfThere, look, map, seen, together } from './look.ts';
import { functionMetrics, heartbeats, incomingLogEvents } from './metrics.ts';

/**
 * Reads everything that there is to be judged. The names of a deployment's resources come from its matcher, which is found by its
 * own name, and from what leads on from there.
 */
export async function observe(aws: AwsClients, expected: Expected): Promise<Observed> {
  const [trail, functions, own] = await Promise.all([
    observeTrail(aws, expected),
    observeFunctions(aws, expected),
    observeLogGroup(aws, expected),
  ]);
  const { matcher, eventSourceMappings, onFailure } = functions;
  const variables = map(matcher, (each) => each?.Environment?.Variables);
  const [topic, table, queues, selfAlarms] = await Promise.all([
    observeTopic(
      aws,
      map(variables, (each) => each?.TRAILBELL_TOPIC_ARN),
      expected,
    ),
    observeTable(
      aws,
      map(variables, (each) => each?.TRAILBELL_ALARM_TABLE),
    ),
    observeFailedBatches(aws, eventSourceMappings, onFailure),
    followIfThere(matcher, async () => {
      const names = selfAlarmNames(expected.stage, expected.prefix);
      return map(await look(aws, 'cloudwatch:DescribeAlarms', names), (answer) => answer?.MetricAlarms ?? []);
    }),
  ]);
  const goneQueues = goneOf([
    queues.failedBatches,
    map(queues.givenUpBatches, (each) => [each]),
    map(topic.undelivered, (each) => [each]),
  ]);
  return { ...trail, ...functions, ...own, ...topic, ...table, ...queues, goneQueues, selfAlarms };
}

async function observeTrail(aws: AwsClients, { stage, partition, region, accountId }: Expected) {
  const groupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${stage.logGroupName}:`;
  const trails = map(await look(aws, 'cloudtrail:DescribeTrails'), (answer) =>
    (answer?.trailList ?? []).filter(({ CloudWatchLogsLogGroupArn: arn = '' }) => arn.startsWith(groupArn)),
  );
  const first = map(trails, ([trail]) => trail?.TrailARN);
  const [trailStatus, eventSelectors] = await Promise.all([
    followIfThere(first, async (arn) =>
      map(await look(aws, 'cloudtrail:GetTrailStatus', arn), (answer) => answer ?? {}),
    ),
    followIfThere(first, async (arn) =>
      map(await look(aws, 'cloudtrail:GetEventSelectors', arn), (answer) => answer ?? {}),
    ),
  ]);
  return { trails, trailStatus, eventSelectors };
}

async function observeLogGroup(aws: AwsClients, expected: Expected) {
  const { logGroupName } = expected.stage;
  const logGroup = map(await look(aws, 'logs:DescribeLogGroups', logGroupName), (answer) =>
    answer?.logGroups?.find((group) => group.logGroupName === logGroupName),
  );
  const [logGroupKey, subscriptionFilters, incoming] = await Promise.all([
    followIfThere(logGroup, ({ kmsKeyId }) =>
      kmsKeyId === undefined ? Promise.resolve(seen(undefined)) : keyState(aws, kmsKeyId),
    ),
    followIfThere(logGroup, async () =>
      map(
        await look(aws, 'logs:DescribeSubscriptionFilters', logGroupName),
        (answer) => answer?.subscriptionFilters ?? [],
      ),
    ),
    followIfThere(logGroup, () => incomingLogEvents(aws, logGroupName, expected.nowMs)),
  ]);
  return { logGroup, logGroupKey, subscriptionFilters, incomingLogEvents: incoming };
}

async function observeFunctions(aws: AwsClients, { prefix, nowMs }: Expected) {
  const [matcherName, reconcilerName] = [`${prefix}-matcher`, `${prefix}-reconciler`];
  const [matcher, reconciler, accountLimit] = await Promise.all([
    look(aws, 'lambda:GetFunctionConfiguration', matcherName).then(asFunction),
    look(aws, 'lambda:GetFunctionConfiguration', reconcilerName).then(asFunction),
    look(aws, 'lambda:GetAccountSettings'),
  ]);
  const concurrencyOf = (name: string) => async () =>
    map(await look(aws, 'lambda:GetFunctionConcurrency', name), (answer) => answer?.ReservedConcurrentExecutions);
  const [matcherConcurrency, reconcilerConcurrency, matcherPolicy, onFailure, eventSourceMappings, metrics] =
    await Promise.all([
      followIfThere(matcher, concurrencyOf(matcherName)),
      followIfThere(reconciler, concurrencyOf(reconcilerName)),
      followIfThere(matcher, async () =>
        map(await look(aws, 'lambda:GetPolicy', matcherName), (answer) => answer?.Policy),
      ),
      followIfThere(matcher, async () =>
        map(
          await look(aws, 'lambda:GetFunctionEventInvokeConfig', matcherName),
          (answer) => answer?.DestinationConfig?.OnFailure?.Destination,
        ),
      ),
      followIfThere(matcher, async () =>
        map(
          await look(aws, 'lambda:ListEventSourceMappings', matcherName),
          (answer): readonly EventSourceMappingSeen[] => answer?.EventSourceMappings ?? [],
        ),
      ),
      followIfThere(matcher, () => functionMetrics(aws, { matcher: matcherName, reconciler: reconcilerName }, nowMs)),
    ]);
  return {
    matcher,
    reconciler,
    accountLimit: map(accountLimit, (answer) => answer?.AccountLimit ?? {}),
    matcherConcurrency,
    reconcilerConcurrency,
    matcherPolicy,
    onFailure,
    eventSourceMappings,
    metrics,
  };
}

function asFunction(answer: Look<FunctionConfiguration | undefined>): Look<FunctionSeen | undefined> {
  return answer;
}

async function observeTopic(aws: AwsClients, arn: Look<string | undefined>, { nowMs }: Expected) {
  const topic = await followIfThere(arn, async (topicArn) =>
    map(await look(aws, 'sns:GetTopicAttributes', topicArn), (answer) => answer?.Attributes),
  );
  const [topicKey, subscriptions] = await Promise.all([
    followIfThere(topic, ({ KmsMasterKeyId: id = '' }) =>
      id === '' ? Promise.resolve(seen(undefined)) : keyWithPolicy(aws, id),
    ),
    followIfThere(topic, ({ TopicArn = '' }) => observeSubscriptions(aws, TopicArn)),
  ]);
  const undelivered = await follow(subscriptions, (all) => {
    const arnOf = all.map(({ RedrivePolicy }) => deadLetterArn(RedrivePolicy)).find((each) => each !== undefined);
    return arnOf === undefined ? Promise.resolve(SKIPPED) : queue(aws, arnOf);
  });
  const beats = await follow(subscriptions, (all) => {
    const heard = all.find(
      ({ Protocol, FilterPolicy = '' }) => Protocol === 'sqs' && FilterPolicy.includes(HEARTBEAT_NAME),
    );
    return heard?.Endpoint === undefined ? Promise.resolve(seen(0)) : heartbeats(aws, nameOf(heard.Endpoint), nowMs);
  });
  return { topic, topicKey, subscriptions, undelivered, heartbeats: beats };
}

async function observeSubscriptions(aws: AwsClients, topicArn: string): Promise<Look<readonly AttributesSeen[]>> {
  const listed = await look(aws, 'sns:ListSubscriptionsByTopic', topicArn);
  if (listed.kind !== 'seen') return listed;
  return together(await Promise.all((listed.value ?? []).map((each) => subscription(aws, each))));
}

/** One that is not confirmed has no ARN by which more could be asked. */
async function subscription(
  aws: AwsClients,
  listed: {
    readonly SubscriptionArn?: string | undefined;
    readonly Protocol?: string | undefined;
    readonly Endpoint?: string | undefined;
  },
): Promise<Look<AttributesSeen>> {
  const { SubscriptionArn = '', Protocol = '', Endpoint = '' } = listed;
  const known = { SubscriptionArn, Protocol, Endpoint };
  if (!SubscriptionArn.startsWith('arn:')) return seen({ ...known, PendingConfirmation: 'true' });
  const attributes = await look(aws, 'sns:GetSubscriptionAttributes', SubscriptionArn);
  return map(attributes, (answer) => ({ ...known, ...answer?.Attributes }));
}

async function observeTable(aws: AwsClients, name: Look<string | undefined>) {
  const [table, pointInTimeRecovery, timeToLive] = await Promise.all([
    followIfThere(name, async (table) =>
      map(await look(aws, 'dynamodb:DescribeTable', table), (answer) => answer?.Table),
    ),
    followIfThere(name, async (table) =>
      map(
        await look(aws, 'dynamodb:DescribeContinuousBackups', table),
        (answer): string | undefined =>
          answer?.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus,
      ),
    ),
    followIfThere(name, async (table) =>
      map(await look(aws, 'dynamodb:DescribeTimeToLive', table), (answer) => answer?.TimeToLiveDescription ?? {}),
    ),
  ]);
  return { table, pointInTimeRecovery, timeToLive };
}

/** The queues that feed the matcher, and, at the end of their dead letters, the one that feeds nothing. */
async function observeFailedBatches(
  aws: AwsClients,
  mappings: Look<readonly EventSourceMappingSeen[]>,
  onFailure: Look<string | undefined>,
) {
  const arns = map(mappings, (all) => {
    const fed = [onFailure.kind === 'seen' ? onFailure.value : undefined, ...all.map((each) => each.EventSourceArn)];
    return [...new Set(fed.filter((arn) => arn !== undefined).filter((arn) => arn.includes(':sqs:')))];
  });
  const failedBatches = await follow(arns, async (all) =>
    together(await Promise.all(all.map((arn) => queueWithDeadLetters(aws, arn)))),
  );
  const givenUpBatches = await follow(failedBatches, (queues) => {
    const fed = arns.kind === 'seen' ? arns.value : [];
    const last = queues.map(({ deadLetters }) => deadLetters).find((arn) => arn !== undefined && !fed.includes(arn));
    return last === undefined ? Promise.resolve(SKIPPED) : queue(aws, last);
  });
  return { failedBatches, givenUpBatches };
}

interface QueueAndDeadLetters extends QueueSeen {
  readonly deadLetters: string | undefined;
}

async function queue(aws: AwsClients, arn: string): Promise<Look<QueueSeen>> {
  return queueWithDeadLetters(aws, arn);
}

async function queueWithDeadLetters(aws: AwsClients, arn: string): Promise<Look<QueueAndDeadLetters>> {
  const name = nameOf(arn);
  const url = await look(aws, 'sqs:GetQueueUrl', name);
  if (url.kind !== 'seen') return url;
  const gone = { name, messages: 0, isGone: true, deadLetters: undefined };
  if (url.value === undefined) return seen(gone);
  const looked = await look(aws, 'sqs:GetQueueAttributes', url.value.QueueUrl);
  return map(looked, (answer) => {
    if (answer === undefined) return gone;
    const attributes: Readonly<Record<string, string>> = answer.Attributes ?? {};
    const of = (state: string) => Number(attributes[`ApproximateNumberOfMessages${state}`] ?? 0);
    return {
      name,
      isGone: false,
      messages: of('') + of('NotVisible') + of('Delayed'),
      policy: attributes.Policy,
      deadLetters: deadLetterArn(attributes.RedrivePolicy),
    };
  });
}

/** The names of the queues that are gone, of those that could be looked for. */
function goneOf(looks: readonly Look<readonly QueueSeen[]>[]): Look<readonly string[]> {
  const looked = looks.filter(({ kind }) => kind !== 'skipped');
  if (looked.length === 0) return SKIPPED;
  return map(together(looked), (queues) =>
    queues
      .flat()
      .filter(({ isGone }) => isGone)
      .map(({ name }) => name),
  );
}

async function keyState(aws: AwsClients, id: string): Promise<Look<Pick<KeySeen, 'KeyState'> | 'missing'>> {
  return map(await look(aws, 'kms:DescribeKey', id), (answer) => answer?.KeyMetadata ?? 'missing');
}

async function keyWithPolicy(aws: AwsClients, id: string): Promise<Look<KeySeen | 'missing'>> {
  const key = map(await look(aws, 'kms:DescribeKey', id), (answer) => answer?.KeyMetadata);
  if (key.kind !== 'seen') return key;
  const { value: metadata } = key;
  if (metadata === undefined) return seen('missing');
  const policy = await look(aws, 'kms:GetKeyPolicy', metadata.KeyId ?? id);
  return map(policy, (answer) => ({ ...metadata, policy: answer?.Policy ?? '' }));
}

function deadLetterArn(redrivePolicy: string | undefined): string | undefined {
  return /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(redrivePolicy ?? '')?.[1];
}

function nameOf(arn: string): string {
  return arn.split(':').at(-1) ?? '';
}
