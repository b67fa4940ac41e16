/** What `trailbell doctor` makes of what it read, as docs/doctor.md describes it. */
export type { Finding, FindingSeverity } from './check.ts';
export { CHECKS, diagnose, type Diagnosis } from './diagnose.ts';
export type { Expected, ExpectedRule } from './expected.ts';
export * from './seen.ts';
export { SELF_ALARMS, selfAlarmNames } from './self-alarm-checks.ts';
export { policyAllows, policyDenies, type PolicyRequest } from './resource-policy.ts';
