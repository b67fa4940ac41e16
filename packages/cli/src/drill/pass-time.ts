import { MINUTE_MS } from '@trailbell/core/alarm';
import { RECONCILER, type LocalDeployment } from '@trailbell/local';

/** Lets time pass in a local deployment, in which EventBridge Scheduler's part is played: the reconciler runs at each full minute. */
export async function passTime({ clock, lambda }: LocalDeployment, durationMs: number): Promise<void> {
  const untilMs = clock.nowMs() + durationMs;
  for (;;) {
    const nextMinuteMs = (Math.floor(clock.nowMs() / MINUTE_MS) + 1) * MINUTE_MS;
    if (nextMinuteMs > untilMs) break;
    await clock.advanceTo(nextMinuteMs);
    lambda.invokeAsync(RECONCILER, { time: new Date(nextMinuteMs).toISOString() });
    await clock.settled();
  }
  await clock.advanceTo(untilMs);
}
