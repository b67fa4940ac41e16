import { check, well, wrong, type Check } from './check.ts';
import type { FunctionSeen, Seen } from './seen.ts';

/** What Lambda keeps of an account's concurrency for functions that reserve none. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const KEPT_UNRESERVED = 100;

/** A matcher without a reserve shares this much with everything else in the account. */
const SMALL_QUOTA = 50;

/** What stacks/ deploys. */
const RUNTIME = 'nodejs24.x';

/** The matcher, the reconciler, and what calls them. */
export const FUNCTION_CHECKS: readonly Check[] = [
  check('not-deployed', 'warning', ['matcher'], ({ matcher }, { prefix, stage, accountId, region }) =>
    matcher === undefined
      ? wrong(
          `${prefix} is not deployed to ${accountId} in ${region}: what belongs to it was not looked at`,
          `npx sst deploy --stage ${stage.name}; if it is deployed, name the right --stage, credentials and region`,
        )
      : well(`${prefix} is deployed to ${accountId} in ${region}`),
  ),
  check('no-reconciler', 'error', ['matcher', 'reconciler'], ({ matcher, reconciler }) => {
    if (matcher === undefined) return undefined;
    return reconciler === undefined
      ? wrong('there is a matcher and no reconciler: incidents stay open', 'deploy again')
      : well('there is a reconciler');
  }),
  check('function-inactive', 'error', ['matcher', 'reconciler'], (seen) =>
    ofBoth(
      seen,
      ({ State }) => State === undefined || State === 'Active',
      'both functions are active',
      ({ State, StateReason }) => `is ${State ?? '?'}${StateReason === undefined ? '' : ` (${StateReason})`}`,
      'deploy again; Lambda gives the reason',
    ),
  ),
  check('function-update-failed', 'error', ['matcher', 'reconciler'], (seen) =>
    ofBoth(
      seen,
      ({ LastUpdateStatus }) => LastUpdateStatus === undefined || LastUpdateStatus === 'Successful',
      'the last update of both functions was successful',
      ({ LastUpdateStatus, LastUpdateStatusReason: reason }) =>
        `has an update that is ${LastUpdateStatus ?? '?'}${reason === undefined ? '' : ` (${reason})`}`,
      'an update in progress ends within minutes; after one that failed, deploy again',
    ),
  ),
  check('function-runtime', 'error', ['matcher', 'reconciler'], (seen) =>
    ofBoth(
      seen,
      ({ Runtime }) => Runtime === RUNTIME,
      `both functions run on ${RUNTIME}`,
      ({ Runtime = '?' }) =>
        Runtime.startsWith('provided')
          ? 'runs live, on the laptop of whoever started `sst dev`: when that is off, records are lost'
          : `runs on ${Runtime}`,
      'deploy this stage: npx sst deploy',
    ),
  ),
  check('other-log-group', 'error', ['matcher'], ({ matcher }, { stage }) => {
    const deployed = matcher?.Environment?.Variables?.TRAILBELL_LOG_GROUP;
    if (deployed === undefined) return undefined;
    return deployed === stage.logGroupName
      ? well(`the deployment reads ${deployed}, as trailbell.config.ts says`)
      : wrong(
          `the deployment reads ${deployed}, and trailbell.config.ts says ${stage.logGroupName}`,
          'deploy again, or look at the commit that is deployed',
        );
  }),
  check('concurrency-zero', 'error', ['matcher', 'matcherConcurrency', 'reconcilerConcurrency'], (seen) => {
    const { matcher, matcherConcurrency, reconcilerConcurrency } = seen;
    if (matcher === undefined) return undefined;
    const stopped = [
      ...(matcherConcurrency === 0 ? ['matcher'] : []),
      ...(reconcilerConcurrency === 0 ? ['reconciler'] : []),
    ];
    return stopped.length === 0
      ? well(
          `the matcher has ${matcherConcurrency === undefined ? 'no reserve' : `a reserve of ${matcherConcurrency}`}`,
        )
      : wrong(
          `a reserved concurrency of 0 stops the ${stopped.join(' and the ')}`,
          'aws lambda delete-function-concurrency, then deploy again; find out who called PutFunctionConcurrency',
        );
  }),
  check('concurrency-quota', 'error', ['matcher', 'accountLimit'], ({ matcher, accountLimit }, { stage }) => {
    const { ConcurrentExecutions: quota, UnreservedConcurrentExecutions: free } = accountLimit;
    if (quota === undefined || free === undefined) return undefined;
    const wanted = stage.reservedConcurrency === undefined ? 0 : stage.reservedConcurrency + 1;
    if (matcher === undefined && wanted > 0 && free - wanted < KEPT_UNRESERVED) {
      return wrong(
        `the account has ${free} concurrent executions to reserve from, of which Lambda keeps ${KEPT_UNRESERVED}: ${wanted} do not fit`,
        'set reservedConcurrency to less, or to false; or ask AWS for a higher quota',
      );
    }
    return well(`the account may have ${quota} concurrent executions, ${free} of them unreserved`);
  }),
  check('concurrency-shared', 'warning', ['matcher', 'matcherConcurrency', 'accountLimit'], (seen) => {
    const { matcher, matcherConcurrency, accountLimit } = seen;
    const { UnreservedConcurrentExecutions: free = Infinity } = accountLimit;
    if (matcher === undefined || matcherConcurrency !== undefined) return undefined;
    return free >= SMALL_QUOTA
      ? well('the matcher shares the concurrency of the account, and there is enough')
      : wrong(
          `the matcher shares ${free} concurrent executions with every other function of the account`,
          'ask AWS for a higher quota, then set reservedConcurrency',
        );
  }),
  check('function-errors', 'warning', ['matcher', 'metrics'], ({ matcher, metrics }) =>
    counted(matcher, metrics, 'Errors', 'error', 'see docs/runbook.md#matcher-errors'),
  ),
  check('function-throttles', 'warning', ['matcher', 'metrics'], ({ matcher, metrics }) =>
    counted(matcher, metrics, 'Throttles', 'throttled call', 'see docs/runbook.md#matcher-throttles'),
  ),
  check('schedule-off', 'error', ['reconciler', 'metrics'], ({ reconciler, metrics }, { prefix }) => {
    if (reconciler === undefined) return undefined;
    const { Invocations: times } = metrics.reconciler;
    return times > 0
      ? well(`the reconciler was invoked ${times} times within the last quarter of an hour`)
      : wrong(
          'nothing has invoked the reconciler for a quarter of an hour: incidents stay open',
          `enable the schedule ${prefix}-everyminute in EventBridge Scheduler, or deploy again; right after a deploy, wait`,
        );
  }),
  check('no-on-failure', 'error', ['matcher', 'onFailure'], ({ matcher, onFailure }) => {
    if (matcher === undefined) return undefined;
    return onFailure?.includes(':sqs:') === true
      ? well('what the matcher fails at goes to a queue')
      : wrong('what the matcher fails at three times is lost: it has no on-failure queue', 'deploy again');
  }),
  check('retries-off', 'error', ['matcher', 'eventSourceMappings', 'onFailure'], (seen) => {
    const { matcher, eventSourceMappings: mappings, onFailure } = seen;
    if (matcher === undefined || onFailure === undefined) return undefined;
    const off = mappings.filter(({ State }) => State !== 'Enabled' && State !== 'Enabling' && State !== 'Updating');
    if (!mappings.some(({ EventSourceArn }) => EventSourceArn === onFailure)) {
      return wrong('failed batches stay in their queue: it does not feed the matcher', 'deploy again');
    }
    return off.length === 0
      ? well('failed batches come back to the matcher')
      : wrong(
          `failed batches stay in ${off.map(({ EventSourceArn, State }) => `${EventSourceArn ?? '?'} (${State ?? '?'})`).join(', ')}`,
          'enable the event source mapping again, or deploy; in live mode they wait on purpose',
        );
  }),
];

function ofBoth(
  { matcher, reconciler }: Pick<Seen, 'matcher' | 'reconciler'>,
  isWell: (each: FunctionSeen) => boolean,
  allWell: string,
  trouble: (each: FunctionSeen) => string,
  cure: string,
) {
  const deployed = [matcher, reconciler].filter((each) => each !== undefined);
  if (deployed.length === 0) return undefined;
  const bad = deployed.filter((each) => !isWell(each));
  return bad.length === 0
    ? well(allWell)
    : wrong(bad.map((each) => `${each.FunctionName ?? 'a function'} ${trouble(each)}`).join('; '), cure);
}

function counted(
  matcher: FunctionSeen | undefined,
  metrics: Seen['metrics'],
  metric: 'Errors' | 'Throttles',
  noun: string,
  cure: string,
) {
  if (matcher === undefined) return undefined;
  const [ofMatcher, ofReconciler] = [metrics.matcher[metric], metrics.reconciler[metric]];
  return ofMatcher + ofReconciler === 0
    ? well(`no ${noun} of the functions within the last hour`)
    : wrong(`within the last hour: ${ofMatcher} ${noun}s of the matcher, ${ofReconciler} of the reconciler`, cure);
}
