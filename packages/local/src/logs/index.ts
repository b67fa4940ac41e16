export { LogGroup, MAX_CLOUDTRAIL_EVENT_BYTES, MAX_LOG_EVENT_BYTES } from './log-group.ts';
export type { LogGroupSettings, PutLogEvent } from './log-group.ts';
export type { Subscription, SubscriptionSettings } from './subscription.ts';
export type { SubscriptionPayload } from './subscription-payload.ts';
