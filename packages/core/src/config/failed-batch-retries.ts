/**
 * When a batch that Lambda gave up is tried again: by one queue after the other, each so often and with so much time between. After
 * six hours its events are too old to be counted, and it is given up.
 */
export const FAILED_BATCH_RETRIES = [
  { everyMs: 5 * 60_000, times: 6 },
  { everyMs: 30 * 60_000, times: 11 },
] as const;
