import type { FailedBatches } from './failed-batches.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { LogSource } from './log-source.ts';
import type { Pipeline } from './pipeline.ts';
import type { Notifications } from './topic.ts';

/** What the alarms and the dashboard look at. */
export interface Watched extends Pipeline {
  readonly failedBatches: FailedBatches;
  readonly undelivered: sst.aws.Queue;
  readonly notifications: Notifications;
  readonly logSource: LogSource;
  readonly subscription: aws.cloudwatch.LogSubscriptionFilter;
  readonly heartbeat: Heartbeat | undefined;
}
