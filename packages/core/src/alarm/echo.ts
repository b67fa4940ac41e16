import type { OwedNotification, Standing } from './alarm.ts';

/**
 * How long SNS may go on retrying a delivery, after which no older message can overtake a newer one: four attempts of 15 seconds
 * with 20 seconds between them, and two minutes for clocks that differ.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export const RETRY_HORIZON_MS = 240_000;

/**
 * When the last notification must be told once more, because one of the opposite state went out so shortly before it that SNS
 * may still deliver that one after it. Undefined where it need not.
 */
export function echoDueMs({ told, handedOverMs }: Pick<Standing, 'told' | 'handedOverMs'>): number | undefined {
  if (told === undefined) return undefined;
  const opposite = handedOverMs[told.notification.state === 'ALARM' ? 'OK' : 'ALARM'];
  if (opposite === undefined) return undefined;
  const settlesAtMs = opposite + RETRY_HORIZON_MS;
  return told.sentAtMs < settlesAtMs ? settlesAtMs : undefined;
}

/** The last notification as it is told once more, with a number of its own, if it is time for it. */
export function echoOf(standing: Standing, nowMs: number): OwedNotification | undefined {
  const dueMs = echoDueMs(standing);
  if (standing.told === undefined || dueMs === undefined || nowMs < dueMs) return undefined;
  const { notification } = standing.told;
  return { ...notification, number: notification.number + 1 };
}
