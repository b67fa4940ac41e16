import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import type { AlarmIdentity, WithheldNotification } from '@trailbell/core/alarm';
import type { RuleMatch } from '@trailbell/core/matcher';
import type { SettledAlarm } from './alarms/record-and-settle.ts';

/** The names of the pipeline's own metrics, as its alarms and dashboard know them. All are counts, unless the name has a unit. */
export const METRIC_NAMES = [
  'LogEvents',
  'UnreadablePayloads',
  'UnreadableLogEvents',
  'RecordsNotJson',
  'ControlMessages',
  'Matches',
  'FailedBatchesRetried',
  'DuplicateMatches',
  'UncountedMatches',
  'LateMatches',
  'ExpiredExceptionMatches',
  'AlarmsSettled',
  'AlarmsContended',
  'AlarmsClosed',
  'NotificationsSent',
  'NotificationsFailed',
  'NotificationsWithheld',
] as const;

export type MetricName = (typeof METRIC_NAMES)[number];

/** What a function says of itself: JSON log lines and CloudWatch metrics, both on standard output. */
export class Telemetry {
  readonly logger: Logger;
  readonly #metrics: Metrics;

  constructor(serviceName: string) {
    this.logger = new Logger({ serviceName });
    // Two deployments in one account and region must not add up.
    const deployment = process.env.TRAILBELL_DEPLOYMENT;
    this.#metrics = new Metrics({
      namespace: 'Trailbell',
      serviceName,
      ...(deployment !== undefined && { defaultDimensions: { deployment } }),
    });
  }

  /** Adds to a metric; zero is not published. */
  count(name: MetricName, count: number): void {
    if (count > 0) this.#metrics.addMetric(name, MetricUnit.Count, count);
  }

  /** How an alarm was left, in metrics; what needs a human is logged too. */
  settled({ identity: alarm, outcome }: SettledAlarm): void {
    this.count('NotificationsSent', outcome.sent);
    if (outcome.withheld !== undefined) this.#withheld(alarm, outcome.withheld);
    switch (outcome.kind) {
      case 'settled':
      case 'leased':
      case 'gone':
      case 'newer-rules':
        this.count('AlarmsSettled', 1);
        break;
      case 'contended':
        this.count('AlarmsContended', 1);
        break;
      case 'publish-failed':
        this.count('NotificationsFailed', 1);
        this.logger.error('SNS did not take a notification; it stays owed and will be sent again', {
          alarm,
          error: outcome.error instanceof Error ? outcome.error : new Error(String(outcome.error)),
        });
        break;
      case 'closed':
        this.count('AlarmsClosed', 1);
        this.logger.warn('an alarm was closed, because its rule is no longer deployed', { alarm });
        break;
    }
  }

  #withheld(alarm: AlarmIdentity, { notification, silence }: WithheldNotification): void {
    const { severity, title, count, isAtLeast } = notification.episode;
    this.count('NotificationsWithheld', 1);
    this.logger.info('would have paged, and did not: a silence is in force', {
      alarm,
      silence: silence.name,
      severity,
      title,
      reason: notification.reason,
      count,
      isAtLeast,
    });
  }

  /** Matches that came too late to be counted: somebody should know what they were, so an alarm watches the metric. */
  late(count: number): void {
    this.count('LateMatches', count);
    if (count > 0) this.logger.error('matches came more than six hours late and were not counted', { count });
  }

  /**
   * Matches that an exception would have taken out, had it not ended: somebody should renew it, or put what is right into the
   * pattern. `exceptions` counts from 1, as people do.
   */
  expiredExceptions(matches: readonly RuleMatch[]): void {
    const expired = matches.filter(({ expiredExceptions = [] }) => expiredExceptions.length > 0);
    this.count('ExpiredExceptionMatches', expired.length);
    for (const [rule, ofRule] of Map.groupBy(expired, ({ identity }) => identity.rule)) {
      const exceptions = [...new Set(ofRule.flatMap(({ expiredExceptions = [] }) => expiredExceptions))];
      this.logger.warn('exceptions of a rule have ended, and what they took out is counted again', {
        rule,
        exceptions: exceptions.map((index) => index + 1),
        matches: ofRule.length,
      });
    }
  }

  /** A batch that failed once more; the queue brings it back. */
  failedAgain(messageId: string, error: unknown): void {
    this.logger.error('a batch from the on-failure queue failed again', {
      messageId,
      error: error instanceof Error ? error : new Error(String(error)),
    });
  }

  /** How far the reconciler is behind, in milliseconds. */
  lag(lagMs: number): void {
    this.#metrics.addMetric('ReconcilerLag', MetricUnit.Milliseconds, lagMs);
  }

  /** Writes the metrics counted since the last time. */
  flush(): void {
    this.#metrics.publishStoredMetrics();
  }
}
