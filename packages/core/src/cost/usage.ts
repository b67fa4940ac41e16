/**
 * What the pipeline uses, as measured here. Each number can be had again with the command that stands beside it; those that
 * only a deployment can show are assumptions, and are called so.
 */
export const USAGE = {
  /** `npm run bench`: the workload's log events; trails have 1.2 KB in the middle and more on average. */
  recordBytes: 1_530,
  /** https://aws.amazon.com/cloudwatch/pricing/: CloudWatch Logs counts 26 bytes more for each event. */
  logEventOverheadBytes: 26,
  /** Assumption: how many records one invocation of the matcher gets. Busy log groups send hundreds. */
  recordsInBatch: 20,
  /** `npm run bench`: under 4 microseconds a record, taken five times as much for a Lambda with a third of a processor. */
  matcherSecondsPerRecord: 20e-6,
  /** Assumption: what an invocation takes besides: the call, the answer, its log line. */
  invocationSeconds: 0.005,
  /** Two requests of the alarm table and two of the idempotency table (`npm run bench -- alarms`), about 10 ms each. */
  matchedBatchSeconds: 0.05,
  matcherMemoryGb: 0.5,
  reconcilerMemoryGb: 0.25,
  /** `npm run bench -- alarms`: a reconciler with nothing to do. */
  reconcilerSeconds: 0.05,
  reconcilerReadUnits: 4,
  /** `npm run bench -- alarms`: a batch for an alarm that is on writes the item twice, of up to 4 KB. */
  matchedBatchWriteUnits: 8,
  /** Powertools Idempotency: a claim and an answer. */
  idempotencyWriteUnits: 2,
  /** One opening and one closing: the settles of both, their messages, and the echo of the last. */
  incidentWriteUnits: 16,
  incidentMessages: 3,
  /** Log lines of an invocation: its start, its end, its report, its metrics. */
  invocationLogBytes: 1_200,
} as const;
