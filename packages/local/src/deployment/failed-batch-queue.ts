import { randomUUID } from 'node:crypto';
import { FAILED_BATCH_RETRIES } from '@trailbell/core/config';
import { fieldOf } from '@trailbell/core/json';
import type { Clock } from '../clock/clock.ts';
import type { InvocationRecord, LocalLambda } from '../lambda/index.ts';

/**
 * The on-failure destination of the matcher: queues that are event sources of the same function, so that what Lambda gave up is
 * tried again until it works, or for six hours.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class FailedBatchQueue {
  readonly #clock: Clock;
  readonly #lambda: LocalLambda;
  readonly #functionName: string;
  readonly #deadLetters: InvocationRecord[] = [];
  #received = 0;

  constructor(clock: Clock, lambda: LocalLambda, functionName: string) {
    this.#clock = clock;
    this.#lambda = lambda;
    this.#functionName = functionName;
  }

  /** What was tried in vain, oldest first. */
  get deadLetters(): readonly InvocationRecord[] {
    return this.#deadLetters;
  }

  /** How many batches came in. */
  get received(): number {
    return this.#received;
  }

  send(record: InvocationRecord): void {
    this.#received += 1;
    this.#clock.run(async () => {
      const message = { messageId: randomUUID(), eventSource: 'aws:sqs', body: JSON.stringify(record) };
      for (const { everyMs, times } of FAILED_BATCH_RETRIES) {
        for (let receiveCount = 1; receiveCount <= times; receiveCount++) {
          await this.#clock.sleep(everyMs);
          const attributes = { ApproximateReceiveCount: String(receiveCount) };
          const result = await this.#lambda.invoke(this.#functionName, { Records: [{ ...message, attributes }] });
          if (result.kind === 'succeeded' && !hasFailures(result.payload)) return;
        }
      }
      this.#deadLetters.push(record);
    });
  }
}

function hasFailures(response: unknown): boolean {
  const failures = fieldOf(response, 'batchItemFailures');
  return Array.isArray(failures) && failures.length > 0;
}
