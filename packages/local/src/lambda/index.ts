export { bundleHandler } from './bundle-handler.ts';
export type { HandlerBundle } from './bundle-handler.ts';
export type { LogLine } from './function-log.ts';
export type { FunctionSettings, Location } from './function-settings.ts';
export type { FunctionError, InvocationRecord, InvocationResult } from './invocation.ts';
export { MAX_PAYLOAD_BYTES, startLambda } from './local-lambda.ts';
export type { LocalLambda } from './local-lambda.ts';
export { Schedule } from './schedule.ts';
