import type { PagerDutyEvent } from '@trailbell/local';

/** One notification of `replay --json`. */
export interface NotificationLine {
  /** When PagerDuty received it, ISO 8601. */
  readonly at: string;
  readonly alarmName: unknown;
  readonly state: unknown;
  readonly reason: unknown;
  /** The SNS message whole. */
  readonly message: unknown;
}

/** Undefined where the event is no notification that PagerDuty took. */
export function notificationLine(event: PagerDutyEvent): NotificationLine | undefined {
  if (!('alert' in event)) return undefined;
  const { details } = event.alert;
  return {
    at: new Date(event.atMs).toISOString(),
    alarmName: details.AlarmName,
    state: details.NewStateValue,
    reason: details.NewStateReason,
    message: details,
  };
}
