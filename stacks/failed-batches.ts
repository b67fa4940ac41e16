import { FAILED_BATCH_RETRIES } from '@trailbell/core/config';
import type { Deployment } from './deployment.ts';
import { LONGEST_RETENTION_SECONDS, allowTopic, createQueue } from './queue.ts';

/** Where the batches go that Lambda gave up: one queue after the other, each with more time between the attempts. */
export interface FailedBatches {
  /** The matcher's on-failure destination first. */
  readonly queues: readonly sst.aws.Queue[];
  /** What was tried in vain for six hours. */
  readonly givenUp: sst.aws.Queue;
}

export function createFailedBatches(deployment: Deployment): FailedBatches {
  const givenUp = createQueue('GivenUpBatches', { retentionSeconds: LONGEST_RETENTION_SECONDS });
  const queues: sst.aws.Queue[] = [];
  let deadLetters = givenUp;
  for (const [index, { everyMs, times }] of [...FAILED_BATCH_RETRIES.entries()].reverse()) {
    const name = index === 0 ? 'FailedBatches' : `FailedBatches${index + 1}`;
    const seconds = everyMs / 1000;
    deadLetters = createQueue(name, {
      retentionSeconds: LONGEST_RETENTION_SECONDS,
      delaySeconds: index === 0 ? seconds : 0,
      visibilityTimeoutSeconds: seconds,
      giveUpAfter: { times, deadLetters },
    });
    queues.unshift(deadLetters);
    allowTopic(`${name}Policy`, deadLetters, deployment, undefined);
  }
  allowTopic('GivenUpBatchesPolicy', givenUp, deployment, undefined);
  return { queues, givenUp };
}

/**
 * Feeds the batches to the matcher again, one at a time so that a batch that cannot be handled is in no other's way. In live mode
 * they wait: a laptop that is off would take them and answer that all is well.
 */
export function retryFailedBatches({ queues }: FailedBatches, matcher: sst.aws.Function): void {
  for (const [index, queue] of queues.entries()) {
    new aws.lambda.EventSourceMapping(`RetryFailedBatches${index === 0 ? '' : index + 1}`, {
      eventSourceArn: queue.arn,
      functionName: matcher.name,
      enabled: !$dev,
      batchSize: 1,
      functionResponseTypes: ['ReportBatchItemFailures'],
      // Fewer are not allowed, and more would take the concurrency that new batches need.
      scalingConfig: { maximumConcurrency: 2 },
    });
  }
}
