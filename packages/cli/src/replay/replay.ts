import type { TrailbellConfig } from '@trailbell/core/config';
import { compileRules, type LoadedRule } from '@trailbell/core/rule';
import type { Silence } from '@trailbell/core/silence';
import { Clock, drive, startDeployment, type LocalDeployment, type PagerDutyEvent } from '@trailbell/local';
import type { TimedRecord } from '../input/in-order.ts';

export interface ReplaySettings {
  readonly rules: readonly LoadedRule[];
  readonly silences: readonly Silence[];
  /** In the order of their time. */
  readonly records: readonly TimedRecord[];
  readonly config: Pick<TrailbellConfig, 'logGroupName' | 'alarmNamePrefix' | 'routes' | 'accounts' | 'redact'>;
  readonly accountId?: string;
  readonly region?: string;
  readonly stage?: string;
  /** Simulated time that passes in a unit of real time; unlimited where absent. */
  readonly speed?: number;
  readonly onEvent: (event: PagerDutyEvent) => void;
  readonly onProgress: (delivered: number, atMs: number) => void;
  readonly onRefused: (record: TimedRecord, why: string) => void;
}

/** What a replay came to. */
export interface ReplaySummary {
  readonly records: number;
  readonly recordsNotJson: number;
  readonly matches: number;
  readonly alarms: number;
  readonly notifications: number;
  /** What silences and staged rules kept from being told. */
  readonly withheld: number;
  readonly duplicates: number;
  readonly incidents: {
    readonly opened: number;
    readonly merged: number;
    readonly resolved: number;
    readonly open: number;
  };
  /** Each notification that SNS or PagerDuty did not bring home, and each batch that was given up, in words. */
  readonly lost: readonly string[];
}

/** A minute before the first record, so that the deployment is older than what it sees. */
const LEAD_MS = 60_000;

/** Sends records through the whole pipeline, deployed on this machine, and waits until every alarm has settled. */
export async function replay(settings: ReplaySettings): Promise<ReplaySummary> {
  const { records, rules } = settings;
  const startMs = Math.max(0, (records[0]?.timeMs ?? 0) - LEAD_MS);
  // With one route all goes there, and nothing need be said of it.
  const routes = settings.config.routes.length > 1 ? settings.config.routes : [];
  const clock = new Clock(startMs);
  await using deployment = await startDeployment({
    clock,
    rules: compileRules(rules, {
      version: startMs,
      routes,
      silences: settings.silences,
      accounts: settings.config.accounts,
      redact: settings.config.redact,
    }),
    ...(routes.length > 0 && { routes }),
    logGroupName: settings.config.logGroupName,
    alarmNamePrefix: settings.config.alarmNamePrefix ?? '',
    ...(settings.accountId === undefined ? {} : { accountId: settings.accountId }),
    ...(settings.region === undefined ? {} : { region: settings.region }),
    ...(settings.stage === undefined ? {} : { stage: settings.stage }),
  });
  const kinds: Record<PagerDutyEvent['kind'], number> = {
    confirmed: 0,
    opened: 0,
    merged: 0,
    resolved: 0,
    dropped: 0,
    rejected: 0,
  };
  let delivered = records.length;
  const stopListening = deployment.pagerDuty.onChange((event) => {
    kinds[event.kind] += 1;
    settings.onEvent(event);
  });
  await drive(deployment, records, {
    ...(settings.speed === undefined ? {} : { speed: settings.speed }),
    onProgress: (delivered) => {
      settings.onProgress(delivered, clock.nowMs());
    },
    onRefused: (record, why) => {
      delivered -= 1;
      settings.onRefused(record, why);
    },
  });
  stopListening();
  return summaryOf(deployment, kinds, delivered);
}

/** An OK that was told once more finds nothing to resolve: that is as it should be. */
export function isEcho(event: PagerDutyEvent): boolean {
  return event.kind === 'dropped' && event.reason === 'nothing-to-resolve';
}

function summaryOf(
  deployment: LocalDeployment,
  kinds: Readonly<Record<PagerDutyEvent['kind'], number>>,
  delivered: number,
): ReplaySummary {
  const metrics = deployment.lambda.metrics();
  const incidents = deployment.pagerDuty.incidents();
  return {
    records: delivered,
    recordsNotJson: metrics.RecordsNotJson ?? 0,
    matches: metrics.Matches ?? 0,
    alarms: new Set(incidents.map(({ dedupKey }) => dedupKey)).size,
    notifications: metrics.NotificationsSent ?? 0,
    withheld: metrics.NotificationsWithheld ?? 0,
    duplicates: metrics.DuplicateMatches ?? 0,
    incidents: {
      opened: kinds.opened,
      merged: kinds.merged,
      resolved: kinds.resolved,
      open: incidents.filter(({ resolvedAtMs }) => resolvedAtMs === undefined).length,
    },
    lost: lostOf(deployment),
  };
}

function lostOf({ sns, pagerDuty, failedBatches, deadLetterQueueArn }: LocalDeployment): readonly string[] {
  return [
    ...failedBatches.deadLetters.map(
      ({ responsePayload }) => `a batch, after many tries: ${responsePayload?.errorMessage ?? 'it was never taken'}`,
    ),
    ...sns
      .deadLetters(deadLetterQueueArn)
      .map(({ attributes }) => `a notification, by SNS: ${attributes.ErrorMessage}`),
    ...sns.dropped().map(() => 'a notification, by SNS, without a dead-letter queue'),
    ...pagerDuty
      .dropped()
      .filter((event) => !isEcho(event))
      .map(({ reason }) => `a notification, by PagerDuty: ${reason}`),
  ];
}
