import { check, well, wrong, type Check } from './check.ts';
import { policyAllows } from './resource-policy.ts';

const REDRIVE = (stage: string) => `when its cause is gone: npx trailbell redrive --stage ${stage}`;

/** What was not handled, and what was not delivered. */
export const QUEUE_CHECKS: readonly Check[] = [
  check('queue-gone', 'error', ['goneQueues'], ({ goneQueues }) =>
    goneQueues.length === 0
      ? well('the queues are there')
      : wrong(`${goneQueues.join(' and ')} is gone: what would go there is lost`, 'deploy again'),
  ),
  check('failed-batches', 'warning', ['failedBatches'], ({ failedBatches }) => {
    const waiting = failedBatches.reduce((sum, { messages }) => sum + messages, 0);
    return waiting === 0
      ? well('no batch waits for another attempt')
      : wrong(
          `${waiting} failed batches wait for another attempt: their pages are late`,
          'nothing to do once the cause is gone: docs/runbook.md#failed-batches',
        );
  }),
  check('given-up-batches', 'error', ['givenUpBatches'], ({ givenUpBatches }, { stage }) => {
    const { name, messages, isGone } = givenUpBatches;
    if (isGone) return undefined;
    return messages === 0
      ? well('no batch was given up')
      : wrong(`${messages} batches were given up and lie in ${name}: their pages never came`, REDRIVE(stage.name));
  }),
  check('undelivered', 'error', ['undelivered'], ({ undelivered }, { stage }) => {
    const { name, messages, isGone } = undelivered;
    if (isGone) return undefined;
    return messages === 0
      ? well('every notification was delivered')
      : wrong(`${messages} notifications lie in ${name}: PagerDuty never got them`, REDRIVE(stage.name));
  }),
  check('undelivered-closed', 'error', ['topic', 'undelivered'], ({ topic, undelivered }, { accountId }) => {
    if (topic === undefined || undelivered.isGone) return undefined;
    const fromTopic = {
      ...{ principal: 'sns.amazonaws.com', action: 'sqs:SendMessage', sourceAccount: accountId },
      ...(topic.TopicArn !== undefined && { sourceArn: topic.TopicArn }),
    };
    return policyAllows(undelivered.policy ?? '', fromTopic)
      ? well(`SNS may put what it cannot deliver into ${undelivered.name}`)
      : wrong(`SNS may not put anything into ${undelivered.name}: what it cannot deliver is lost`, 'deploy again');
  }),
];
