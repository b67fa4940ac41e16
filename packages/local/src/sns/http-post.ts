import { request as httpRequest } from 'node:http';
import { type Agent, request as httpsRequest } from 'node:https';
import { SIMULATED_DURATION_HEADER } from './simulated-duration.ts';

/** How an endpoint took a delivery. */
export type PostOutcome =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface PostResult {
  readonly outcome: PostOutcome;
  /** Simulated time that the exchange took. */
  readonly durationMs: number;
}

export interface PostOptions {
  /** Real milliseconds. */
  readonly patienceMs: number;
  /** For endpoints whose certificate this machine doesn't trust by itself. */
  readonly httpsAgent: Agent | undefined;
}

/** An endpoint must answer within 15 seconds. https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html */
export const ENDPOINT_TIMEOUT_MS = 15_000;

/**
 * Posts one body. Time is the endpoint's to tell, by {@link SIMULATED_DURATION_HEADER}; one that doesn't answer within
 * `patienceMs` of real time has timed out as well, so that a broken endpoint can't stop a driven clock.
 */
export function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { patienceMs, httpsAgent }: PostOptions,
): Promise<PostResult> {
  return new Promise((resolve) => {
    const isSecure = url.startsWith('https:');
    const options = {
      method: 'POST',
      headers,
      timeout: patienceMs,
      agent: (isSecure ? httpsAgent : undefined) ?? false,
    };
    const request = (isSecure ? httpsRequest : httpRequest)(url, options, (response) => {
      response.resume();
      const durationMs = simulatedDurationMs(response.headers[SIMULATED_DURATION_HEADER]);
      resolve(
        durationMs >= ENDPOINT_TIMEOUT_MS
          ? { outcome: { kind: 'timed-out' }, durationMs: ENDPOINT_TIMEOUT_MS }
          : { outcome: { kind: 'answered', status: response.statusCode ?? 0 }, durationMs },
      );
    });
    request.on('timeout', () => {
      resolve({ outcome: { kind: 'timed-out' }, durationMs: ENDPOINT_TIMEOUT_MS });
      request.destroy();
    });
    request.on('error', ({ message }) => {
      resolve({ outcome: { kind: 'unreachable', reason: message }, durationMs: 0 });
    });
    request.end(body);
  });
}

function simulatedDurationMs(header: string | readonly string[] | undefined): number {
  const durationMs = Number(header ?? 0);
  return Number.isFinite(durationMs) && durationMs > 0 ? durationMs : 0;
}
