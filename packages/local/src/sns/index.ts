export { type LocalSns, type LocalSnsOptions, startSns } from './local-sns.ts';
export type { DeadLetter, DeliveryEvent } from './deliveries.ts';
export type { DeliveryAttempt, DeliveryFault, Faults, PublishFault } from './faults.ts';
export { listenOnLoopback, stopServer } from './loopback.ts';
export { SIMULATED_DURATION_HEADER } from './simulated-duration.ts';
export { type RecordingSubscriber, startRecordingSubscriber } from './recording-subscriber.ts';
