/**
 * Lambda's queue for asynchronous events: attempts, waits between them, and the on-failure destination.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
import type { Clock } from '../clock/clock.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { FunctionError, Invocation, InvocationRecord, InvocationResult } from './invocation.ts';

/** Lambda keeps an event for six hours unless it is told otherwise. */
const DEFAULT_EVENT_AGE_SECONDS = 21_600;

/** One minute between the first two attempts, two minutes between the second and the third. */
const RETRY_WAITS_MS = [60_000, 120_000];

/** After throttling the wait doubles from one second to five minutes; these attempts do not count. */
const THROTTLE_WAIT_MS = { first: 1_000, longest: 300_000 };

/** What the queue needs of the function: its settings now, one attempt, and whether everything has been stopped. */
export interface QueueTarget {
  readonly clock: Clock;
  readonly functionArn: string;
  readonly settings: () => FunctionSettings;
  readonly attempt: (invocation: Invocation) => Promise<InvocationResult>;
  readonly isStopped: () => boolean;
}

/** Sees one event through to success or to the on-failure destination. Runs inside {@link Clock.run}. */
export async function deliver(target: QueueTarget, invocation: Invocation): Promise<void> {
  const { clock } = target;
  const queuedAtMs = clock.nowMs();
  let failures = 0;
  let throttles = 0;
  let lastError: FunctionError | undefined;
  for (;;) {
    const result = await target.attempt(invocation);
    if (target.isStopped() || result.kind === 'succeeded') return;
    const {
      maximumRetryAttempts = 2,
      maximumEventAgeSeconds = DEFAULT_EVENT_AGE_SECONDS,
      onFailure,
    } = target.settings();
    let waitMs: number | undefined;
    if (result.kind === 'failed') {
      lastError = result.error;
      waitMs = failures < maximumRetryAttempts ? RETRY_WAITS_MS[failures] : undefined;
      failures += 1;
      throttles = 0;
    } else {
      waitMs = Math.min(THROTTLE_WAIT_MS.first * 2 ** throttles, THROTTLE_WAIT_MS.longest);
      throttles += 1;
    }
    const expiresAtMs = queuedAtMs + maximumEventAgeSeconds * 1000;
    if (waitMs !== undefined) {
      await clock.sleep(Math.min(waitMs, expiresAtMs - clock.nowMs()));
      if (target.isStopped()) return;
      if (clock.nowMs() < expiresAtMs) continue;
    }
    const condition = waitMs === undefined ? 'RetriesExhausted' : 'EventAgeExceeded';
    await onFailure?.(recordOf(target, invocation, condition, failures, lastError));
    return;
  }
}

function recordOf(
  { clock, functionArn }: QueueTarget,
  { requestId, payload }: Invocation,
  condition: InvocationRecord['requestContext']['condition'],
  approximateInvokeCount: number,
  error: FunctionError | undefined,
): InvocationRecord {
  return {
    version: '1.0',
    timestamp: new Date(clock.nowMs()).toISOString(),
    requestContext: { requestId, functionArn: `${functionArn}:$LATEST`, condition, approximateInvokeCount },
    requestPayload: JSON.parse(payload) as unknown,
    ...(error === undefined
      ? {}
      : {
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: error,
        }),
  };
}
