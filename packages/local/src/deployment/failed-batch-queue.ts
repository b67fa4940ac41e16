import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import type { InvocationRecord, LocalLambda } from '../lambda/index.ts';

/** The queue's visibility timeout: how long it waits before it brings a batch to the function (again). */
export const VISIBILITY_TIMEOUT_MS = 5 * 60_000;

/** After six hours a batch is too late to be counted: the queue gives it to its dead-letter queue. */
export const MAX_RECEIVE_COUNT = 72;

/**
 * The on-failure destination of the matcher: a queue that is an event source of the same function, so that what Lambda gave up is
 * tried again until it works.
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
      for (let receiveCount = 1; receiveCount <= MAX_RECEIVE_COUNT; receiveCount++) {
        await this.#clock.sleep(VISIBILITY_TIMEOUT_MS);
        const attributes = { ApproximateReceiveCount: String(receiveCount) };
        const result = await this.#lambda.invoke(this.#functionName, { Records: [{ ...message, attributes }] });
        if (result.kind === 'succeeded' && !hasFailures(result.payload)) return;
      }
      this.#deadLetters.push(record);
    });
  }
}

function hasFailures(response: unknown): boolean {
  const failures = typeof response === 'object' && response !== null ? Object.entries(response) : [];
  return failures.some(([name, value]) => name === 'batchItemFailures' && Array.isArray(value) && value.length > 0);
}
