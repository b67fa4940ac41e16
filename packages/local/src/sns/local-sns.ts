import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Agent } from 'node:https';
import type { Clock } from '../clock/clock.ts';
import { type DeadLetter, Deliveries, type DeliveryEvent } from './deliveries.ts';
import { confirmation, notification } from './delivery.ts';
import { Faults } from './faults.ts';
import { passesFilter } from './filter-match.ts';
import { listenOnLoopback, stopServer } from './loopback.ts';
import type { Accept } from './publish.ts';
import { answerRequest } from './request.ts';
import { startSigningCertificate } from './signing-certificate.ts';
import { Subscriptions } from './subscriptions.ts';
import { Topics } from './topics.ts';

export interface LocalSnsOptions {
  readonly clock: Clock;
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** Real time after which an endpoint that doesn't answer has timed out; 10,000 by default. */
  readonly patienceMs?: number;
  /** For deliveries over HTTPS to endpoints whose certificate this machine doesn't trust by itself. */
  readonly httpsAgent?: Agent;
}

/** SNS on this machine: publishers reach it with the AWS SDK at `endpoint`, subscribers get signed HTTP(S) deliveries. */
export interface LocalSns {
  readonly endpoint: string;
  /** For requests to the SigningCertURL of what is delivered; they reach no other host. */
  readonly certificateAgent: Agent;
  readonly faults: Faults;
  /** Watches what becomes of each attempt to deliver. Returns the function that ends the watch. */
  onDelivery(listener: (event: DeliveryEvent) => void): () => void;
  /** What SNS gave up and put into this queue, oldest first. */
  deadLetters(queueArn: string): readonly DeadLetter[];
  /** What SNS gave up for want of a dead-letter queue, oldest first. */
  dropped(): readonly DeliveryEvent[];
  /** How many notifications a filter policy kept from a subscriber. */
  filteredOutCount(): number;
  stop(): Promise<void>;
}

/**
 * Starts the SNS of one account and region on a port of 127.0.0.1: standard topics, HTTP and HTTPS subscriptions. Not part of
 * it: FIFO topics, other protocols, throttled delivery, access policies, encryption, UnsubscribeConfirmation.
 */
export async function startSns({
  clock,
  region,
  accountId,
  patienceMs = 10_000,
  httpsAgent,
}: LocalSnsOptions): Promise<LocalSns> {
  const certificate = await startSigningCertificate(region);
  const server = createServer();
  // A Lambda process stands still between invocations and cannot see that an idle connection was closed.
  server.keepAliveTimeout = 0;
  const sender = { endpoint: `http://127.0.0.1:${await listenOnLoopback(server)}`, certificate };
  const faults = new Faults();
  const listeners = new Set<(event: DeliveryEvent) => void>();
  const dropped: DeliveryEvent[] = [];
  let filteredOutCount = 0;

  const topics = new Topics(region, accountId);
  const subscriptions = new Subscriptions(clock, topics, (subscription, topic) => {
    const occasion = { topic, subscription, messageId: randomUUID(), atMs: clock.nowMs() };
    deliveries.start(confirmation(sender, occasion));
  });
  const deliveries = new Deliveries({
    clock,
    faults,
    post: { patienceMs, httpsAgent },
    isActive: (arn) => subscriptions.isActive(arn),
    observe: (event) => {
      if (event.kind === 'dropped') dropped.push(event);
      for (const listener of listeners) listener(event);
    },
  });
  const accept: Accept = (topic, publication, messageId) => {
    for (const subscription of subscriptions.confirmedOf(topic.arn)) {
      const { filterPolicy, filterPolicyScope } = subscription.attributes;
      const message = { body: publication.messageFor(subscription.protocol), attributes: publication.attributes };
      if (filterPolicy !== undefined && !passesFilter(filterPolicy, filterPolicyScope, message)) filteredOutCount += 1;
      else deliveries.start(notification(sender, { topic, subscription, messageId, atMs: clock.nowMs() }, publication));
    }
  };
  server.on('request', (request, response) => {
    clock.run(() => answerRequest(request, response, faults, { topics, subscriptions, accept }));
  });
  return {
    endpoint: sender.endpoint,
    certificateAgent: certificate.agent,
    faults,
    onDelivery: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deadLetters: (queueArn) => deliveries.deadLetters(queueArn),
    dropped: () => dropped,
    filteredOutCount: () => filteredOutCount,
    stop: async () => {
      deliveries.stop();
      await Promise.all([stopServer(server), certificate.stop()]);
    },
  };
}
