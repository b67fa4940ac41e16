export * from './decode-payload.ts';
export * from './gunzip.ts';
export type { LogEvent } from './log-event.ts';
export * from './read-payload.ts';
export type { Unreadable, UnreadableCode } from './unreadable.ts';
export * from './unpack-payload.ts';
