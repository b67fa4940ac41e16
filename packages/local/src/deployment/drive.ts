import { MINUTE_MS } from '@trailbell/core/alarm';
import { RECONCILER, type LocalDeployment } from './deployment.ts';
import { DueAlarms } from './due-alarms.ts';

/** A log message and when CloudTrail delivers it to the log group. */
export interface Delivery {
  readonly message: string;
  readonly timeMs: number;
}

export interface DriveOptions {
  /** Simulated time that passes in a unit of real time; unlimited where absent. */
  readonly speed?: number;
  /** Called as deliveries are put into the log group: how many so far. */
  readonly onProgress?: (delivered: number) => void;
  /** Called for a message that the log group does not take. */
  readonly onRefused?: (delivery: Delivery, why: string) => void;
}

/**
 * Lets time pass while messages, in the order of their time, come into the log group, and goes on until every alarm has settled
 * and nothing is under way. EventBridge Scheduler's part is played here: the reconciler is invoked at each full minute at which
 * an alarm is due; the others, at which it would find nothing, are skipped, and so is idle time.
 */
export async function drive(
  deployment: LocalDeployment,
  deliveries: Iterable<Delivery>,
  options: DriveOptions = {},
): Promise<void> {
  using dueAlarms = new DueAlarms(deployment);
  const time = new DrivenTime(deployment, dueAlarms, options.speed);
  let delivered = 0;
  for (const delivery of deliveries) {
    await time.advanceTo(delivery.timeMs);
    try {
      deployment.logGroup.putLogEvents('CloudTrail', [{ message: delivery.message, timestamp: delivery.timeMs }]);
    } catch (error) {
      options.onRefused?.(delivery, error instanceof Error ? error.message : String(error));
    }
    options.onProgress?.(++delivered);
  }
  await time.advanceUntilQuiet();
}

/** Simulated time in which nothing happens is cut short to this. */
const LONGEST_WAIT_MS = 10 * MINUTE_MS;

class DrivenTime {
  readonly #deployment: LocalDeployment;
  readonly #dueAlarms: DueAlarms;
  readonly #speed: number | undefined;

  constructor(deployment: LocalDeployment, dueAlarms: DueAlarms, speed: number | undefined) {
    this.#deployment = deployment;
    this.#dueAlarms = dueAlarms;
    this.#speed = speed;
  }

  /** Moves to a time, stopping on the way wherever something happens of itself. */
  async advanceTo(targetMs: number): Promise<void> {
    for (;;) {
      const nextMs = await this.#nextHappening();
      if (nextMs === undefined || nextMs > targetMs) break;
      await this.#happen(nextMs);
    }
    await this.#moveTo(targetMs);
  }

  /**
   * Alarms that silence trips, or keeps on, are looked at for ever: once PagerDuty has heard nothing for longer than any window
   * reaches, nothing more will come of them.
   */
  async advanceUntilQuiet(): Promise<void> {
    const { clock, pagerDuty, quietAfterMs } = this.#deployment;
    let lastHeardMs = clock.nowMs();
    const stopListening = pagerDuty.onChange(({ kind, atMs }) => {
      // An ALARM that is told again and again brings nothing new.
      if (kind !== 'merged') lastHeardMs = atMs;
    });
    for (;;) {
      const nextMs = await this.#nextHappening();
      if (nextMs === undefined || nextMs > lastHeardMs + quietAfterMs) break;
      await this.#happen(nextMs);
    }
    stopListening();
  }

  /** When something happens next of itself: a sleeper wakes, or the reconciler has its first minute with a due alarm. */
  async #nextHappening(): Promise<number | undefined> {
    const { clock } = this.#deployment;
    await clock.settled();
    const dueMs = await this.#dueAlarms.earliestMs();
    const nextMinuteMs = (Math.floor(clock.nowMs() / MINUTE_MS) + 1) * MINUTE_MS;
    const tickMs = dueMs === undefined ? undefined : Math.max(nextMinuteMs, Math.ceil(dueMs / MINUTE_MS) * MINUTE_MS);
    const times = [clock.nextTimerMs(), tickMs].filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async #happen(atMs: number): Promise<void> {
    const { clock, lambda } = this.#deployment;
    await this.#moveTo(atMs);
    await clock.settled();
    const dueMs = await this.#dueAlarms.earliestMs();
    if (dueMs === undefined || dueMs > clock.nowMs() || clock.nowMs() % MINUTE_MS !== 0) return;
    lambda.invokeAsync(RECONCILER, { time: new Date(clock.nowMs()).toISOString() });
    await clock.settled();
  }

  async #moveTo(targetMs: number): Promise<void> {
    const { clock } = this.#deployment;
    const aheadMs = targetMs - clock.nowMs();
    if (this.#speed !== undefined && aheadMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(aheadMs, LONGEST_WAIT_MS) / (this.#speed ?? 1)));
    }
    await clock.advanceTo(targetMs);
  }
}
