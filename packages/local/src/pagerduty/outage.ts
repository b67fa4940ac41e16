import { SIMULATED_DURATION_HEADER } from '../sns/index.ts';

/** How PagerDuty can be unwell. */
export type Outage =
  /** Answers at once with this status and takes nothing in. */
  | { readonly kind: 'status'; readonly status: number }
  /** Doesn't answer in time, whether it took the event in or not. */
  | { readonly kind: 'timeout'; readonly takesEffect: boolean }
  /** Takes the event in and answers late. */
  | { readonly kind: 'slow'; readonly durationMs: number };

const ENDLESS_MS = 60_000;

/** How a request fares under an outage (undefined: none). */
export function underOutage(outage: Outage | undefined): {
  readonly takesEffect: boolean;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
} {
  switch (outage?.kind) {
    case undefined:
      return { takesEffect: true, status: undefined, headers: {} };
    case 'status':
      return { takesEffect: false, status: outage.status, headers: {} };
    case 'timeout':
      return { takesEffect: outage.takesEffect, status: 504, headers: tookMs(ENDLESS_MS) };
    case 'slow':
      return { takesEffect: true, status: undefined, headers: tookMs(outage.durationMs) };
  }
}

function tookMs(durationMs: number): Readonly<Record<string, string>> {
  return { [SIMULATED_DURATION_HEADER]: String(durationMs) };
}
