export { TIME_INTERVAL_SCHEMA } from './time-interval-schema.ts';
export type { TimeInterval, Weekday } from './time-interval.ts';
export { contains, nextChangeMs, WEEKDAYS } from './time-interval.ts';
