export { gunzip } from './gunzip.ts';
export { readGzipMember, type GzipMember } from './gzip-member.ts';
export type { LogEvent } from './log-event.ts';
export * from './packed-payload.ts';
export * from './read-payload.ts';
export type { Unreadable, UnreadableCode } from './unreadable.ts';
