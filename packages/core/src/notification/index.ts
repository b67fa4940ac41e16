export { accountsOf } from './accounts-of.ts';
export { METRIC_NAMESPACE } from './cloudwatch-message.ts';
export { cloudWatchNumber } from './cloudwatch-number.ts';
export { cloudWatchTime } from './cloudwatch-time.ts';
export { matchedClause, type MatchedClause } from './matched-clause.ts';
export type {
  AlarmContext,
  Deployment,
  GroupValue,
  MessageAttribute,
  Notification,
  NotificationInput,
  RuleSummary,
} from './notification-input.ts';
export { MAX_PUBLISH_BYTES, renderNotification } from './render-notification.ts';
export { stateReason, type ReasonDatapoint, type StateReasonInput } from './state-reason.ts';
export type { TrailbellDetails } from './trailbell-details.ts';
