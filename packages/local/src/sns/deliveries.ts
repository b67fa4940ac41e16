import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import type { Delivery } from './delivery.ts';
import { retryDelaysMs } from './delivery-policy.ts';
import type { DeliveryAttempt, Faults } from './faults.ts';
import { ENDPOINT_TIMEOUT_MS, post, type PostOptions, type PostOutcome, type PostResult } from './http-post.ts';

/** A notification that SNS gave up, as it lies in the subscription's dead-letter queue. */
export interface DeadLetter {
  readonly queueArn: string;
  readonly subscriptionArn: string;
  readonly messageId: string;
  readonly atMs: number;
  /** What the endpoint would have got. */
  readonly body: string;
  readonly attributes: { readonly RequestID: string; readonly ErrorCode: string; readonly ErrorMessage: string };
}

/** What became of an attempt, for whoever watches. `attempt` counts from 1. */
export type DeliveryEvent = {
  readonly atMs: number;
  readonly attempt: DeliveryAttempt;
} & (
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retrying'; readonly reason: string; readonly inMs: number }
  | { readonly kind: 'dead-lettered'; readonly reason: string; readonly queueArn: string }
  | { readonly kind: 'dropped'; readonly reason: string }
);

export interface DeliveriesOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly isActive: (subscriptionArn: string) => boolean;
  readonly observe: (event: DeliveryEvent) => void;
  readonly post: PostOptions;
}

/**
 * Brings notifications to their subscribers, each on its own: one that waits for its retry holds up no other. Requests to one
 * endpoint take turns, in the order of their publishing, so that a replay is the same each time; SNS itself promises no order.
 */
export class Deliveries {
  readonly #options: DeliveriesOptions;
  readonly #deadLetters: DeadLetter[] = [];
  readonly #lastExchange = new Map<string, Promise<unknown>>();
  #isStopped = false;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
  }

  start(delivery: Delivery): void {
    const copies = this.#options.faults.isDoubled(toAttempt(delivery, 1)) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) this.#options.clock.run(() => this.#deliver(delivery));
  }

  deadLetters(queueArn: string): readonly DeadLetter[] {
    return this.#deadLetters.filter((letter) => letter.queueArn === queueArn);
  }

  /** What still waits for a retry is forgotten. */
  stop(): void {
    this.#isStopped = true;
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { clock, faults, isActive, observe } = this.#options;
    const { deliveryPolicy, deadLetterQueueArn } = delivery.subscription.attributes;
    const delaysMs = retryDelaysMs(deliveryPolicy.healthyRetryPolicy);
    for (let tried = 0; ; tried++) {
      const attempt = toAttempt(delivery, tried + 1);
      await this.#sleep(faults.holdMs(attempt));
      if (this.#isStopped || !isActive(delivery.subscription.arn)) return;
      const { outcome, durationMs } = await this.#attempt(delivery, attempt);
      await this.#sleep(durationMs);
      const failure = failureOf(outcome);
      if (failure === undefined) {
        observe({ kind: 'delivered', atMs: clock.nowMs(), attempt });
        return;
      }
      const { reason } = failure;
      const inMs = failure.isRetryable ? delaysMs[tried] : undefined;
      if (inMs === undefined) {
        this.#giveUp(delivery, attempt, deadLetterQueueArn, reason);
        return;
      }
      observe({ kind: 'retrying', atMs: clock.nowMs(), attempt, reason, inMs });
      await this.#sleep(inMs);
    }
  }

  async #attempt(delivery: Delivery, attempt: DeliveryAttempt): Promise<PostResult> {
    const fault = this.#options.faults.deliveryFault(attempt);
    if (fault !== undefined) {
      switch (fault.kind) {
        case 'status':
          return { outcome: { kind: 'answered', status: fault.status }, durationMs: 0 };
        case 'timed-out':
          return { outcome: fault, durationMs: ENDPOINT_TIMEOUT_MS };
        case 'unreachable':
          return { outcome: { kind: 'unreachable', reason: 'connection refused' }, durationMs: 0 };
      }
    }
    const { endpoint } = delivery.subscription;
    const previous = this.#lastExchange.get(endpoint) ?? Promise.resolve();
    const exchange = previous.then(() => post(endpoint, delivery.headers, delivery.body, this.#options.post));
    this.#lastExchange.set(endpoint, exchange);
    return exchange;
  }

  #giveUp(delivery: Delivery, attempt: DeliveryAttempt, queueArn: string | undefined, reason: string): void {
    const { clock, observe } = this.#options;
    const atMs = clock.nowMs();
    if (queueArn === undefined) {
      observe({ kind: 'dropped', atMs, attempt, reason });
      return;
    }
    this.#deadLetters.push({
      queueArn,
      subscriptionArn: delivery.subscription.arn,
      messageId: delivery.messageId,
      atMs,
      body: delivery.body,
      attributes: { RequestID: randomUUID(), ErrorCode: 'DeliveryFailed', ErrorMessage: reason },
    });
    observe({ kind: 'dead-lettered', atMs, attempt, reason, queueArn });
  }

  async #sleep(durationMs: number): Promise<void> {
    if (durationMs > 0) await this.#options.clock.sleep(durationMs);
  }
}

function toAttempt(delivery: Delivery, attempt: number): DeliveryAttempt {
  const { subscription, messageId, subject, message } = delivery;
  const { topicArn, arn: subscriptionArn, endpoint } = subscription;
  return { topicArn, subscriptionArn, endpoint, messageId, subject, message, attempt };
}

/**
 * Server-side errors, throttling, timeouts and lost connections are retried; other answers outside 2xx are the endpoint's
 * last word. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
function failureOf(outcome: PostOutcome): { readonly isRetryable: boolean; readonly reason: string } | undefined {
  switch (outcome.kind) {
    case 'answered': {
      const { status } = outcome;
      if (status >= 200 && status < 300) return undefined;
      return { isRetryable: status < 200 || status >= 500 || status === 429, reason: `HTTP ${status}` };
    }
    case 'timed-out':
      return { isRetryable: true, reason: 'timed out' };
    case 'unreachable':
      return { isRetryable: true, reason: `unreachable: ${outcome.reason}` };
  }
}
