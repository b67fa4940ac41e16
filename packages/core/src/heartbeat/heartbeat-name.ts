/** The name of the heartbeat's rule, and of the route that its messages name. No rule and no route of a user may have it. */
export const HEARTBEAT_NAME = 'trailbell-heartbeat';
