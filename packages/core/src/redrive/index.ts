/** What `trailbell redrive` reads out of notifications that were not delivered, as docs/redrive.md describes it. */
export { readUndelivered, type UndeliveredMessage } from './undelivered-message.ts';
