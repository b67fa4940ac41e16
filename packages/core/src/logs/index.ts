export * from './decode-payload.ts';
export type { LogEvent } from './log-event.ts';
