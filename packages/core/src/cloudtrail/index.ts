export {
  describeActivity,
  plainActivity,
  MAX_ACTIVITY_BYTES,
  type Activity,
  type ActivityOptions,
} from './activity.ts';
export { withoutRepetition } from './brief-activity.ts';
export { resolveActor, type Actor } from './actor.ts';
export { eventTimeMs } from './event-time.ts';
export { cloudTrailEventLink, logsInsightsLink, type LogsInsightsQuery } from './console-link.ts';
export { cutText, mapStrings, plainText, utf8Bytes } from './plain-text.ts';
export type { RedactedPath } from './redaction.ts';
export { isRegionCode, partitionOf, regionLongName, type Partition } from './region.ts';
export { sourceIpKind, type SourceIpKind } from './source-ip.ts';
export { tallyOf, withOthers, type Tally } from './tally.ts';
export { shortUserAgent } from './user-agent.ts';
