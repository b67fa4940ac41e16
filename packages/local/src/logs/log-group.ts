/** A CloudWatch Logs log group with one subscription filter. */
import type { LogEvent } from '@trailbell/core/logs';
import type { Clock } from '../clock/clock.ts';
import { logEventId } from './log-event-id.ts';
import { Subscription } from './subscription.ts';
import type { SubscriptionSettings } from './subscription.ts';

/** A log event of more bytes is refused. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
export const MAX_LOG_EVENT_BYTES = 1024 * 1024;

/**
 * CloudTrail sends no larger record to a log group.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
 */
export const MAX_CLOUDTRAIL_EVENT_BYTES = 256 * 1024;

/** A log event as it is put; timestamp (epoch milliseconds) and id are now and a new one where absent. */
export interface PutLogEvent {
  readonly message: string;
  readonly timestamp?: number;
  readonly id?: string;
}

/** What a log group is created with. */
export interface LogGroupSettings {
  readonly clock: Clock;
  readonly logGroupName: string;
  /** The account that owns the group; `owner` in what subscribers get. */
  readonly accountId?: string;
  /** 1 MB unless given; {@link MAX_CLOUDTRAIL_EVENT_BYTES} for a trail's group. */
  readonly maxEventBytes?: number;
}

/** Takes log events and passes them on; nothing is kept. */
export class LogGroup {
  #clock: Clock;
  #logGroupName: string;
  #accountId: string;
  #maxEventBytes: number;
  #subscription: Subscription | undefined;
  #sequence = 0;

  constructor({
    clock,
    logGroupName,
    accountId = '111122223333',
    maxEventBytes = MAX_LOG_EVENT_BYTES,
  }: LogGroupSettings) {
    this.#clock = clock;
    this.#logGroupName = logGroupName;
    this.#accountId = accountId;
    this.#maxEventBytes = maxEventBytes;
  }

  /** Subscribes a function, in place of any before, and probes it. What was put earlier is not sent. */
  subscribe(settings: SubscriptionSettings): Subscription {
    const source = { owner: this.#accountId, logGroup: this.#logGroupName };
    this.#subscription = new Subscription(this.#clock, source, settings);
    this.#subscription.probe();
    return this.#subscription;
  }

  /** Puts log events into a stream and returns them with their ids. Throws for one that is too large; then none is put. */
  putLogEvents(logStream: string, events: readonly PutLogEvent[]): readonly LogEvent[] {
    for (const { message } of events) {
      const bytes = Buffer.byteLength(message);
      if (bytes <= this.#maxEventBytes) continue;
      throw new Error(`InvalidParameterException: a log event of ${bytes} bytes, limit ${this.#maxEventBytes}`);
    }
    const logEvents = events.map(({ id, timestamp = this.#clock.nowMs(), message }) => {
      this.#sequence += 1;
      return { id: id ?? logEventId(timestamp, this.#sequence), timestamp, message };
    });
    for (const logEvent of logEvents) this.#subscription?.add(logStream, logEvent);
    return logEvents;
  }
}
