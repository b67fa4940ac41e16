/** Trailbell's core: pure functions of their arguments. Each folder is also an entry of its own (`@trailbell/core/pattern`). */
export * from './alarm/index.ts';
export * from './cloudtrail/index.ts';
export * from './config/index.ts';
export * from './heartbeat/index.ts';
export * from './logs/index.ts';
export * from './matcher/index.ts';
export * from './notification/index.ts';
export * from './pattern/index.ts';
export * from './prefilter/index.ts';
export * from './rule/index.ts';
export * from './rule-test/index.ts';
export * from './silence/index.ts';
export * from './time-interval/index.ts';
