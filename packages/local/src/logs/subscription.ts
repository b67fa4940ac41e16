/** One subscription filter: gathers log events into batches and hands them to a Lambda function. */
import type { LogEvent } from '@trailbell/core/logs';
import { compilePattern, parsePattern, type CompiledPattern } from '@trailbell/core/pattern';
import type { Clock } from '../clock/clock.ts';
import { MAX_PAYLOAD_BYTES } from '../lambda/index.ts';
import type { LocalLambda } from '../lambda/index.ts';
import { seededRandom } from './seeded-random.ts';
import { controlMessage, dataMessage } from './subscription-payload.ts';
import type { SubscriptionBatch, SubscriptionPayload } from './subscription-payload.ts';

/** Where a subscription leads, and what happens to its batches on the way. */
export interface SubscriptionSettings {
  readonly filterName: string;
  /** What is sent at all; everything unless given. */
  readonly filterPattern?: string;
  readonly lambda: Pick<LocalLambda, 'invokeAsync'>;
  readonly functionName: string;
  /** How long a batch waits for more events of its stream; AWS publishes no figure. 5,000 unless given. */
  readonly batchAfterMs?: number;
  /**
   * The most that a batch's log events measure as JSON. 750,000 unless given: compression can fail to help and base64 adds a
   * third, and Lambda refuses an asynchronous event of more than 1 MB.
   */
  readonly maxBatchBytes?: number;
  /** How long each batch is under way; 0 unless given. */
  readonly delayMs?: number;
  /** Each batch is under way for up to `windowMs` more, so batches overtake each other. */
  readonly shuffle?: { readonly seed: number; readonly windowMs: number };
  /** Every batch arrives twice, each time on its own way. */
  readonly deliversTwice?: boolean;
}

const DEFAULT_BATCH_AFTER_MS = 5_000;
const DEFAULT_MAX_BATCH_BYTES = 750_000;

interface OpenBatch {
  readonly logEvents: LogEvent[];
  bytes: number;
}

/** Batches by log stream, as CloudWatch Logs does: a batch is sent when its time is over or no further event fits. */
export class Subscription {
  #clock: Clock;
  #source: Pick<SubscriptionBatch, 'owner' | 'logGroup'>;
  #settings: SubscriptionSettings;
  #open = new Map<string, OpenBatch>();
  #filter: CompiledPattern;
  #random: () => number;
  #undelivered: LogEvent[] = [];

  constructor(clock: Clock, source: Pick<SubscriptionBatch, 'owner' | 'logGroup'>, settings: SubscriptionSettings) {
    this.#clock = clock;
    this.#source = source;
    this.#settings = settings;
    this.#filter = compilePattern(parsePattern(settings.filterPattern ?? '', { limits: 'cloudwatch' }));
    this.#random = seededRandom(settings.shuffle?.seed ?? 0);
  }

  /** Log events that Lambda would refuse even in a batch of their own, because they hardly compress. */
  get undelivered(): readonly LogEvent[] {
    return this.#undelivered;
  }

  /** Sends the probe that CloudWatch Logs sends when a subscription is made. */
  probe(): void {
    this.#send(controlMessage(this.#clock.nowMs()));
  }

  /** Takes a log event of a stream into that stream's batch, if the filter lets it through. */
  add(logStream: string, logEvent: LogEvent): void {
    if (!this.#filter.matches(logEvent.message)) return;
    const { batchAfterMs = DEFAULT_BATCH_AFTER_MS, maxBatchBytes = DEFAULT_MAX_BATCH_BYTES } = this.#settings;
    const bytes = Buffer.byteLength(JSON.stringify(logEvent)) + 1;
    let batch = this.#open.get(logStream);
    if (batch !== undefined && batch.bytes + bytes > maxBatchBytes) {
      this.#close(logStream, batch);
      batch = undefined;
    }
    if (batch === undefined) {
      const opened: OpenBatch = { logEvents: [], bytes: 0 };
      batch = opened;
      this.#open.set(logStream, opened);
      this.#clock.run(async () => {
        await this.#clock.sleep(batchAfterMs);
        if (this.#open.get(logStream) === opened) this.#close(logStream, opened);
      });
    }
    batch.logEvents.push(logEvent);
    batch.bytes += bytes;
  }

  #close(logStream: string, { logEvents }: OpenBatch): void {
    this.#open.delete(logStream);
    const { filterName, deliversTwice = false } = this.#settings;
    const payload = dataMessage({ ...this.#source, logStream, subscriptionFilters: [filterName], logEvents });
    if (Buffer.byteLength(JSON.stringify(payload)) > MAX_PAYLOAD_BYTES.asynchronous) {
      this.#undelivered.push(...logEvents);
      return;
    }
    this.#send(payload);
    if (deliversTwice) this.#send(payload);
  }

  #send(payload: SubscriptionPayload): void {
    const { lambda, functionName, delayMs = 0, shuffle } = this.#settings;
    const underWayMs = delayMs + Math.floor(this.#random() * (shuffle?.windowMs ?? 0));
    this.#clock.run(async () => {
      if (underWayMs > 0) await this.#clock.sleep(underWayMs);
      lambda.invokeAsync(functionName, payload);
    });
  }
}
