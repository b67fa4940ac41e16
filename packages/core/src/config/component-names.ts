/**
 * What the deployment calls its own parts, which no secret may be called: SST has one list of names for both, and no two that
 * differ in capitals alone. `App` is SST's own.
 */
export const COMPONENT_NAMES: readonly string[] = [
  'Alarms',
  'App',
  'BacktestShard',
  'BacktestWork',
  'ComplianceShadow',
  'ComplianceShadowUnread',
  'EveryBeat',
  'EveryMinute',
  'FailedBatches',
  'FailedBatches2',
  'GivenUpBatches',
  'Heartbeat',
  'Heartbeats',
  'Idempotency',
  'Matcher',
  'Matches',
  'Notifications',
  'Reconciler',
  'TrailBucket',
  'Tune',
  'Undelivered',
];
