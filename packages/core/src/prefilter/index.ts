/** The subscription filter's pattern, generated from the rules, as docs/prefilter.md describes it. */
export type { OwnCall, OwnRoles } from './own-calls.ts';
export { preFilterFor, type PreFilter, type PreFilterOptions } from './pre-filter.ts';
