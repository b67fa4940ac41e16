/** The APIs of AWS that the commands call, on this machine. */
export { AwsRefusal } from './aws-refusal.ts';
export { startAwsApi, type AwsOperation, type AwsOperations, type LocalAwsApi } from './aws-api.ts';
export type { AwsCall, AwsInput } from './aws-call.ts';
export { LocalQueues, type LocalMessage } from './local-queues.ts';
export { logOperations } from './log-operations.ts';
