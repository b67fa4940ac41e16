/** An EventBridge Scheduler schedule of rate(1 minute), with a Lambda function as its target. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import type { LocalLambda } from './local-lambda.ts';

const MINUTE_MS = 60_000;

/**
 * Invokes its function asynchronously, each time with the event that Scheduler sends where a target has no input of its own.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html
 */
export class Schedule {
  #clock: Clock;
  #lambda: LocalLambda;
  #functionName: string;
  #runs = 0;

  constructor(schedule: { readonly clock: Clock; readonly lambda: LocalLambda; readonly functionName: string }) {
    this.#clock = schedule.clock;
    this.#lambda = schedule.lambda;
    this.#functionName = schedule.functionName;
  }

  /** Invokes the function now: for who drives the clock and knows which minutes matter. */
  tick(): void {
    const { accountId, region } = this.#lambda.location;
    this.#lambda.invokeAsync(this.#functionName, {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: accountId,
      time: new Date(this.#clock.nowMs()).toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources: [`arn:aws:scheduler:${region}:${accountId}:schedule/default/${this.#functionName}`],
      detail: '{}',
    });
  }

  /** Ticks at the beginning of every minute of driven time from the next on, until stopped. */
  start(): void {
    const run = ++this.#runs;
    this.#clock.run(async () => {
      for (;;) {
        await this.#clock.sleep(MINUTE_MS - (this.#clock.nowMs() % MINUTE_MS));
        if (run !== this.#runs) return;
        this.tick();
      }
    });
  }

  stop(): void {
    this.#runs += 1;
  }
}
