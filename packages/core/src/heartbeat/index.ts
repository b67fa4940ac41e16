/** The marked event that proves the whole path, and the rule that matches it, as docs/heartbeat.md describes them. */
export { HEARTBEAT_NAME } from './heartbeat-name.ts';
export { HEARTBEAT_INTERVAL_MINUTES, heartbeatMessage, heartbeatRule } from './heartbeat.ts';
