export * from './aws-api/index.ts';
export { Clock } from './clock/clock.ts';
export * from './deployment/index.ts';
export * from './dynamodb/index.ts';
export * from './lambda/index.ts';
export * from './logs/index.ts';
export * from './pagerduty/index.ts';
export {
  startRecordingSubscriber,
  startSns,
  type DeadLetter,
  type DeliveryEvent,
  type LocalSns,
  type RecordingSubscriber,
} from './sns/index.ts';
